import {generateKeyPairSync, randomUUID} from 'node:crypto';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {stringify} from 'yaml';
import {selfSigned} from './certificate.ts';

/** People, and the components that act under the names which Kubernetes gives its roles to. */
const users = {
	admin: ['system:masters'],
	reader: ['readers'],
	'shop-dev': ['shop-developers'],
	nobody: [],
	'system:kube-controller-manager': [],
	'system:kube-scheduler': [],
	kwok: ['system:masters'],
	kubelet: ['system:masters'],
	'add-on': ['system:masters'],
} as const satisfies Record<string, readonly string[]>;
export type User = keyof typeof users;
export const people = ['admin', 'reader', 'shop-dev', 'nobody'] as const satisfies readonly User[];

/** Who did what, without bodies: a line when a request comes, before anything is done about it, and one at its end. The components talk all the time and are left out, so that every line is a person's request. */
const peoplesRequests = {
	apiVersion: 'audit.k8s.io/v1',
	kind: 'Policy',
	rules: [
		{level: 'None', users: ['kwok', 'kubelet', 'add-on', 'system:kube-controller-manager', 'system:kube-scheduler', 'system:apiserver']},
		{level: 'None', userGroups: ['system:serviceaccounts', 'system:nodes']},
		{level: 'None', nonResourceURLs: ['/readyz*', '/livez*', '/healthz*']},
		{level: 'Metadata'},
	],
};

export type Identities = Readonly<Record<User, string>>;

/** Writes the key of service accounts, tokens.csv and audit-policy.yaml into the folder. @returns each user's token, new each time */
export function writeIdentities(folder: string, auditPolicy: object = peoplesRequests): Identities {
	const {publicKey, privateKey} = generateKeyPairSync('rsa', {
		modulusLength: 2048,
		publicKeyEncoding: {type: 'spki', format: 'pem'},
		privateKeyEncoding: {type: 'pkcs8', format: 'pem'},
	});
	writeFileSync(join(folder, 'sa.key'), privateKey, {mode: 0o600});
	writeFileSync(join(folder, 'sa.pub'), publicKey);
	writeFileSync(join(folder, 'audit-policy.yaml'), stringify(auditPolicy));
	const rows = Object.entries(users).map(([user, groups]) => ({user, groups, token: randomUUID()}));
	const csv = rows
		.map(({user, groups, token}) => `${token},${user},${user}${groups.length > 0 ? `,"${groups.join(',')}"` : ''}\n`)
		.join('');
	writeFileSync(join(folder, 'tokens.csv'), csv, {mode: 0o600});
	// The keys are exactly those of `users`, which Object.fromEntries cannot say.
	return Object.fromEntries(rows.map(({user, token}) => [user, token])) as Identities;
}

/** Who the API server is to the servers behind it (metrics-server, …), which take a user's name from nobody else. @returns paths */
export function writeFrontProxy(folder: string): {readonly cert: string; readonly key: string} {
	const {cert, key} = selfSigned('front-proxy');
	const paths = {cert: join(folder, 'front-proxy.crt'), key: join(folder, 'front-proxy.key')};
	writeFileSync(paths.cert, cert);
	writeFileSync(paths.key, key, {mode: 0o600});
	return paths;
}

type Access = {readonly url: string; readonly ca: string; readonly tokens: Identities};

/** A kubeconfig with one context per user, named after the user; the first one is current. */
export function kubeconfigText({url, ca, tokens}: Access, names: readonly User[] = people): string {
	return stringify({
		apiVersion: 'v1',
		kind: 'Config',
		'current-context': names[0],
		clusters: [{name: 'real', cluster: {server: url, 'certificate-authority-data': Buffer.from(ca).toString('base64')}}],
		users: names.map(name => ({name, user: {token: tokens[name]}})),
		contexts: names.map(name => ({name, context: {cluster: 'real', user: name, namespace: name === 'shop-dev' ? 'shop' : 'default'}})),
	});
}
