import {liveWorld} from '../../src/agents/router/live-world.ts';
import type {World} from '../../src/agents/router/world.ts';
import type {KubeObject} from '../../src/core/kube/kube-object.ts';
import {fakeCluster} from './fake-cluster.ts';

/** An object in one line: `thing('Deployment', 'shop/web', {spec: {replicas: 2}})`. A name without a slash has no namespace. */
export function thing(
	kind: string,
	name: string,
	rest: {readonly labels?: {readonly [key: string]: string}; readonly [field: string]: unknown} = {},
): KubeObject {
	const slash = name.indexOf('/');
	const {labels, ...fields} = rest;
	return {
		apiVersion: apiVersions[kind] ?? 'v1',
		kind,
		metadata: {
			name: name.slice(slash + 1),
			...(slash === -1 ? {} : {namespace: name.slice(0, slash)}),
			...(labels === undefined ? {} : {labels}),
		},
		...fields,
	} as KubeObject; // fields of a test are JSON
}

const apiVersions: {readonly [kind: string]: string} = {
	Deployment: 'apps/v1',
	StatefulSet: 'apps/v1',
	DaemonSet: 'apps/v1',
	CronJob: 'batch/v1',
	Job: 'batch/v1',
	Ingress: 'networking.k8s.io/v1',
	NetworkPolicy: 'networking.k8s.io/v1',
	HorizontalPodAutoscaler: 'autoscaling/v2',
	PodDisruptionBudget: 'policy/v1',
	Role: 'rbac.authorization.k8s.io/v1',
	RoleBinding: 'rbac.authorization.k8s.io/v1',
};

/** A world of these objects for an intent: their namespaces exist as well. */
export function routerWorld(objects: readonly KubeObject[], {namespace = 'default', files = {}, variables = []}: Surroundings = {}): World {
	const named = new Set(objects.filter(({kind}) => kind === 'Namespace').map(({metadata}) => metadata.name));
	const implied = [...new Set(objects.flatMap(({metadata}) => metadata.namespace ?? []))]
		.filter(name => !named.has(name))
		.map(name => thing('Namespace', name));
	const all = [...objects, ...implied];
	const base = liveWorld(
		{...fakeCluster({objects: all}).cluster, namespace},
		{file: async path => files[path], hasVariable: name => variables.includes(name)},
		new AbortController().signal,
	);
	return {
		...base,
		namespaces: async () => all.filter(({kind}) => kind === 'Namespace').map(({metadata}) => metadata.name),
		objects: async (kind, inside) =>
			all.filter(object => object.kind === kind && (inside === undefined || object.metadata.namespace === inside)),
	};
}

type Surroundings = {
	readonly namespace?: string;
	readonly files?: {readonly [path: string]: string};
	readonly variables?: readonly string[];
};
