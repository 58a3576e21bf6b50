// What GitHub sends: the payloads that Octokit collects, signed by Octokit.
import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { before, test } from 'node:test';
import { sign, verify } from '@octokit/webhooks-methods';
import { createSource, observed, until } from './posthorn.js';

const SECRET = 'a secret of a repository';
const AT_ONCE = 16;

/** Those of NotingObserver, and the types that each of them observes. */
const OBSERVERS = {
  any: () => true,
  push: (type) => type === 'push',
  'pull_request.*': (type) => type.startsWith('pull_request.'),
};

const EXAMPLES = createRequire(import.meta.url)('@octokit/webhooks-examples');
const deliveries = EXAMPLES.flatMap(({ name, examples }) =>
  examples.map((payload) => ({ name, payload, body: JSON.stringify(payload), guid: randomUUID() })),
);

let github;

before(async () => {
  github = await createSource('github', { secret: SECRET });
});

test('the collection is the one that we know', () => {
  assert.equal(deliveries.length, 329);
  assert.equal(EXAMPLES.length, 58);
});

test('every payload is accepted', async () => {
  await each(deliveries, async (delivery) => {
    const answer = await deliver(delivery);
    assert.equal(answer.status, 200, `${delivery.name}: ${answer.text}`);
    const { status, id } = JSON.parse(answer.text);
    assert.equal(status, 'received', delivery.name);
    delivery.id = id;
  });
  assert.equal(new Set(deliveries.map(({ id }) => id)).size, deliveries.length);
});

test('every payload is stored byte for byte and processed under its type', async () => {
  await each(deliveries, async ({ id, name, payload, body, guid }) => {
    const event = await until(`${name} is processed`, async () => {
      const found = await github.event(id);
      return found.status === 'PROCESSED' && found;
    });
    assert.equal(Buffer.compare(Buffer.from(event.body, 'base64'), Buffer.from(body)), 0, name);
    assert.equal(event.type, typeOf({ name, payload }));
    assert.equal(event.externalId, guid);
  });
});

test('every payload is a duplicate when it comes again', async () => {
  await each(deliveries, async (delivery) => {
    const answer = await deliver(delivery);
    assert.deepEqual(JSON.parse(answer.text), { status: 'duplicate', id: delivery.id }, delivery.name);
    assert.equal((await github.event(delivery.id)).duplicates, 1, delivery.name);
  });
});

test('no payload passes with the signature of another, neither here nor at Octokit', async () => {
  await each(deliveries, async (delivery) => {
    const signature = await sign(SECRET, delivery.body);
    const tampered = delivery.body.replace(/}$/, ' }');
    assert.ok(await verify(SECRET, delivery.body, signature));
    assert.ok(!(await verify(SECRET, tampered, signature)));
    const answer = await deliver({ ...delivery, guid: randomUUID(), body: tampered }, signature);
    assert.equal(answer.status, 401, delivery.name);
  });
});

test('every payload is handed once, whole and under its type, to those who observe it, and nothing else is', () => {
  const expected = deliveries.flatMap((delivery) => {
    const type = typeOf(delivery);
    const sha256 = createHash('sha256').update(delivery.body).digest('hex');
    return Object.keys(OBSERVERS)
      .filter((observer) => OBSERVERS[observer](type))
      .map((observer) => ({ observer, id: delivery.id, sha256, type }));
  });
  for (const observer of Object.keys(OBSERVERS)) {
    assert.ok(expected.some((call) => call.observer === observer), observer);
  }
  assert.deepEqual(sorted(observed(github)), sorted(expected));
});

function typeOf({ name, payload }) {
  return payload.action ? `${name}.${payload.action}` : name;
}

function sorted(calls) {
  const key = ({ id, observer }) => `${id} ${observer}`;
  return [...calls].sort((one, other) => (key(one) < key(other) ? -1 : 1));
}

async function deliver({ name, body, guid }, signature) {
  return github.post({
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'GitHub-Hookshot/044aadd',
      'x-github-delivery': guid,
      'x-github-event': name,
      'x-hub-signature-256': signature ?? (await sign(SECRET, body)),
    },
  });
}

async function each(items, work) {
  const left = [...items];
  const worker = async () => {
    for (let item = left.pop(); item; item = left.pop()) {
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
