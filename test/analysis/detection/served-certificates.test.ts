import {expect, test} from 'vitest';
import {tlsFaults} from '../../../src/analysis/detection/analyzers/tls/tls-faults.ts';
import {faultLines, surePatches} from './faults-in.ts';

const certificate = (name: string, names: string, changed?: number) => `
kind: Secret
apiVersion: v1
${changed === undefined ? '' : `changed: ${changed}`}
metadata: {name: ${name}}
type: kubernetes.io/tls
data: {tls.crt: '', tls.key: ''}
facts: {keyFits: true, certificates: [{subject: CN=x, issuer: CN=ca, notBefore: '2026-01-01T00:00:00Z', notAfter: '2027-12-31T00:00:00Z', names: [${names}], isAuthority: false}]}
---`;
const template = (name: string, volume: string, port: string) =>
	`{metadata: {labels: {app: ${name}}}, spec: {containers: [{name: ${name}, image: 'r.example/x:1', ports: [${port}]}], volumes: [{name: certs, ${volume}}]}}`;
const mounts = (secret: string) => `secret: {secretName: ${secret}}`;
const tls = '{name: https, containerPort: 8443}';
const server = (name: string, volume: string, {port = tls, before, changed}: {port?: string; before?: string; changed?: number} = {}) => `
kind: Deployment
apiVersion: apps/v1
${changed === undefined ? '' : `changed: ${changed}`}
metadata: {name: ${name}}
spec: {replicas: 1, selector: {matchLabels: {app: ${name}}}, template: ${template(name, volume, port)}}
---
kind: Service
apiVersion: v1
metadata: {name: ${name}}
spec: {clusterIP: 10.0.0.1, selector: {app: ${name}}, ports: [{name: api, port: 81, targetPort: 8443}]}
---${[before, volume]
	.map((each, index) =>
		each === undefined || before === undefined
			? ''
			: `
kind: ReplicaSet
apiVersion: apps/v1
metadata: {name: ${name}-${index}, annotations: {deployment.kubernetes.io/revision: '${index + 1}'}, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: ${name}, uid: u, controller: true}]}
spec: {template: ${template(name, each, port)}}
---`,
	)
	.join('')}`;

const [vault, desk] = [
	certificate('vault-cert', 'vault.shop.svc, vault.shop.svc.cluster.local'),
	certificate('desk-cert', 'desk, localhost'),
];
const others = desk + server('desk', mounts('desk-cert'));
const place = 'Deployment/vault spec.template.spec.volumes[certs]';

test.each([
	['its own', vault + others + server('vault', mounts('vault-cert')), []],
	[
		'that of another Service',
		vault + others + server('vault', mounts('desk-cert')),
		[`high certificate-not-for-host ${place}.secret.secretName remedy`],
	],
	[
		'that of another Service, since its last change',
		vault + others + server('vault', mounts('desk-cert'), {port: '{containerPort: 80}', before: mounts('vault-cert')}),
		[`high certificate-not-for-host ${place}.secret.secretName remedy`],
	],
	[
		'that of another Service in a volume of several sources',
		vault + others + server('vault', 'projected: {sources: [{secret: {name: desk-cert}}]}'),
		[`high certificate-not-for-host ${place}.projected.sources[0].secret.name remedy`],
	],
	[
		'those of each other, both',
		vault + desk + server('vault', mounts('desk-cert')) + server('desk', mounts('vault-cert')),
		[
			`high certificate-not-for-host ${place}.secret.secretName remedy`,
			'high certificate-not-for-host Deployment/desk spec.template.spec.volumes[certs].secret.secretName remedy',
		],
	],
	[
		'a Secret of its name, in which somebody put that of another',
		certificate('vault-cert', 'desk.shop.svc', 3) + others + server('vault', mounts('vault-cert')),
		['high certificate-not-for-host Secret/vault-cert data.tls.crt none'],
	],
	[
		'that of another Service, and nothing shows that it serves TLS',
		vault + others + server('vault', mounts('desk-cert'), {port: '{containerPort: 80}'}),
		[],
	],
	[
		'that of another Service, without the key, to trust it',
		vault + others + server('vault', `secret: {secretName: desk-cert, items: [{key: ca.crt, path: ca.crt}]}`),
		[],
	],
	[
		'that of another Service beside its own',
		vault + others + server('vault', 'projected: {sources: [{secret: {name: desk-cert}}, {secret: {name: vault-cert}}]}'),
		[],
	],
	['that of another Service, and none is its own', others + server('vault', mounts('desk-cert')), []],
	['that of a client', vault + certificate('user', 'CN-of-a-user') + server('vault', mounts('user')), []],
	['that of a host of the world', vault + certificate('public', 'vault.example.com') + server('vault', mounts('public')), []],
	[
		'one for both',
		vault + certificate('shared', 'desk.shop.svc, vault.shop.svc') + server('desk', mounts('shared')) + server('vault', mounts('shared')),
		[],
	],
	['one for all Services of the namespace', vault + others + certificate('all', "'*.shop.svc'") + server('vault', mounts('all')), []],
	['one for its pods', others + vault + certificate('pods', "'*.vault.shop.svc'") + server('vault', mounts('pods')), []],
])('a server that mounts %s', (_, yaml, found) => {
	expect(faultLines(tlsFaults, yaml)).toEqual(found);
});

test('gets for sure only the Secret back that it mounted before', () => {
	const at = '/spec/template/spec/volumes/0/secret/secretName';
	expect(surePatches(tlsFaults, vault + others + server('vault', mounts('desk-cert'), {before: mounts('vault-cert')}))).toEqual([
		JSON.stringify([
			{op: 'test', path: at, value: 'desk-cert'},
			{op: 'replace', path: at, value: 'vault-cert'},
		]),
	]);
	expect(surePatches(tlsFaults, vault + others + server('vault', mounts('desk-cert')))).toEqual([]);
});
