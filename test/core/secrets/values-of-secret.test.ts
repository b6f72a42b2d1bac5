import {expect, test} from 'vitest';
import {createRedactor} from '../../../src/core/secrets/redact.ts';
import {valuesOfSecret} from '../../../src/core/secrets/values-of-secret.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const secret = (data: {readonly [key: string]: string}) => ({
	kind: 'Secret',
	metadata: {name: 'checkout-db', namespace: 'storefront', labels: {'app.kubernetes.io/name': 'payments'}},
	data: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, base64(value)])),
});
const dockerconfig = JSON.stringify({auths: {'r.example': {username: 'bot', password: 'Violet-otter', auth: base64('bot:Amber-heron')}}});

test.each<[what: string, key: string, value: string, parts: readonly string[]]>([
	['a password', 'password', 'Violet-otter', ['Violet-otter']],
	['a password that is a word', 'password', 'sunshine', ['sunshine']],
	['a value whose key says nothing', 'value', 'Violet-otter', ['Violet-otter']],
	['a user name', 'username', 'storekeeper', []],
	['a host', 'DB_HOST', 'orders.storefront.svc', []],
	['a user name that looks random', 'username', 'aB3dE5fG7hI9jK1lM3nO5pQ7', ['aB3dE5fG7hI9jK1lM3nO5pQ7']],
	['the name of the application', 'value', 'checkout', []],
	['a word of its labels', 'password', 'payments', []],
	['its namespace', 'where', 'storefront', []],
	['a short number', 'quota', '1000000', []],
	['a certificate', 'tls.crt', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----', []],
	['a URL with a password', 'url', 'postgres://app:Violet.otter@db/x', ['postgres://app:Violet.otter@db/x', 'Violet.otter']],
	['a URL without one', 'url', 'http://orders.storefront:8080/x', []],
	['settings', 'app.properties', 'level=info\ndb.password=Violet.otter', ['level=info\ndb.password=Violet.otter', 'Violet.otter']],
	['a sign-in of a registry', '.dockerconfigjson', dockerconfig, [dockerconfig, 'Violet-otter', base64('bot:Amber-heron'), 'Amber-heron']],
])('of %s it knows what gives it away', (_what, key, value, parts) => {
	expect([...new Set(valuesOfSecret(secret({[key]: value})))].toSorted()).toEqual([...parts].toSorted());
});

test('bytes that are no text are known by their base64', () => {
	const bytes = Buffer.from([0xff, 0xfe, 0x00, 0x9c, 0x81, 0xd3, 0x10, 0x88]).toString('base64');
	expect(valuesOfSecret({kind: 'Secret', data: {key: bytes}})).toEqual([bytes]);
});

test('ordinary text is left whole by a Secret full of ordinary words', () => {
	const redactor = createRedactor();
	redactor.learnFrom(
		secret({
			a: 'true',
			b: 'admin',
			c: 'localhost',
			d: 'postgres',
			e: '5432',
			username: 'checkout',
			password: 'Violet-otter',
			mode: 'production',
		}),
	);
	expect(redactor.text('checkout: admin@localhost:5432 postgres is true in production; Violet-otter was refused')).toBe(
		'checkout: admin@localhost:5432 postgres is true in production; ‹redacted› was refused',
	);
});
