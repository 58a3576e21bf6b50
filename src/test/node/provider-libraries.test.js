// The providers' own libraries and Posthorn agree on what is genuine. A library signs where it can; where it only
// verifies, the request is signed as the provider documents it, and the library has to take that very request first.
import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, randomUUID, sign as signWith } from 'node:crypto';
import { test } from 'node:test';

// First of all, since it gives Node 18 what some of the others look for when they are loaded.
import { createSource } from './posthorn.js';

import adyen from '@adyen/api-library';
import { LinearWebhookClient } from '@linear/sdk/webhooks';
import { sign as signForGitHub, verify as verifyForGitHub } from '@octokit/webhooks-methods';
import { Paddle } from '@paddle/paddle-node-sdk';
import sendgrid from '@sendgrid/eventwebhook';
import '@shopify/shopify-api/adapters/web-api';
import { LogSeverity, shopifyApi } from '@shopify/shopify-api';
import slack from '@slack/bolt';
import discord from 'discord-interactions';
import { WebhooksHelper as SquareWebhooks } from 'square';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import Stripe from 'stripe';
import { Webhook as SvixWebhook } from 'svix';
import twilio from 'twilio';

const KEY = 'a-secret-of-posthorn';
const WHSEC = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const HEX_KEY = '44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056';
const JSON_TYPE = { 'content-type': 'application/json' };


/** The headers that have a part in the signature. */
const SIGNED = /signature|hmac|timestamp|^(svix|webhook)-id$/i;

const seconds = () => Math.floor(Date.now() / 1000);
const hmac = (content, encoding, key = KEY) => createHmac('sha256', key).update(content).digest(encoding);

/** Each: what the source is configured with, how a request to its URL is signed, and what the library says of it. */
const providers = {
  stripe: () => {
    const { webhooks } = new Stripe('sk_test_none');
    return {
      config: { secret: WHSEC },
      body: JSON.stringify({ id: `evt_${randomUUID()}`, object: 'event', type: 'invoice.paid', data: { object: {} } }),
      type: 'invoice.paid',
      stale: 301,
      sign: (body, timestamp) => ({
        ...JSON_TYPE,
        'stripe-signature': webhooks.generateTestHeaderString({ payload: body, secret: WHSEC, timestamp }),
      }),
      verify: ({ body, headers }) => webhooks.constructEvent(body, headers['stripe-signature'], WHSEC),
    };
  },

  github: () => ({
    config: { secret: KEY },
    body: JSON.stringify({ action: 'opened', issue: { title: 'café 😀' } }),
    type: 'issues.opened',
    sign: async (body) => ({
      ...JSON_TYPE,
      'x-github-event': 'issues',
      'x-github-delivery': randomUUID(),
      'x-hub-signature-256': await signForGitHub(KEY, body),
    }),
    verify: ({ body, headers }) => verifyForGitHub(KEY, body, headers['x-hub-signature-256']),
  }),

  slack: () => ({
    config: { secret: KEY },
    body: JSON.stringify({ type: 'event_callback', event_id: `Ev${randomUUID()}`, event: { type: 'app_mention' } }),
    type: 'app_mention',
    stale: 301,
    sign: (body, time = seconds()) => ({
      ...JSON_TYPE,
      'x-slack-request-timestamp': `${time}`,
      'x-slack-signature': `v0=${hmac(`v0:${time}:${body}`, 'hex')}`,
    }),
    verify: ({ body, headers }) =>
      slack.isValidSlackRequest({
        signingSecret: KEY,
        body,
        headers: { ...headers, 'x-slack-request-timestamp': Number(headers['x-slack-request-timestamp']) },
      }),
  }),

  shopify: () => {
    const shopify = shopifyApi({
      apiKey: 'key',
      apiSecretKey: KEY,
      apiVersion: '2025-01',
      hostName: 'shop.example',
      isEmbeddedApp: false,
      logger: { level: LogSeverity.Error },
    });
    return {
      config: { secret: KEY },
      body: JSON.stringify({ id: 820982911946154508, note: 'straße' }),
      type: 'orders/create',
      sign: (body) => ({
        ...JSON_TYPE,
        'x-shopify-api-version': '2025-01',
        'x-shopify-shop-domain': 'posthorn.myshopify.com',
        'x-shopify-topic': 'orders/create',
        'x-shopify-webhook-id': randomUUID(),
        'x-shopify-hmac-sha256': hmac(body, 'base64'),
      }),
      verify: async ({ body, headers }) => {
        const rawRequest = new Request('https://shop.example/', { method: 'POST', body, headers });
        return (await shopify.webhooks.validate({ rawBody: body, rawRequest })).valid;
      },
    };
  },

  twilio: () => ({
    config: { secret: KEY },
    body: new URLSearchParams({ From: '+15551234567', Body: 'héllo wörld & more', Empty: '' }).toString(),
    type: 'unknown',
    sign: (body, _, url) => ({
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': twilio.getExpectedTwilioSignature(KEY, url, Object.fromEntries(new URLSearchParams(body))),
    }),
    verify: ({ body, headers, url }) =>
      twilio.validateRequest(KEY, headers['x-twilio-signature'], url, Object.fromEntries(new URLSearchParams(body))),
  }),

  'twilio, of JSON': () => {
    const body = JSON.stringify({ CallSid: 'CA1', Text: 'ünïcode' });
    return {
      config: { secret: KEY },
      body,
      query: `?a=1&bodySHA256=${twilio.getExpectedBodyHash(body)}`,
      type: 'unknown',
      sign: (_, __, url) => ({ ...JSON_TYPE, 'x-twilio-signature': twilio.getExpectedTwilioSignature(KEY, url, {}) }),
      verify: ({ body: given, headers, url }) =>
        twilio.validateRequestWithBody(KEY, headers['x-twilio-signature'], url, given),
    };
  },

  sendgrid: () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    const library = new sendgrid.EventWebhook();
    const signature = sendgrid.EventWebhookHeader.SIGNATURE();
    const timestamp = sendgrid.EventWebhookHeader.TIMESTAMP();
    return {
      config: { secret: key },
      body: `${JSON.stringify([{ email: 'é@example.com', event: 'processed', sg_event_id: randomUUID() }])}\r\n`,
      type: 'processed',
      other: generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
        .publicKey.export({ type: 'spki', format: 'der' })
        .toString('base64'),
      sign: (body, time = seconds()) => ({
        ...JSON_TYPE,
        [timestamp]: `${time}`,
        [signature]: signWith('sha256', Buffer.from(time + body), privateKey).toString('base64'),
      }),
      verify: ({ body, headers }) =>
        library.verifySignature(library.convertPublicKeyToECDSA(key), body, headers[signature], headers[timestamp]),
    };
  },

  discord: () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const hex = (of) => Buffer.from(of.export({ format: 'jwk' }).x, 'base64url').toString('hex');
    const key = hex(publicKey);
    return {
      config: { secret: key },
      body: JSON.stringify({ version: 1, type: 1, event: { type: 'APPLICATION_AUTHORIZED', data: { name: 'ß' } } }),
      type: 'APPLICATION_AUTHORIZED',
      other: hex(generateKeyPairSync('ed25519').publicKey),
      stale: 301,
      ignoresTime: true,
      sign: (body, time = seconds()) => ({
        ...JSON_TYPE,
        'x-signature-timestamp': `${time}`,
        'x-signature-ed25519': signWith(null, Buffer.from(time + body), privateKey).toString('hex'),
      }),
      verify: ({ body, headers }) =>
        discord.verifyKey(body, headers['x-signature-ed25519'], headers['x-signature-timestamp'], key),
    };
  },

  paddle: () => {
    const { webhooks } = new Paddle('key');
    return {
      config: { secret: KEY },
      body: JSON.stringify({ event_id: `evt_${randomUUID()}`, event_type: 'transaction.paid', data: { name: 'ÿ' } }),
      type: 'transaction.paid',
      stale: 7,
      sign: (body, time = seconds()) => ({
        ...JSON_TYPE,
        'paddle-signature': `ts=${time};h1=${hmac(`${time}:${body}`, 'hex')}`,
      }),
      verify: ({ body, headers }) => webhooks.isSignatureValid(body, KEY, headers['paddle-signature']),
    };
  },

  square: () => {
    const notificationUrl = 'https://shop.example/hooks?a=1';
    return {
      config: { secret: KEY, url: notificationUrl },
      body: JSON.stringify({ event_id: randomUUID(), type: 'payment.created', data: { note: 'ñ' } }),
      type: 'payment.created',
      sign: (body) => ({ ...JSON_TYPE, 'x-square-hmacsha256-signature': hmac(notificationUrl + body, 'base64') }),
      verify: ({ body, headers }) =>
        SquareWebhooks.verifySignature({
          requestBody: body,
          signatureHeader: headers['x-square-hmacsha256-signature'],
          signatureKey: KEY,
          notificationUrl,
        }),
    };
  },

  linear: () => {
    const library = new LinearWebhookClient(KEY);
    return {
      config: { secret: KEY },
      body: JSON.stringify({ action: 'create', type: 'Issue', data: { title: 'ü' }, webhookTimestamp: Date.now() }),
      type: 'Issue.create',
      stale: 62,
      at: (body, time) => JSON.stringify({ ...JSON.parse(body), webhookTimestamp: time * 1000 }),
      sign: (body) => ({
        ...JSON_TYPE,
        'linear-event': 'Issue',
        'linear-delivery': randomUUID(),
        'linear-signature': hmac(body, 'hex'),
      }),
      verify: ({ body, headers }) =>
        library.verify(Buffer.from(body), headers['linear-signature'], JSON.parse(body).webhookTimestamp),
    };
  },

  'adyen-payments': () => {
    const library = new adyen.hmacValidator();
    const item = {
      pspReference: randomUUID(),
      originalReference: '',
      merchantAccountCode: 'Posthorn',
      merchantReference: 'order é',
      amount: { value: 1130, currency: 'EUR' },
      eventCode: 'AUTHORISATION',
      eventDate: new Date().toISOString(),
      success: 'true',
      additionalData: {},
    };
    item.additionalData.hmacSignature = library.calculateHmac(item, HEX_KEY);
    return {
      config: { secret: HEX_KEY },
      body: JSON.stringify({ live: 'false', notificationItems: [{ NotificationRequestItem: item }] }),
      tamper: (body) => body.replace('1130', '1131'),
      // The signature is in the body.
      forge: (body) => withSignature(body, altered),
      unsigned: (body) => withSignature(body, () => undefined),
      type: 'AUTHORISATION',
      answer: '[accepted]',
      sign: () => JSON_TYPE,
      verify: ({ body }) =>
        library.validateHMAC(JSON.parse(body).notificationItems[0].NotificationRequestItem, HEX_KEY),
    };
  },

  'adyen-platform': () => {
    const library = new adyen.hmacValidator();
    return {
      config: { secret: HEX_KEY },
      body: JSON.stringify({ type: 'balancePlatform.accountHolder.created', data: { id: randomUUID(), name: 'ö' } }),
      type: 'balancePlatform.accountHolder.created',
      sign: (body) => ({ ...JSON_TYPE, hmacsignature: library.calculateHmac(body, HEX_KEY) }),
      verify: ({ body, headers }) => library.validateHMACSignature(HEX_KEY, headers.hmacsignature, body),
    };
  },

  'standard-webhooks': () => standard(new StandardWebhook(WHSEC), 'webhook'),

  svix: () => standard(new SvixWebhook(WHSEC), 'svix'),
};

function standard(library, prefix) {
  return {
    config: { secret: WHSEC },
    body: JSON.stringify({ type: 'order.paid', timestamp: new Date().toISOString(), data: { name: 'œ' } }),
    type: 'order.paid',
    stale: 302,
    sign: (body, time = seconds(), id = `msg_${randomUUID()}`) => ({
      ...JSON_TYPE,
      [`${prefix}-id`]: id,
      [`${prefix}-timestamp`]: `${time}`,
      [`${prefix}-signature`]: library.sign(id, new Date(time * 1000), body),
    }),
    verify: ({ body, headers }) => library.verify(body, headers),
  };
}

for (const [name, provider] of Object.entries(providers)) {
  test(`${name}: the library and Posthorn take the same request and refuse the same one`, async () => {
    const { config, body, query = '', type, answer, tamper = space, forge, sign, verify } = provider();
    const source = await createSource(name.replace(/,.*/, ''), config);
    const url = source.url + query;
    const genuine = { body, query, url, headers: await sign(body, undefined, url) };
    const forged = forge ? { ...genuine, body: forge(body) } : { ...genuine, headers: forgedHeaders(genuine.headers) };

    assert.ok(await says(verify, genuine), 'the library takes the genuine one');
    for (const [tampered, request] of Object.entries({ body: { ...genuine, body: tamper(body) }, signature: forged })) {
      assert.ok(!(await says(verify, request)), `the library refuses the one with a tampered ${tampered}`);
      const refused = await source.post(request);
      assert.deepEqual([refused.status, refused.text], [401, '{"error":"Invalid signature"}'], `tampered ${tampered}`);
    }
    const taken = await source.post(genuine);
    assert.equal(taken.status, 200, taken.text);
    if (answer) {
      assert.equal(taken.text, answer);
    } else {
      assert.equal(JSON.parse(taken.text).status, 'received');
    }
    const events = await source.events();
    assert.deepEqual(events.map((event) => event.type), [type]);
  });
}

for (const [name, provider] of Object.entries(providers)) {
  test(`${name}: what the library signed is refused stale, cut short and by whoever has another secret`, async () => {
    const { config, body, query = '', stale, ignoresTime, at = (same) => same, sign, verify, ...more } = provider();
    const type = name.replace(/,.*/, '');
    const source = await createSource(type, config);
    const stranger = await createSource(type, { ...config, secret: more.other ?? otherThan(config.secret) });
    const url = source.url + query;
    const genuine = { body, query, url, headers: await sign(body, undefined, url) };

    const incomplete = Object.entries(cutShort(genuine, more.unsigned));
    assert.notEqual(incomplete.length, 0);
    for (const [part, request] of incomplete) {
      assert.ok(!(await says(verify, request)), `the library refuses it without ${part}`);
      assert.equal((await source.post(request)).status, 401, `without ${part}`);
    }
    if (stale) {
      const time = seconds() - stale;
      const old = { ...genuine, body: at(body, time), headers: await sign(at(body, time), time, url) };
      assert.equal(await says(verify, old), ignoresTime ?? false, 'the library refuses the stale one');
      assert.equal((await source.post(old)).status, 401, 'stale');
    }
    // What Twilio signs is the URL, so the stranger has to be called by that of the source.
    const asked = type === 'twilio' ? await createSource(type, { secret: otherThan(config.secret), url }) : stranger;
    const fresh = { ...genuine, headers: await sign(body, undefined, url) };
    assert.equal((await asked.post(fresh)).status, 401, 'with another secret');
    assert.deepEqual(await source.events(), []);
    assert.equal((await source.post(fresh)).status, 200);
  });
}

const HOST = 'hooks.example:8443';
const BARE = 'hooks.example';
// Apart, as the library takes no URL that has both: it spells either the one or the other anew before it looks.
const APOSTROPHE = `?b=2&name=O'Neil&a=x`;
const PLUS = '?b=2&a=x+y';

for (const [what, signedHost, query, body] of [
  ['a form', HOST, '', 'From=%2B15551234567&Body=h%C3%A9llo&Body=again&Empty='],
  ['a form, the port left out', BARE, '', 'From=%2B15551234567'],
  ['a query with an apostrophe, unsorted', HOST, APOSTROPHE, 'From=%2B15551234567'],
  ['a query with an apostrophe, the port left out', BARE, APOSTROPHE, 'From=%2B15551234567'],
  ['a query with a plus, unsorted', HOST, PLUS, 'From=%2B15551234567'],
  ['JSON by its hash', HOST, PLUS, '{"a":1}'],
  ['JSON by its hash, the port left out', BARE, PLUS, '{"a":1}'],
]) {
  test(`twilio behind a proxy that ends TLS: ${what}`, async () => {
    const source = await createSource('twilio', { secret: KEY });
    const json = body.startsWith('{');
    const { pathname } = new URL(source.url);
    const path = pathname + query + (json ? `&bodySHA256=${twilio.getExpectedBodyHash(body)}` : '');
    const fields = json ? {} : fieldsOf(body);
    const signature = twilio.getExpectedTwilioSignature(KEY, `https://${signedHost}${path}`, fields);
    const called = `https://${HOST}${path}`;
    assert.ok(
      json
        ? twilio.validateRequestWithBody(KEY, signature, called, body)
        : twilio.validateRequest(KEY, signature, called, fields),
      'the library takes it by the URL that was called',
    );
    const forwarded = (request) => ({
      path,
      body,
      headers: {
        'content-type': json ? 'application/json' : 'application/x-www-form-urlencoded',
        'x-twilio-signature': signature,
        'x-forwarded-for': '198.51.100.7',
        'x-forwarded-proto': 'https',
        'x-forwarded-host': HOST,
      },
      ...request,
    });

    assert.equal(await source.forward(forwarded({ from: '127.0.0.2' })), 401, 'a stranger tells no URL');
    assert.equal(await source.forward(forwarded({ body: json ? '{"a":2}' : `${body}1` })), 401, 'another body');
    assert.deepEqual(await source.events(), []);
    assert.equal(await source.forward(forwarded({})), 200);
  });
}

/** The fields of a form as the library wants them: of several of one name, all. */
function fieldsOf(body) {
  const form = new URLSearchParams(body);
  return Object.fromEntries(
    [...form.keys()].map((name) => [name, form.getAll(name).length > 1 ? form.getAll(name) : form.get(name)]),
  );
}

/** The request without each part of its signature, by what it lacks. */
function cutShort(genuine, unsigned) {
  if (unsigned) {
    return { 'the signature in the body': { ...genuine, body: unsigned(genuine.body) } };
  }
  return Object.fromEntries(
    Object.keys(genuine.headers)
      .filter((header) => SIGNED.test(header))
      .map((header) => {
        const { [header]: _, ...headers } = genuine.headers;
        return [header, { ...genuine, headers }];
      }),
  );
}

/** With another signature of the same form, and everything else as it was. */
function forgedHeaders(headers) {
  const [header] = Object.keys(headers).filter((each) => SIGNED.test(each) && !/timestamp|-id$/i.test(each));
  return { ...headers, [header]: altered(headers[header]) };
}

/** Another character in the signature, not among the last, of which base64 ignores some bits. */
function altered(signature) {
  const at = signature.length - 6;
  return signature.slice(0, at) + (signature[at] === '0' ? '1' : '0') + signature.slice(at + 1);
}

/** Of Adyen's payments, whose signature is in the body. */
function withSignature(body, change) {
  const notification = JSON.parse(body);
  const { additionalData } = notification.notificationItems[0].NotificationRequestItem;
  additionalData.hmacSignature = change(additionalData.hmacSignature);
  return JSON.stringify(notification);
}

/** Another secret of the same form. */
function otherThan(secret) {
  return secret.startsWith('whsec_') ? `whsec_${Buffer.from('another-key-of-24-bytes!').toString('base64')}` : swapped(secret);
}

function swapped(secret) {
  return secret.replace(/[0-9A-F]|[a-z]/, (letter) => (letter === '4' ? '5' : '4'));
}

/** What a library that throws says, and one that does not. */
async function says(verify, request) {
  try {
    return (await verify(request)) !== false;
  } catch {
    return false;
  }
}

/** A change that leaves JSON what it says, so that only the bytes can tell. */
function space(body) {
  return body.startsWith('{') ? body.replace('{', '{ ') : `${body}x`;
}
