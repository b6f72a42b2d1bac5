import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Json} from '../../../src/core/json.ts';
import {createRedactor} from '../../../src/core/secrets/redact.ts';
import {cpuMs} from '../../support/cpu-time.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const plain = createRedactor();

test.each([
	['Authorization: Bearer abc.def-123', 'Authorization: Bearer ‹redacted›'],
	['curl -H "authorization: Basic dXNlcjpwYXNz"', 'curl -H "authorization: Basic ‹redacted›"'],
	['sent bearer a1b2c3d4e5', 'sent bearer ‹redacted›'],
	['token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl ok', 'token ‹redacted› ok'],
	['postgres://app:hunter2@db:5432/x', 'postgres://app:‹redacted›@db:5432/x'],
	['redis://:pa/ss@cache', 'redis://:‹redacted›@cache'],
	['key AKIAIOSFODNN7EXAMPLE used', 'key ‹redacted› used'],
	['ghp_abcdefghijklmnopqrstuvwxyz0123456789', '‹redacted›'],
	['xoxb-123456789012-abcdef', '‹redacted›'],
	['sk_live_abcdefghijklmnop', '‹redacted›'],
	['password=hunter2&x=1', 'password=‹redacted›&x=1'],
	['{"password":"hun ter2","x":1}', '{"password":"‹redacted›","x":1}'],
	['db:\n  password: hunter2\n  host: db', 'db:\n  password: ‹redacted›\n  host: db'],
	['run --token hunter2 --port 80', 'run --token ‹redacted› --port 80'],
	['-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----\nrest', '‹redacted›\nrest'],
	['Server=db;Password=hunter2;Port=1', 'Server=db;Password=‹redacted›;Port=1'],
	['https://x.blob.core.windows.net/a?sv=1&sig=abcdefgh%3D', 'https://x.blob.core.windows.net/a?sv=1&sig=‹redacted›'],
])('hides the secret of %j', (text, expected) => {
	expect(plain.text(text)).toBe(expected);
});

test.each([
	'failed to get secret: connection refused',
	'MountVolume.SetUp failed for volume "tls" : secret "web-tls" not found',
	"couldn't find key password in Secret shop/db",
	'GET http://web:8080/users/@me 200',
	'unable to fetch secret="web-tls", ns="demo"',
	'tokens used: 4096',
	'pulling image registry:5000/web@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
	'bearer token expired',
	'password=‹sealed:Deployment/shop/web/x›',
	'-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----',
])('leaves %j', text => {
	expect(plain.text(text)).toBe(text);
});

test.each([
	['as it is', 'found correct horse battery here', 'found ‹redacted› here'],
	['in base64', `x ${base64('correct horse battery')} y`, 'x ‹redacted› y'],
	['inside base64', `x ${base64('user:correct horse battery')} y`, 'x ‹redacted› y'],
	['in a URL', '/?q=correct%20horse%20battery', '/?q=‹redacted›'],
])('hides a learned value %s', (_, text, expected) => {
	const redactor = createRedactor();
	redactor.learn('correct horse battery');
	expect(redactor.text(text)).toBe(expected);
});

test('learns base64 with what it says, and long lines by themselves', () => {
	const redactor = createRedactor();
	redactor.learn(base64('first long line 1\nsecond long line 2'));
	expect(redactor.text('a second long line 2 b')).toBe('a ‹redacted› b');
});

test('does not learn what is short, or what everybody says', () => {
	const redactor = createRedactor();
	for (const value of ['abc', 'default', 'kube-system', '']) redactor.learn(value);
	expect(redactor.text('abc default kube-system')).toBe('abc default kube-system');
});

test('the longest learned value wins', () => {
	const redactor = createRedactor();
	redactor.learn('hunter2');
	redactor.learn('hunter2-and-more');
	expect(redactor.text('hunter2-and-more hunter2x')).toBe('‹redacted› ‹redacted›x');
});

test('forgets the oldest value past its limit', () => {
	const redactor = createRedactor({limit: 40});
	for (let index = 0; index < 100; index++) redactor.learn(`value-number-${index}!`);
	expect(redactor.text('value-number-0! value-number-99!')).toBe('value-number-0! ‹redacted›');
});

test('thousands of learned values cost one pass', () => {
	const redactor = createRedactor();
	for (let index = 0; index < 10_000; index++) redactor.learn(`${index.toString(36)}-secret-value-${index}`);
	const text = 'an ordinary line of a log with some words\n'.repeat(5_000);
	const started = cpuMs();
	expect(redactor.text(`${text}5yc-secret-value-7716`)).toBe(`${text}‹redacted›`);
	expect(cpuMs() - started).toBeLessThan(5_000);
});

test('hides Secrets in JSON and leaves keys, numbers and names', () => {
	const redactor = createRedactor();
	redactor.learn('webapp');
	const secret = {kind: 'Secret', metadata: {name: 'webapp', namespace: 'shop'}, data: {password: 'eA=='}};
	expect(redactor.json({items: [secret], webapp: 'webapp runs', count: 1, none: null})).toEqual({
		items: [{...secret, data: {password: '‹redacted›'}}],
		webapp: '‹redacted› runs',
		count: 1,
		none: null,
	});
});

test('learns every secret of an object', () => {
	const redactor = createRedactor();
	redactor.learnFrom({kind: 'Secret', data: {password: base64('hunter2!')}});
	expect(redactor.text('it was hunter2!')).toBe('it was ‹redacted›');
});

test('hides the values of Secrets in manifest text', () => {
	const text =
		'kind: ConfigMap\ndata:\n  a: b\n---\nkind: Secret\nmetadata:\n  name: db\nstringData:\n  p: x\n  file: |\n    one\n\n    two\ntype: Opaque\n';
	expect(plain.text(text)).toBe(
		'kind: ConfigMap\ndata:\n  a: b\n---\nkind: Secret\nmetadata:\n  name: db\nstringData:\n  p: ‹redacted›\n  file: ‹redacted›\n\ntype: Opaque\n',
	);
});

test('hides the values of a Secret of any length', () => {
	const lines = (value: string) => Array.from({length: 200_000}, (_, index) => `  key-${index}: ${value}`).join('\n');
	expect(plain.text(`kind: Secret\ndata:\n${lines('eA==')}`) === `kind: Secret\ndata:\n${lines('‹redacted›')}`).toBe(true);
});

test('a flow mapping of a Secret is hidden as a whole', () => {
	expect(plain.text('kind: Secret\ndata: {p: eA==,\n  q: eQ==}\ntype: Opaque')).toBe('kind: Secret\ndata: ‹redacted›\ntype: Opaque');
});

test('redacting twice changes nothing more', () => {
	const once = plain.text('password=hunter2 postgres://a:b@c Authorization: Bearer abcdefg1');
	expect(plain.text(once)).toBe(once);
});

/** A letter that nothing else holds makes a survivor certain to be one. */
const canary = fc
	.string({minLength: 1, maxLength: 30, unit: fc.constantFrom(...'abXY09 \n"\'\\:{}é열$/+=@'.split(''))})
	.map(text => `Жab${text}cdЖ`);
const hidingPlaces = (value: string) => [
	{kind: 'Secret', metadata: {name: 'x'}, data: {any: base64(value)}},
	{kind: 'Secret', stringData: {any: value}},
	{kind: 'List', items: [{kind: 'Secret', data: {any: base64(value)}}]},
	{kind: 'Pod', spec: {containers: [{env: [{name: 'DB_PASSWORD', value}]}]}},
	{kind: 'Pod', spec: {initContainers: [{args: ['--token', value]}]}},
	{kind: 'ConfigMap', data: {'api-key': value}},
	{
		kind: 'Rollout',
		metadata: {
			annotations: {'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({kind: 'Secret', stringData: {any: value}})},
		},
	},
];

test('no planted value passes the gate, whatever object holds it', () => {
	fc.assert(
		fc.property(canary, fc.nat({max: 6}), fc.jsonValue(), (value, place, noise) => {
			const redactor = createRedactor();
			const object = hidingPlaces(value)[place] ?? {};
			const seen = JSON.stringify(redactor.json({noise, object: object as Json}));
			expect(seen).not.toContain('Ж');
			expect(seen).not.toContain(base64(value));
		}),
		{numRuns: 500},
	);
});

test('a learned value passes nowhere: not in a text, not in JSON, not in base64 of a longer text', () => {
	fc.assert(
		fc.property(canary, fc.string(), fc.string(), (value, before, after) => {
			const redactor = createRedactor();
			redactor.learn(value);
			const texts = [`${before}${value}${after}`, JSON.stringify({any: value}), `x ${base64(`ab:${value}`)} y`];
			for (const text of texts) expect(redactor.text(text)).not.toMatch(/Ж/);
			expect(redactor.text(texts[2] ?? '')).toBe('x ‹redacted› y');
			expect(JSON.stringify(redactor.json({deep: [{any: texts}]}))).not.toContain('Ж');
		}),
		{numRuns: 500},
	);
});

test('no text makes the gate throw, and passing it twice changes nothing', () => {
	fc.assert(
		fc.property(fc.oneof(fc.string({unit: 'binary'}), fc.string()), text => {
			const once = plain.text(text);
			expect(plain.text(once)).toBe(once);
		}),
		{numRuns: 500},
	);
});
