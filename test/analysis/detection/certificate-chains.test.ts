import {describe, expect, test} from 'vitest';
import {tlsFaults} from '../../../src/analysis/detection/analyzers/tls/tls-faults.ts';
import {certificatesIn} from '../../../src/core/kube/certificate.ts';
import {makeCertificate} from '../../support/certificates.ts';
import {surveyIn} from './cluster-in-yaml.ts';
import {faultLines} from './faults-in.ts';

const root = makeCertificate('Root');
const between = makeCertificate('Issuing', {issuer: root.issuer});
const below = makeCertificate('Issuing below', {issuer: between.issuer});
const leaf = makeCertificate('web', {issuer: between.issuer});
const deep = makeCertificate('web', {issuer: below.issuer});
const ofRoot = makeCertificate('web', {issuer: root.issuer});
const other = makeCertificate('Other');
const crossed = makeCertificate('Root', {issuer: other.issuer, privateKey: root.issuer.key});
const back = makeCertificate('Other', {issuer: root.issuer, privateKey: other.issuer.key});

type Pem = {readonly cert: string};
type Parts = {readonly authorities?: readonly Pem[]; readonly changed?: number; readonly more?: string};
const names = ['shop.example.com', 'web.shop.svc'];
const secret = (name: string, chain: readonly Pem[], {authorities = [], changed, more = ''}: Parts = {}) => `
kind: Secret
apiVersion: v1
${changed === undefined ? '' : `changed: ${changed}`}
metadata: {name: ${name}${more}}
type: kubernetes.io/tls
data: {tls.crt: '', tls.key: ''}
facts: ${JSON.stringify({
	keyFits: true,
	certificates: chain
		.slice(0, 1)
		.flatMap(({cert}) =>
			certificatesIn(cert).map(each => ({...each, names, notBefore: '2026-01-01T00:00:00Z', notAfter: '2030-01-01T00:00:00Z'})),
		),
	chain: chain.map(({cert}) => cert),
	authorities: authorities.map(({cert}) => cert),
})}
---`;
const ingress = `
kind: Ingress
apiVersion: networking.k8s.io/v1
metadata: {name: web}
spec: {tls: [{hosts: [shop.example.com], secretName: web-tls}], rules: [{host: shop.example.com}]}
---`;
const fault = 'high certificate-chain-incomplete Secret/web-tls data.tls.crt remedy';

const wayOut = (yaml: string) => tlsFaults(surveyIn(yaml + ingress)).flatMap(({remedies}) => remedies);

describe('a chain', () => {
	test.each([
		['that is whole', secret('web-tls', [leaf, between]) + secret('other', [leaf, between]), []],
		['without what signed its own, as another Secret has it', secret('web-tls', [leaf]) + secret('other', [leaf, between]), [fault]],
		['without what signed its own, as its ca.crt has it', secret('web-tls', [leaf], {authorities: [between]}), [fault]],
		['that ends too early', secret('web-tls', [deep, below]) + secret('other', [leaf, between]), [fault]],
		['with another authority than the one that signed', secret('web-tls', [leaf, below]) + secret('other', [leaf, between]), [fault]],
		['of a root alone', secret('web-tls', [ofRoot], {authorities: [root]}), []],
		['that signed itself', secret('web-tls', [root]), []],
		['of whose signer nothing is known', secret('web-tls', [leaf]), []],
		['of authorities that sign each other', secret('web-tls', [ofRoot]) + secret('other', [leaf, crossed, back]), [fault]],
		['of a root that another one signed, too', secret('web-tls', [ofRoot]) + secret('other', [leaf, crossed, root]), []],
	])('%s', (_, yaml, found) => {
		expect(faultLines(tlsFaults, yaml + ingress)).toEqual(found);
	});

	test('that nobody shows hurts nobody', () => {
		expect(faultLines(tlsFaults, secret('web-tls', [leaf]) + secret('other', [leaf, between]))).toEqual([]);
	});

	test('is put together of what is there', () => {
		const [remedy] = wayOut(secret('web-tls', [deep, other]) + secret('other', [deep, below, between]));
		const {data} = JSON.parse(String(remedy?.input.patch));
		expect(certificatesIn(Buffer.from(data['tls.crt'], 'base64').toString()).map(({subject}) => subject)).toEqual([
			'CN=web',
			'CN=Issuing below',
			'CN=Issuing',
			'CN=Other',
		]);
	});

	test('is put together by a person: what the Secret holds by then nobody has read', () => {
		expect(wayOut(secret('web-tls', [leaf]) + secret('other', [leaf, between])).map(({sure}) => sure)).toEqual([false]);
	});

	test.each([
		['cert-manager', ', annotations: {cert-manager.io/certificate-name: web}'],
		['an owner', ', ownerReferences: [{apiVersion: x.io/v1, kind: SealedSecret, name: web-tls, uid: u}]'],
	])('is left to %s that writes it again', (_, more) => {
		expect(wayOut(secret('web-tls', [leaf], {more}) + secret('other', [leaf, between]))).toEqual([]);
	});
});

const server = `
kind: Deployment
apiVersion: apps/v1
metadata: {name: web}
spec: {replicas: 1, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: 'r.example/web:1', ports: [{name: https, containerPort: 8443}]}], volumes: [{name: tls, secret: {secretName: web-tls}}]}}}
---
kind: Service
apiVersion: v1
metadata: {name: web}
spec: {clusterIP: 10.0.0.1, selector: {app: web}, ports: [{name: https, port: 8443, targetPort: https}]}
---`;
const bundle = (certificates: readonly Pem[], changed?: number) => `
kind: ConfigMap
apiVersion: v1
${changed === undefined ? '' : `changed: ${changed}`}
metadata: {name: trust}
data: ${JSON.stringify({'ca.pem': certificates.map(({cert}) => cert).join('')})}
---`;
const client = ({
	file = '{name: SSL_CERT_FILE, value: /etc/trust/ca.pem}',
	url = 'https://web.shop.svc:8443',
	volume = 'configMap: {name: trust}',
} = {}) => `
kind: Deployment
apiVersion: apps/v1
metadata: {name: caller}
spec: {replicas: 1, selector: {matchLabels: {app: caller}}, template: {metadata: {labels: {app: caller}}, spec: {containers: [{name: caller, image: 'r.example/c:1', env: [${file}, {name: WEB_URL, value: '${url}'}], volumeMounts: [{name: trust, mountPath: /etc/trust}]}], volumes: [{name: trust, ${volume}}]}}}
---`;
const held = secret('web-tls', [ofRoot], {authorities: [root], changed: 30});
const distrust = (holder: string, path: string) => [`high trust-without-signer ${holder} ${path} remedy`];

describe('a bundle of authorities', () => {
	test.each([
		['that holds the signer', bundle([other, root]) + client(), []],
		['without the signer', bundle([other], 5) + client(), distrust('ConfigMap/trust', 'data[ca.pem]')],
		[
			'without the signer, behind a flag',
			bundle([other], 5) + client({file: '{name: CA_FILE, value: /etc/trust/ca.pem}'}),
			distrust('ConfigMap/trust', 'data[ca.pem]'),
		],
		[
			'without the signer, in a projected volume',
			bundle([other], 5) + client({volume: 'projected: {sources: [{configMap: {name: trust, items: [{key: ca.pem, path: ca.pem}]}}]}'}),
			distrust('ConfigMap/trust', 'data[ca.pem]'),
		],
		['without the signer, whose certificate came later', bundle([other], 50) + client(), distrust('Secret/web-tls', 'data.tls.crt')],
		['that holds the certificate itself', bundle([ofRoot]) + client(), []],
		['for another host', bundle([other]) + client({url: 'https://partner.example.net'}), []],
		['for what is asked without TLS', bundle([other]) + client({url: 'http://web.shop.svc:8443'}), []],
		['for another purpose', bundle([other], 5) + client({file: '{name: KAFKA_CA_FILE, value: /etc/trust/ca.pem}'}), []],
		[
			'for the purpose',
			bundle([other], 5) + client({file: '{name: WEB_CA_FILE, value: /etc/trust/ca.pem}'}),
			distrust('ConfigMap/trust', 'data[ca.pem]'),
		],
		[
			'beside one that holds the signer',
			bundle([other], 5).replace('\ndata: {', `\ndata: {more.pem: ${JSON.stringify(root.cert)}, `) +
				client({file: '{name: SSL_CERT_FILE, value: /etc/trust/ca.pem}, {name: CA_FILE, value: /etc/trust/more.pem}'}),
			[],
		],
		[
			'of another container',
			bundle([other], 5) +
				client()
					.replace(
						'{containers: [',
						"{containers: [{name: main, image: 'r.example/c:1', env: [{name: URL, value: 'https://web.shop.svc:8443'}]}, ",
					)
					.replace(/, \{name: WEB_URL.*?\}/, ''),
			[],
		],
		['for something else', bundle([other]) + client({file: '{name: SIGNATURES, value: /etc/trust/ca.pem}'}), []],
	])('%s', (_, yaml, found) => {
		expect(faultLines(tlsFaults, server + held + yaml)).toEqual(found);
	});

	test('gets the signer beside the others, where it lost it', () => {
		const [cause] = tlsFaults(surveyIn(server + held + bundle([other], 5) + client()));
		const [remedy] = cause?.remedies ?? [];
		expect(remedy?.writes?.[0]).toMatchObject({
			ref: {kind: 'ConfigMap', name: 'trust'},
			patch: [
				{op: 'test', path: '/data/ca.pem', value: other.cert},
				{op: 'replace', path: '/data/ca.pem', value: `${other.cert}${root.cert}`},
			],
		});
		expect(remedy?.writes?.[1]).toMatchObject({ref: {kind: 'Deployment', name: 'caller'}});
	});

	test.each([5, 50])('is a matter for a person, %i minutes after its change', changed => {
		const [cause] = tlsFaults(surveyIn(server + held + bundle([other], changed) + client()));
		expect(cause?.remedies.map(({sure}) => sure)).toEqual([false]);
	});

	test('is left to an owner that writes it again', () => {
		const owned = bundle([other], 5).replace(
			'{name: trust}',
			'{name: trust, ownerReferences: [{apiVersion: x.io/v1, kind: Bundle, name: trust, uid: u}]}',
		);
		const [cause] = tlsFaults(surveyIn(server + held + owned + client()));
		expect([cause?.id, cause?.remedies]).toEqual(['trust-without-signer', []]);
	});
});
