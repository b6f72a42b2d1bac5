import {onTestFinished} from 'vitest';
import type {Clock} from '../../src/core/clock.ts';
import {systemClock} from '../../src/core/clock.ts';
import {MkcoaError, type Trouble} from '../../src/core/error.ts';
import {type ConnectOptions, connect} from '../../src/mcp/kubernetes/client/connect.ts';
import type {ClusterEntry, Kubeconfig, UserEntry} from '../../src/mcp/kubernetes/kubeconfig/kubeconfig.ts';
import {respond, type Script} from './scripted-server.ts';

/** A clock whose waits pass at once, and that remembers them. Deadlines pass as fast, so it suits calls that end by themselves. */
export function hastyClock(): Clock & {readonly waits: readonly number[]} {
	let now = Date.UTC(2026, 0, 1);
	const waits: number[] = [];
	return {
		waits,
		now: () => now,
		schedule(delayMs, run) {
			waits.push(delayMs);
			const timer = setImmediate(() => {
				now += delayMs;
				run();
			});
			return () => clearImmediate(timer);
		},
	};
}

/** A kubeconfig of one context. */
const kubeconfigFor = (server: string, user: Partial<UserEntry> = {}, cluster: Partial<ClusterEntry> = {}): Kubeconfig => ({
	currentContext: 'test',
	contexts: new Map([['test', {name: 'test', cluster: 'test', user: 'jane', source: '/config'}]]),
	clusters: new Map([['test', {name: 'test', server, skipTlsVerify: false, disableCompression: false, ...cluster}]]),
	users: new Map([['jane', {name: 'jane', impersonation: {groups: [], extra: {}}, ...user}]]),
	sources: ['/config'],
});

export type World = Partial<ConnectOptions> & {readonly user?: Partial<UserEntry>; readonly clusterEntry?: Partial<ClusterEntry>};

/** A client of one server, closed when the test ends. `random` is fixed, so that waits are known. */
export async function clientOf(server: string, {user, clusterEntry, ...options}: World = {}) {
	const learned: string[] = [];
	const warned: string[] = [];
	const client = await connect({
		kubeconfig: kubeconfigFor(server, user, clusterEntry),
		clock: systemClock({background: true}),
		environment: {},
		interactive: false,
		learn: secret => learned.push(secret),
		warn: text => warned.push(text),
		random: () => 1,
		...options,
	});
	onTestFinished(client.close);
	return {...client, learned, warned};
}

/** The trouble that a promise rejects with; fails when it does not, or with something else. */
export async function troubleFrom(promise: Promise<unknown>): Promise<Trouble> {
	const thrown: unknown = await promise.then(
		() => new Error('nothing was thrown'),
		(error: unknown) => error,
	);
	if (thrown instanceof MkcoaError) return thrown.trouble;
	throw thrown;
}

const resource = (group: string, kind: string, plural: string, more: object = {}) => ({
	resource: plural,
	responseKind: {group, version: 'v1', kind},
	scope: 'Namespaced',
	singularResource: kind.toLowerCase(),
	verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'],
	...more,
});

const coreGroup = {
	metadata: {},
	versions: [
		{
			version: 'v1',
			freshness: 'Current',
			resources: [
				resource('', 'Pod', 'pods', {
					shortNames: ['po'],
					categories: ['all'],
					subresources: [{subresource: 'log'}, {subresource: 'eviction'}],
				}),
				resource('', 'ConfigMap', 'configmaps', {shortNames: ['cm']}),
				resource('', 'Event', 'events', {shortNames: ['ev']}),
				resource('', 'Node', 'nodes', {scope: 'Cluster', shortNames: ['no']}),
				resource('', 'Namespace', 'namespaces', {scope: 'Cluster', shortNames: ['ns']}),
			],
		},
	],
};
const groups = [
	{
		metadata: {name: 'apps'},
		versions: [
			{
				version: 'v1',
				resources: [resource('apps', 'Deployment', 'deployments', {shortNames: ['deploy'], subresources: [{subresource: 'scale'}]})],
			},
		],
	},
	{
		metadata: {name: 'autoscaling'},
		versions: [
			{version: 'v2', resources: [resource('autoscaling', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers', {shortNames: ['hpa']})]},
			{version: 'v1', resources: [resource('autoscaling', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers', {shortNames: ['hpa']})]},
		],
	},
	{
		metadata: {name: 'events.k8s.io'},
		versions: [{version: 'v1', resources: [resource('events.k8s.io', 'Event', 'events', {shortNames: ['ev']})]}],
	},
	{
		metadata: {name: 'rbac.authorization.k8s.io'},
		versions: [{version: 'v1', resources: [resource('rbac.authorization.k8s.io', 'Role', 'roles')]}],
	},
	{metadata: {name: 'metrics.k8s.io'}, versions: [{version: 'v1beta1', freshness: 'Stale', resources: []}]},
];

/** Answers discovery like a current server, and leaves everything else to the script. */
export const withDiscovery =
	(script: Script): Script =>
	(seen, response) =>
		seen.path === '/api'
			? respond(response, {kind: 'APIGroupDiscoveryList', items: [coreGroup]})
			: seen.path === '/apis'
				? respond(response, {kind: 'APIGroupDiscoveryList', items: groups})
				: script(seen, response);
