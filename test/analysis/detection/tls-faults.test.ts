import {expect, test} from 'vitest';
import {tlsFaults} from '../../../src/analysis/detection/analyzers/tls/tls-faults.ts';
import {coversHost} from '../../../src/core/kube/certificate.ts';
import {faultLines, surePatches} from './faults-in.ts';

type Certificate = {from?: string; to?: string; names?: string; fits?: boolean; changed?: number; type?: string};
const certificate = (
	name: string,
	{from = '2026-01-01', to = '2027-12-31', names = 'shop.example.com', fits = true, changed}: Certificate = {},
) => `
kind: Secret
apiVersion: v1
${changed === undefined ? '' : `changed: ${changed}`}
metadata: {name: ${name}}
type: kubernetes.io/tls
data: {tls.crt: '', tls.key: ''}
facts: {keyFits: ${fits}, certificates: [{subject: CN=x, issuer: CN=ca, notBefore: '${from}T00:00:00Z', notAfter: '${to}T00:00:00Z', names: [${names}], isAuthority: false}]}
---`;
const ingress = ({
	secret = 'web-tls',
	host = 'shop.example.com',
	changed,
	issued = false,
}: {
	secret?: string;
	host?: string;
	changed?: number;
	issued?: boolean;
} = {}) => `
kind: Ingress
apiVersion: networking.k8s.io/v1
${changed === undefined ? '' : `changed: ${changed}`}
metadata: {name: web, annotations: {${issued ? 'cert-manager.io/cluster-issuer: le' : ''}}}
spec: {tls: [{hosts: [${host}], secretName: ${secret}}], rules: [{host: ${host}}]}
---`;
const place = 'Ingress/web spec.tls[shop.example.com].secretName';

test.each([
	['is valid and for the host', certificate('web-tls') + ingress(), []],
	['is for all hosts of a step', certificate('web-tls', {names: "'*.example.com'"}) + ingress(), []],
	['has expired', certificate('web-tls', {to: '2026-11-01'}) + ingress(), ['high certificate-expired Secret/web-tls data.tls.crt none']],
	['has expired, and nobody uses it', certificate('old', {to: '2026-11-01'}), ['low certificate-expired Secret/old data.tls.crt none']],
	[
		'has expired, and a good one is at hand',
		certificate('web-tls', {to: '2026-11-01'}) + certificate('new-tls') + ingress(),
		['high certificate-expired Secret/web-tls data.tls.crt remedy'],
	],
	[
		'has expired, and the Ingress was pointed at it a moment ago',
		certificate('old-tls', {to: '2026-11-01'}) + certificate('web-tls') + ingress({secret: 'old-tls', changed: 2}),
		[`high certificate-expired ${place} remedy`],
	],
	[
		'is not valid yet',
		certificate('web-tls', {from: '2026-12-24'}) + ingress(),
		['high certificate-not-yet-valid Secret/web-tls data.tls.crt none'],
	],
	[
		'has three weeks left',
		certificate('web-tls', {to: '2026-12-18'}) + ingress(),
		['medium certificate-expires-soon Secret/web-tls data.tls.crt none'],
	],
	[
		'has a week left',
		certificate('web-tls', {to: '2026-12-04'}) + ingress(),
		['high certificate-expires-soon Secret/web-tls data.tls.crt none'],
	],
	['lives a week and has three days left', certificate('web-tls', {from: '2026-11-23', to: '2026-11-30'}) + ingress(), []],
	['lives three months and is renewed with one left', certificate('web-tls', {from: '2026-09-27', to: '2026-12-26'}) + ingress(), []],
	[
		'is of another key',
		certificate('web-tls', {fits: false}) + ingress(),
		['high certificate-of-another-key Secret/web-tls data.tls.key none'],
	],
	[
		'is for another host since it was exchanged',
		certificate('web-tls', {names: 'crm.example.com', changed: 3}) + ingress(),
		['high certificate-not-for-host Secret/web-tls data.tls.crt none'],
	],
	[
		'is for another host since the Ingress was changed',
		certificate('crm-tls', {names: 'crm.example.com'}) + certificate('web-tls') + ingress({secret: 'crm-tls', changed: 3}),
		[`high certificate-not-for-host ${place} remedy`],
	],
	[
		'is for another host since the host was changed',
		certificate('web-tls') + ingress({host: 'sohp.example.com', changed: 3}),
		['high certificate-not-for-host Ingress/web spec.tls[sohp.example.com].hosts none'],
	],
	[
		'is for hosts of one step more',
		certificate('web-tls', {names: "'*.example.com'"}) + ingress({host: 'a.b.example.com', changed: 3}),
		['high certificate-not-for-host Ingress/web spec.tls[a.b.example.com].hosts none'],
	],
	['is not there', ingress(), [`high tls-secret-not-there ${place} none`]],
	['is not there, and another covers the host', certificate('shop-tls') + ingress(), [`high tls-secret-not-there ${place} remedy`]],
	['is not there yet', ingress({issued: true}), [`medium tls-secret-not-there ${place} none`]],
])('a certificate that %s', (_, yaml, found) => {
	expect(faultLines(tlsFaults, yaml)).toEqual(found);
});

test('hosts that the certificate of another Secret is for get an entry of their own', () => {
	const two = ingress({changed: 3}).replace('hosts: [shop.example.com]', 'hosts: [shop.example.com, pay.example.com]');
	const found = certificate('web-tls') + certificate('pay-tls', {names: 'pay.example.com'}) + two;
	expect(faultLines(tlsFaults, found)).toEqual(['high certificate-not-for-host Ingress/web spec.tls[shop.example.com].hosts remedy']);
	expect(surePatches(tlsFaults, found)).toEqual([
		JSON.stringify([
			{op: 'test', path: '/spec/tls/0/hosts', value: ['shop.example.com', 'pay.example.com']},
			{op: 'replace', path: '/spec/tls/0/hosts', value: ['shop.example.com']},
			{op: 'add', path: '/spec/tls/1', value: {hosts: ['pay.example.com'], secretName: 'pay-tls'}},
		]),
	]);
});

test('a Secret that holds no certificate, or something else in its place', () => {
	const secret = (data: string, facts = '') =>
		`{kind: Secret, apiVersion: v1, metadata: {name: web-tls}, type: Opaque, data: ${data}${facts}}\n---`;
	expect(faultLines(tlsFaults, secret('{cert.pem: "", tls.key: ""}') + ingress())).toEqual([
		'high tls-secret-incomplete Secret/web-tls data.tls.crt none',
	]);
	expect(faultLines(tlsFaults, secret('{tls.crt: "", tls.key: ""}', ', facts: {certificates: [], keyFits: false}') + ingress())).toEqual([
		'high certificate-unreadable Secret/web-tls data.tls.crt none',
	]);
});

test('is told of pods that mount it, and shown from another Secret only where one alone fits', () => {
	const pod = `
kind: Deployment
apiVersion: apps/v1
metadata: {name: hook}
spec: {template: {spec: {containers: [], volumes: [{name: certs, secret: {secretName: web-tls}}]}}}
---`;
	expect(faultLines(tlsFaults, certificate('web-tls', {to: '2026-11-01'}) + pod)).toEqual([
		'high certificate-expired Secret/web-tls data.tls.crt none',
	]);
	const expired = certificate('web-tls', {to: '2026-11-01'}) + ingress();
	expect(surePatches(tlsFaults, expired + certificate('a'))).toEqual([
		'[{"op":"test","path":"/spec/tls/0/secretName","value":"web-tls"},{"op":"replace","path":"/spec/tls/0/secretName","value":"a"}]',
	]);
	expect(surePatches(tlsFaults, expired + certificate('a') + certificate('b'))).toEqual([]);
});

test('of Secrets that nobody read nothing is missing', () => {
	expect(faultLines(tlsFaults, ingress(), {unread: [{kind: 'Secret', why: 'may not be listed'}]})).toEqual([]);
});

test.each([
	['shop.example.com', 'shop.example.com', true],
	['*.example.com', 'SHOP.example.com', true],
	['*.example.com', 'example.com', false],
	['*.example.com', 'a.b.example.com', false],
	['*.example.com', '*.example.com', true],
	['shop.example.com', '*.example.com', false],
])('%s covers %s: %s', (name, host, covers) => {
	expect(coversHost([name], host)).toBe(covers);
});
