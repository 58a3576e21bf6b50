// The SDK of Svix drives every operation of the Svix server API, and a receiver verifies what arrives.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { Receiver, setting, token, until } from './posthorn.js';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { ApiException, Svix, Webhook as SvixWebhook } from 'svix';

/** What the server's OpenAPI document lists: `GET /api/v1/app/{app_id}`. */
const OPERATIONS = Object.entries(JSON.parse(readFileSync(setting('POSTHORN_CONTRACT'), 'utf8')).paths).flatMap(
  ([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
);
/** Leads to Posthorn; an answer that breaks the document comes back as a status that no test expects. */
const WATCHED_URL = setting('POSTHORN_WATCHED_URL');
/** It has no operationId, and so no SDK has a method for it. */
const PING = 'GET /api/v1/health/ping';

const succeeded = new Set();
const receiver = new Receiver();
const svix = sdk(token);

function sdk(withToken) {
  return new Svix(withToken, {
    serverUrl: WATCHED_URL,
    numRetries: 0,
    fetch: async (target, init) => {
      const answer = await fetch(target, init);
      if (answer.ok) {
        succeeded.add(operation(init.method, new URL(target).pathname));
      }
      return answer;
    },
  });
}

function operation(method, path) {
  return OPERATIONS.find((known) =>
    new RegExp(`^${known.replaceAll('.', '\\.').replace(/\{\w+}/g, '[^/]+')}$`).test(`${method} ${path}`),
  );
}

const uid = () => randomUUID();
const newApp = async () => (await svix.application.create({ name: 'interop' })).id;
const newEndpoint = async (app, more = {}) => svix.endpoint.create(app, { url: receiver.newUrl(), ...more });
const publish = (app, more = {}) =>
  svix.message.create(app, { eventType: 'order.paid', payload: { name: 'café 😀', n: 1 }, ...more });
const refused = (status) => (error) => error instanceof ApiException && error.code === status;

before(async () => {
  await receiver.start();
  await svix.eventType.update('order.paid', { description: 'An order was paid' });
});
after(() => receiver.stop());

describe('applications', () => {
  test('are created, got or created, read, changed and deleted', async () => {
    const one = { name: 'one', uid: uid(), metadata: { tier: 'gold' } };
    const created = await svix.application.create(one);
    assert.equal((await svix.application.getOrCreate({ ...one, name: 'again' })).id, created.id);
    await assert.rejects(svix.application.create(one), refused(409));

    const read = await svix.application.get(one.uid);
    assert.deepEqual([read.id, read.name, read.metadata], [created.id, 'one', { tier: 'gold' }]);
    assert.ok(read.createdAt instanceof Date);
    assert.equal((await svix.application.update(one.uid, { ...one, name: 'two' })).name, 'two');
    const patched = await svix.application.patch(created.id, { metadata: {} });
    assert.deepEqual([patched.name, patched.metadata], ['two', {}]);

    await svix.application.delete(one.uid);
    await assert.rejects(svix.application.get(created.id), refused(404));
  });

  test('are listed page by page', async () => {
    const ids = [await newApp(), await newApp(), await newApp()];
    const first = await svix.application.list({ limit: 2, order: 'descending' });
    const second = await svix.application.list({ limit: 1, order: 'descending', iterator: first.iterator });
    assert.deepEqual([...first.data, ...second.data].map(({ id }) => id), ids.reverse());
  });

  test('that make no sense are refused, and the error names the field', async () => {
    await assert.rejects(svix.application.create({ name: '' }), (error) => {
      assert.deepEqual([error.code, error.body.detail[0].loc], [422, ['body', 'name']]);
      return true;
    });
  });
});

describe('event types', () => {
  test('are created, read, listed, changed, archived and removed', async () => {
    const name = `node.${uid()}`;
    await svix.eventType.create({ name, description: 'one', schemas: { 1: { type: 'object' } } });
    assert.deepEqual((await svix.eventType.get(name)).schemas, { 1: { type: 'object' } });
    assert.equal((await svix.eventType.update(name, { description: 'two' })).description, 'two');
    assert.equal((await svix.eventType.patch(name, { description: 'three' })).description, 'three');
    const list = await svix.eventType.list({ limit: 1, iterator: name.slice(0, -1), withContent: true });
    assert.deepEqual(list.data.map((type) => type.name), [name]);

    await svix.eventType.delete(name);
    assert.equal((await svix.eventType.get(name)).archived, true);
    await svix.eventType.delete(name, { expunge: true });
    await assert.rejects(svix.eventType.get(name), refused(404));
  });
});

describe('endpoints', () => {
  test('are created, read, listed, changed and deleted', async () => {
    const app = await newApp();
    const endpoint = await newEndpoint(app, { uid: uid(), filterTypes: ['order.paid'], channels: ['eu'] });
    const read = await svix.endpoint.get(app, endpoint.uid);
    assert.deepEqual([read.id, read.filterTypes, read.channels], [endpoint.id, ['order.paid'], ['eu']]);
    assert.deepEqual((await svix.endpoint.list(app)).data.map(({ id }) => id), [endpoint.id]);

    const updated = await svix.endpoint.update(app, endpoint.id, { url: endpoint.url, description: 'changed' });
    assert.equal(updated.description, 'changed');
    assert.ok(!updated.filterTypes);
    assert.equal((await svix.endpoint.patch(app, endpoint.id, { disabled: true })).disabled, true);

    await svix.endpoint.delete(app, endpoint.id);
    await assert.rejects(svix.endpoint.get(app, endpoint.id), refused(404));
  });

  test('send the headers that were set for them', async () => {
    const app = await newApp();
    const { id, url: to } = await newEndpoint(app);
    await svix.endpoint.updateHeaders(app, id, { headers: { 'x-one': '1', authorization: 's3cret' } });
    await svix.endpoint.patchHeaders(app, id, { headers: { 'x-two': '2' } });
    const shown = await svix.endpoint.getHeaders(app, id);
    assert.deepEqual([shown.headers, shown.sensitive], [{ 'x-one': '1', 'x-two': '2' }, ['authorization']]);

    await publish(app);
    const { headers } = await receiver.request(to);
    assert.deepEqual([headers['x-one'], headers['x-two'], headers.authorization], ['1', '2', 's3cret']);
  });

  test('are filtered by event type and channel', async () => {
    const app = await newApp();
    const paid = await newEndpoint(app, { filterTypes: ['order.paid'] });
    const eu = await newEndpoint(app, { channels: ['eu'] });
    await publish(app, { eventType: 'order.sent', channels: ['eu'] });
    await receiver.request(eu.url);
    await publish(app, { channels: ['us'] });
    assert.match((await receiver.request(paid.url)).body, /"n":1/);
    const seen = [paid, eu].map((endpoint) => receiver.requestsTo(new URL(endpoint.url).pathname).length);
    assert.deepEqual(seen, [1, 1]);
  });
});

describe('deliveries', () => {
  test('verify with the libraries of Svix and of Standard Webhooks, and no changed one does', async () => {
    const app = await newApp();
    const endpoint = await newEndpoint(app);
    const { key } = await svix.endpoint.getSecret(app, endpoint.id);
    const message = await publish(app, { eventId: uid() });

    const { body, headers } = await receiver.request(endpoint.url);

    assert.equal(headers['webhook-id'], message.id);
    for (const library of [new SvixWebhook(key), new StandardWebhook(key)]) {
      assert.deepEqual(library.verify(body, headers), { name: 'café 😀', n: 1 });
      assert.throws(() => library.verify(body.replace('1', '2'), headers), /No matching signature/);
      assert.throws(() => library.verify(body, { ...headers, 'webhook-id': 'msg_other' }), /No matching signature/);
    }
  });

  test('verify with the old and with the new secret after a rotation', async () => {
    const app = await newApp();
    const endpoint = await newEndpoint(app);
    const old = (await svix.endpoint.getSecret(app, endpoint.id)).key;
    await svix.endpoint.rotateSecret(app, endpoint.id, {});
    const { key } = await svix.endpoint.getSecret(app, endpoint.id);
    assert.notEqual(key, old);
    await publish(app);

    const { body, headers } = await receiver.request(endpoint.url);

    for (const secret of [old, key]) {
      new SvixWebhook(secret).verify(body, headers);
      new StandardWebhook(secret).verify(body, headers);
    }
  });

  test('are examples where an example is asked for', async () => {
    const app = await newApp();
    const endpoint = await newEndpoint(app);
    const name = `node.${uid()}`;
    await svix.eventType.create({ name, description: 'd', schemas: { 1: { type: 'object', examples: [{ n: 7 }] } } });
    await svix.endpoint.sendExample(app, endpoint.id, { eventType: name });
    assert.equal((await receiver.request(endpoint.url)).body, '{"n":7}');
  });
});

describe('messages and attempts', () => {
  test('are listed, read and expunged', async () => {
    const app = await newApp();
    const endpoint = await newEndpoint(app);
    const message = await publish(app, { tags: ['red'] });
    const [attempt] = await attempts(app, message.id, 1);
    const ids = ({ data }) => data.map(({ id }) => id);

    assert.deepEqual((await svix.message.get(app, message.id)).payload, { name: 'café 😀', n: 1 });
    assert.deepEqual(ids(await svix.message.list(app, { tag: 'red', eventTypes: ['order.paid'] })), [message.id]);
    assert.deepEqual(ids(await svix.message.list(app, { tag: 'blue' })), []);
    assert.deepEqual(ids(await svix.messageAttempt.listByEndpoint(app, endpoint.id, { status: 0 })), [attempt.id]);
    assert.deepEqual(ids(await svix.messageAttempt.listAttemptedMessages(app, endpoint.id)), [message.id]);
    assert.deepEqual(ids(await svix.messageAttempt.listAttemptedDestinations(app, message.id)), [endpoint.id]);
    const read = await svix.messageAttempt.get(app, message.id, attempt.id);
    assert.deepEqual([read.status, read.responseStatusCode, read.endpointId], [0, 204, endpoint.id]);

    await svix.messageAttempt.expungeContent(app, message.id, attempt.id);
    await svix.message.expungeContent(app, message.id);
    assert.deepEqual((await svix.message.get(app, message.id)).payload, { expired: true });
  });

  test('are made again by hand and by recovery', async () => {
    const since = new Date();
    const app = await newApp();
    const endpoint = await newEndpoint(app);
    receiver.answer(endpoint.url, 400);
    const message = await publish(app);
    await attempts(app, message.id, 1);
    await until('it has failed', async () => (await svix.endpoint.getStats(app, endpoint.id)).fail === 1);

    receiver.answer(endpoint.url, 204);
    await svix.endpoint.recover(app, endpoint.id, { since });
    await receiver.request(endpoint.url, 2);
    await until('it has arrived', async () => (await svix.endpoint.getStats(app, endpoint.id)).success === 1);
    await svix.messageAttempt.resend(app, message.id, endpoint.id);
    await receiver.request(endpoint.url, 3);

    const statuses = (await attempts(app, message.id, 3)).map(({ responseStatusCode }) => responseStatusCode);
    assert.deepEqual(statuses, [204, 204, 400]);
    const same = receiver.requestsTo(new URL(endpoint.url).pathname).map(({ headers }) => headers['webhook-id']);
    assert.deepEqual(new Set(same), new Set([message.id]));
  });

  test('that are repeated with the same key are published once', async () => {
    const app = await newApp();
    const options = { idempotencyKey: uid() };
    const message = { eventType: 'order.paid', payload: {} };
    const first = await svix.message.create(app, message, options);
    assert.equal((await svix.message.create(app, message, options)).id, first.id);
    assert.equal((await svix.message.list(app)).data.length, 1);
  });

  async function attempts(app, message, count) {
    return until(`${count} attempts`, async () => {
      const { data } = await svix.messageAttempt.listByMsg(app, message);
      return data.length === count && data;
    });
  }
});

describe('access', () => {
  test('to the portal reaches one application and ends with the logout', async () => {
    const app = await newApp();
    const portal = sdk((await svix.authentication.appPortalAccess(app, {})).token);
    assert.equal((await portal.application.get(app)).id, app);
    await assert.rejects(portal.application.list(), refused(403));
    await assert.rejects(portal.endpoint.list(await newApp()), refused(404));

    await portal.authentication.logout();
    await assert.rejects(portal.application.get(app), refused(401));
  });

  test('with a wrong token is refused', async () => {
    await assert.rejects(sdk('testsk_wrong').application.list(), refused(401));
  });
});

test('the server is healthy', async () => {
  await svix.health.get();
  assert.ok((await fetch(`${WATCHED_URL}/api/v1/health/ping`)).ok);
});

test('every operation of the document was called and has succeeded', () => {
  // HEAD is answered wherever GET is; no SDK sends it.
  const wanted = OPERATIONS.filter((known) => known !== PING && !known.startsWith('HEAD '));
  assert.equal(wanted.length, 40);
  assert.deepEqual(wanted.filter((known) => !succeeded.has(known)), []);
});
