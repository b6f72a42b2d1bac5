import {expect, test} from 'vitest';
import {MkcoaError} from '../../../../src/core/error.ts';
import {nearestNames} from '../../../../src/core/text/nearest-names.ts';
import {chooseContext} from '../../../../src/mcp/kubernetes/kubeconfig/choose-context.ts';
import type {ClusterEntry, ContextEntry, Kubeconfig, UserEntry} from '../../../../src/mcp/kubernetes/kubeconfig/kubeconfig.ts';
import {listContexts} from '../../../../src/mcp/kubernetes/kubeconfig/list-contexts.ts';

const cluster = (name: string, more: Partial<ClusterEntry> = {}): ClusterEntry => ({
	name,
	server: `https://${name}.example`,
	skipTlsVerify: false,
	disableCompression: false,
	...more,
});
const user = (name: string, more: Partial<UserEntry> = {}): UserEntry => ({name, impersonation: {groups: [], extra: {}}, ...more});
const context = (name: string, more: Partial<ContextEntry> = {}): ContextEntry => ({
	name,
	cluster: 'c',
	user: 'u',
	source: '/config',
	...more,
});
const byName = <Entry extends {readonly name: string}>(entries: readonly Entry[]) => new Map(entries.map(entry => [entry.name, entry]));

const kubeconfig = (more: Partial<Kubeconfig> = {}): Kubeconfig => ({
	currentContext: 'production',
	contexts: byName([
		context('production'),
		context('staging'),
		context('no-cluster', {cluster: 'x'}),
		context('no-user', {user: 'x'}),
		context('nobody', {user: ''}),
	]),
	clusters: byName([cluster('c')]),
	users: byName([user('u', {token: 'planted-secret'})]),
	sources: ['/config'],
	...more,
});

test.each([
	[undefined, 'production', 'u'],
	['staging', 'staging', 'u'],
	['nobody', 'nobody', 'anonymous'],
])('asked for %s, chooses context %s with user %s', (wanted, name, userName) => {
	const chosen = chooseContext(kubeconfig(), wanted);
	expect([chosen.context.name, chosen.user.name]).toEqual([name, userName]);
});

test.each([
	['prodution', {code: 'unknown-context', what: 'There is no context "prodution"', why: 'names near it: production'}],
	['moon', {code: 'unknown-context', why: 'it is in none of /config', next: expect.stringContaining('mkcoa k8s contexts')}],
	['no-cluster', {code: 'unknown-cluster', why: 'no cluster is called "x"', next: 'Correct the context in /config'}],
	['no-user', {code: 'unknown-user', why: 'no user is called "x"'}],
])('refuses context %s and says why', (wanted, expected) => {
	expect(() => chooseContext(kubeconfig(), wanted)).toThrow(MkcoaError);
	try {
		chooseContext(kubeconfig(), wanted);
	} catch (error) {
		expect(error).toHaveProperty('trouble', expect.objectContaining(expected));
	}
});

test('says that no context is chosen when the kubeconfig names none', () => {
	expect(() => chooseContext(kubeconfig({currentContext: undefined}), undefined)).toThrow(/No context is chosen/);
});

test.each([
	[
		{exec: {apiVersion: 'v', command: '/opt/bin/gke-gcloud-auth-plugin', args: [], env: [], provideClusterInfo: false}},
		'exec gke-gcloud-auth-plugin',
	],
	[{authProvider: 'oidc'}, 'auth provider oidc'],
	[{tokenFile: '/t', token: 'x'}, 'token file'],
	[{token: 'planted-secret'}, 'token'],
	[{username: 'jane', password: 'planted-secret'}, 'user name and password'],
	[{clientCertificate: {data: 'planted-secret'}}, 'client certificate'],
	[{}, 'none'],
])('lists a context whose user is %o as signing in by %s, without the credential', (how, signIn) => {
	const [first] = listContexts(
		kubeconfig({
			users: byName([user('u', how)]),
			clusters: byName([cluster('c', {server: 'https://jane:planted-secret@c.example:6443/'})]),
		}),
	);
	expect(first).toEqual({
		name: 'production',
		current: true,
		cluster: 'c',
		server: 'https://c.example:6443',
		user: 'u',
		namespace: 'default',
		signIn,
		source: '/config',
	});
});

test.each([
	['podz', ['pods'], ['pods']],
	['deploymnet', ['deployments', 'deployment', 'daemonset'], ['deployment', 'deployments']],
	['prod', ['eu-prod-1', 'staging'], ['eu-prod-1']],
	['x', ['aaaa', 'bbbb'], []],
	['sevrice', ['Service', 'secret'], ['Service']],
])('near %s among %j are %j', (word, names, near) => {
	expect(nearestNames(word, names)).toEqual(near);
});
