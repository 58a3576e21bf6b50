// A running Posthorn, and a receiver for what it sends.
import { randomUUID, webcrypto } from 'node:crypto';
import { once, EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

// Node 18 has it behind a flag; the SDK of Svix expects it.
globalThis.crypto ??= webcrypto;

const SOON = 20_000;

export const url = setting('POSTHORN_URL');
export const token = setting('POSTHORN_TOKEN');

export function setting(name) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} has to be set; NodeInteropIT does so`);
  }
  return value;
}

/** A request to one of Posthorn's own operations; an answer that breaks the document is an error. */
export async function manage(method, path, body) {
  const answer = await fetch(setting('POSTHORN_WATCHED_URL') + path, {
    method,
    headers: { authorization: `Bearer ${token}` },
    body: body && JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) {
    throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  }
  return text && JSON.parse(text);
}

/** Creates a source; what it returns posts to it and reads what it has received. */
export async function createSource(type, config) {
  const uid = `${type}-${randomUUID().slice(0, 8)}`;
  await manage('POST', '/ingest/api/v1/source', { name: type, uid, type, config });
  return {
    uid,
    url: `${url}/webhooks/${uid}`,
    async post({ body, headers, query = '' }) {
      const answer = await fetch(`${this.url}${query}`, { method: 'POST', body, headers });
      return { status: answer.status, text: await answer.text() };
    },
    /** A request as a proxy hands it on; gives the status. Only one that comes from 127.0.0.1 is trusted. */
    async forward({ path, body, headers, from = '127.0.0.1' }) {
      const { port } = new URL(url);
      const asked = request({ host: '127.0.0.1', port, path, method: 'POST', headers, localAddress: from }).end(body);
      const [answer] = await once(asked, 'response');
      answer.resume();
      return answer.statusCode;
    },
    event: (id) => manage('GET', `/ingest/api/v1/source/${uid}/event/${id}`),
    events: async () => (await manage('GET', `/ingest/api/v1/source/${uid}/event?limit=250`)).data,
  };
}

/** What the observers that are deployed with Posthorn were called with, of the events of one source. */
export function observed({ uid }) {
  return readFileSync(setting('POSTHORN_NOTES'), 'utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, source]) => source === uid)
    .map(([observer, , id, sha256, ...type]) => ({ observer, id, sha256, type: type.join(' ') }));
}

/** Asks until the answer is worth something. */
export async function until(what, ask) {
  const end = Date.now() + SOON;
  for (;;) {
    const answer = await ask();
    if (answer) {
      return answer;
    }
    if (Date.now() > end) {
      throw new Error(`not within ${SOON} ms: ${what}`);
    }
    await delay(50);
  }
}

/** Keeps each request as it came, and answers 204 or what it was told to. */
export class Receiver {
  #arrived = new EventEmitter();
  #requests = new Map();
  #statuses = new Map();
  #server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const { url: path, headers } = request;
    const requests = this.requestsTo(path);
    requests.push({ headers, body: Buffer.concat(chunks).toString() });
    this.#requests.set(path, requests);
    response.writeHead(this.#statuses.get(path) ?? 204).end();
    this.#arrived.emit('request');
  });

  async start() {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  stop() {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** A URL that nobody else uses. */
  newUrl() {
    return `http://127.0.0.1:${this.#server.address().port}/${randomUUID()}`;
  }

  answer(toUrl, status) {
    this.#statuses.set(new URL(toUrl).pathname, status);
  }

  requestsTo(path) {
    return this.#requests.get(path) ?? [];
  }

  /** The n-th request to a URL, once it has come. */
  async request(toUrl, n = 1) {
    const { pathname } = new URL(toUrl);
    const signal = AbortSignal.timeout(SOON);
    while (this.requestsTo(pathname).length < n) {
      await once(this.#arrived, 'request', { signal });
    }
    return this.requestsTo(pathname)[n - 1];
  }
}
