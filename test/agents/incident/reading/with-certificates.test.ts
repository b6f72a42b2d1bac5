import {expect, test} from 'vitest';
import {withCertificates} from '../../../../src/agents/incident/reading/with-certificates.ts';
import {factsOf} from '../../../../src/analysis/detection/secret-facts.ts';
import {selfSigned} from '../../../cluster/certificate.ts';
import {object} from '../../../support/kube-objects.ts';

const nowMs = Date.parse('2026-05-01T12:00:00Z');
const own = selfSigned('shop', nowMs, ['shop.example.com', '*.api.example.com']);
const other = selfSigned('other', nowMs);
const encoded = (text: string) => Buffer.from(text).toString('base64');
const secret = (data: {readonly [key: string]: string}) => object('v1', 'Secret', 'web-tls', {type: 'kubernetes.io/tls', data});
const read = (cert: string, key?: string) =>
	factsOf(withCertificates(secret({'tls.crt': encoded(cert), ...(key === undefined ? {} : {'tls.key': encoded(key)})})));

test('says of a certificate until when it is valid and for whom', () => {
	expect(read(own.cert, own.key)).toEqual({
		certificates: [
			{
				subject: 'CN=shop',
				issuer: 'CN=shop',
				notBefore: '2026-04-30T12:00:00.000Z',
				notAfter: '2026-05-02T12:00:00.000Z',
				names: ['127.0.0.1', 'shop.example.com', '*.api.example.com'],
				isAuthority: true,
			},
		],
		keyFits: true,
		chain: [own.cert.trim()],
		authorities: [],
	});
});

test('keeps the chain and the authorities in PEM, and nothing of the key', () => {
	const read = withCertificates(
		secret({'tls.crt': encoded(own.cert + other.cert), 'tls.key': encoded(own.key), 'ca.crt': encoded(other.cert)}),
	);
	expect(factsOf(read)).toMatchObject({chain: [own.cert.trim(), other.cert.trim()], authorities: [other.cert.trim()]});
	expect(JSON.stringify(read)).not.toContain('PRIVATE KEY');
});

test.each([
	['the key of another certificate', own.cert, other.key, 1, false],
	['a key that is none', own.cert, 'x', 1, false],
	['no key at all', own.cert, undefined, 1, undefined],
	['a certificate that is none', 'x', own.key, 0, false],
	['an empty one', '', own.key, 0, false],
	['a chain', `${own.cert}${other.cert}`, own.key, 2, true],
])('tells %s', (_, cert, key, certificates, keyFits) => {
	const facts = read(cert, key);
	expect([facts?.certificates.length, facts?.keyFits]).toEqual([certificates, keyFits]);
});

test('lets no value of a Secret through, and of the key not a word', () => {
	const text = JSON.stringify(
		withCertificates(secret({'tls.crt': encoded(own.cert), 'tls.key': encoded(own.key), password: encoded('hunter2-hunter2')})),
	);
	const lines = own.key.split('\n').filter(line => line.length > 8);
	const secrets = [
		...lines,
		encoded(own.key).slice(0, 60),
		encoded(own.key).slice(-60),
		'hunter2',
		encoded('hunter2-hunter2'),
		'PRIVATE KEY',
	];
	expect(secrets.filter(each => text.includes(each))).toEqual([]);
	expect(text).toContain('"password":""');
});

test('leaves other Secrets and other kinds as they were', () => {
	expect(withCertificates(secret({token: encoded('abc')}))).not.toHaveProperty('facts');
	const settings = object('v1', 'ConfigMap', 'ca', {data: {'tls.crt': own.cert}});
	expect(withCertificates(settings)).toBe(settings);
});
