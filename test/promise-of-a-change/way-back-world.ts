import {systemClock} from '../../src/core/clock.ts';
import {isJsonObject, type Json, type JsonObject} from '../../src/core/json.ts';
import type {KubeObject} from '../../src/core/kube/kube-object.ts';
import {connect} from '../../src/mcp/kubernetes/client/connect.ts';
import {mergeKubeconfigs} from '../../src/mcp/kubernetes/kubeconfig/load-kubeconfig.ts';
import {parseKubeconfig} from '../../src/mcp/kubernetes/kubeconfig/parse-kubeconfig.ts';
import type {ClusterClient} from '../../src/mcp/kubernetes/port.ts';
import {namespace} from '../../src/sandbox/scenarios/objects.ts';
import {startSandbox} from '../../src/sandbox/start.ts';
import {fakeCluster} from '../support/fake-cluster.ts';
import {fakeKinds} from '../support/fake-kinds.ts';
import {manualClock} from '../support/manual-clock.ts';
import {whenOver} from '../support/when-over.ts';

/** One step into an object: a key, or the item of a list that has these keys. */
type Step = string | {readonly [mergeKey: string]: string | number};
/** A field that changes on its own, and the values that it may have; undefined is no field. */
export type Field = {
	readonly path: readonly Step[];
	readonly values: readonly (Json | undefined)[];
	/** Only others change it. */
	readonly theirs?: true;
};
export type Kind = {readonly base: (name: string) => KubeObject; readonly fields: readonly Field[]};

const isItem = (step: Exclude<Step, string>, item: Json) =>
	isJsonObject(item) && Object.entries(step).every(([key, value]) => item[key] === value);

export function fieldOf(object: Json | undefined, path: readonly Step[]): Json | undefined {
	const [step, ...rest] = path;
	if (step === undefined || object === undefined) return object;
	if (typeof step !== 'string') return fieldOf(Array.isArray(object) ? object.find(item => isItem(step, item)) : undefined, rest);
	return fieldOf(isJsonObject(object) && Object.hasOwn(object, step) ? object[step] : undefined, rest);
}

/** The same with one field set, or taken away with whatever is empty then. */
export function withValue(object: Json | undefined, path: readonly Step[], value: Json | undefined): Json | undefined {
	const [step, ...rest] = path;
	if (step === undefined) return value;
	if (typeof step !== 'string') {
		const list = Array.isArray(object) ? object : [];
		const at = list.findIndex(item => isItem(step, item));
		// A part of an item that is not there would be no item.
		if (at === -1 && rest.length > 0) return object;
		const item = withValue(list[at], rest, value);
		if (item === undefined) return list.filter((_, index) => index !== at);
		return at === -1 ? [...list, item] : list.with(at, item);
	}
	const entries = new Map(Object.entries(isJsonObject(object) ? object : {}));
	const inner = withValue(entries.get(step), rest, value);
	if (inner === undefined) entries.delete(step);
	else entries.set(step, inner);
	return entries.size === 0 && object !== undefined && path.length > 1 ? undefined : Object.fromEntries(entries);
}

// Bases hold what a server would fill in, as far as it is changed.
const texts = [undefined, 'one', 'two', 'three'];
const label = (name: string): Field => ({path: ['metadata', 'labels', name], values: texts});
const common = [label('x'), label('y'), {path: ['metadata', 'annotations', 'example.org/note'], values: texts}];
const object = (apiVersion: string, kind: string, more: JsonObject) => (name: string) =>
	({apiVersion, kind, metadata: {name, namespace: 'shop', labels: {x: 'one', kept: 'yes'}}, ...more}) satisfies KubeObject;

const container = ['spec', 'template', 'spec', 'containers', {name: 'web'}];
const deployment: Kind = {
	base: object('apps/v1', 'Deployment', {
		spec: {
			replicas: 1,
			selector: {matchLabels: {app: 'web'}},
			template: {
				metadata: {labels: {app: 'web', tier: 'one'}},
				spec: {
					containers: [
						{name: 'web', image: 'web:1', args: ['a', 'b'], env: [{name: 'MODE', value: 'one'}], resources: {limits: {memory: '64Mi'}}},
						{name: 'side', image: 'side:1'},
					],
				},
			},
		},
	}),
	fields: [
		...common,
		{path: ['spec', 'replicas'], values: [0, 1, 2, 3]},
		{path: ['spec', 'minReadySeconds'], values: [undefined, 5, 10]},
		{path: ['spec', 'template', 'metadata', 'labels', 'tier'], values: texts},
		{path: [...container, 'image'], values: ['web:1', 'web:2', 'web:3']},
		{path: [...container, 'args'], values: [undefined, ['a', 'b'], ['b', 'a'], ['c']]},
		{path: [...container, 'env', {name: 'MODE'}, 'value'], values: ['one', 'two', 'three']},
		{path: [...container, 'resources', 'limits', 'memory'], values: ['64Mi', '128Mi', '1Gi']},
		{path: ['spec', 'template', 'spec', 'containers', {name: 'side'}, 'image'], values: ['side:1', 'side:2']},
	],
};
const cronJob: Kind = {
	base: object('batch/v1', 'CronJob', {
		spec: {
			schedule: '0 * * * *',
			suspend: false,
			concurrencyPolicy: 'Allow',
			jobTemplate: {
				spec: {backoffLimit: 2, template: {spec: {restartPolicy: 'Never', containers: [{name: 'web', image: 'web:1'}]}}},
			},
		},
	}),
	fields: [
		...common,
		{path: ['spec', 'schedule'], values: ['0 * * * *', '5 * * * *', '*/5 * * * *']},
		{path: ['spec', 'suspend'], values: [true, false]},
		{path: ['spec', 'concurrencyPolicy'], values: ['Allow', 'Forbid', 'Replace']},
		{path: ['spec', 'jobTemplate', 'spec', 'backoffLimit'], values: [1, 2, 3]},
		{path: ['spec', 'startingDeadlineSeconds'], values: [undefined, 60, 120]},
	],
};
const service: Kind = {
	base: object('v1', 'Service', {
		spec: {sessionAffinity: 'None', selector: {app: 'web'}, ports: [{name: 'http', port: 80, protocol: 'TCP', targetPort: 8080}]},
	}),
	fields: [
		...common,
		{path: ['spec', 'selector', 'app'], values: ['web', 'api', 'shop']},
		{path: ['spec', 'selector', 'tier'], values: texts},
		{path: ['spec', 'ports', {port: 80, protocol: 'TCP'}, 'targetPort'], values: [8080, 8081, 'http']},
		{path: ['spec', 'sessionAffinity'], values: ['None', 'ClientIP']},
	],
};
const configMap: Kind = {
	base: object('v1', 'ConfigMap', {data: {a: 'one', b: 'one'}}),
	fields: [...common, ...['a', 'b', 'c', 'constructor', '__proto__'].map(key => ({path: ['data', key], values: texts}))],
};
const base64 = (bytes: readonly number[]) => Buffer.from(bytes).toString('base64');
const secret: Kind = {
	base: object('v1', 'Secret', {data: {a: base64([0, 255, 254]), b: base64([97, 98, 99, 100, 101, 102, 103])}}),
	fields: [
		...common,
		...['a', 'b', 'c'].map(key => ({
			path: ['data', key],
			values: [undefined, base64([0, 255, 254]), base64([97, 98, 99, 100, 101, 102, 103]), base64([195, 40, 128])],
		})),
	],
};
const gadget: Kind = {
	base: object('example.org/v1', 'Gadget', {
		spec: {size: 1, nested: {a: 'one'}, tags: ['a'], parts: [{name: 'web', weight: 1}], serial: 12_345_678_901},
		status: {seen: 1},
	}),
	fields: [
		...common,
		{path: ['spec', 'size'], values: [undefined, 1, 2, 0.5]},
		{path: ['spec', 'nested', 'a'], values: ['one', 'two', 'three']},
		{path: ['spec', 'nested', 'b'], values: texts},
		{path: ['spec', 'tags'], values: [undefined, ['a'], ['a', 'b'], ['b', 'a']]},
		{path: ['spec', 'parts', {name: 'web'}, 'weight'], values: [1, 2, 3]},
		// Not a subresource of this kind: a field as any other.
		{path: ['status', 'seen'], values: [1, 2], theirs: true},
	],
};

export const kinds: readonly Kind[] = [deployment, cronJob, service, configMap, secret, gadget];

const text = {type: 'string'};
const whole = {type: 'integer', format: 'int64'};
const spec = {
	size: {type: 'number'},
	nested: {type: 'object', properties: {a: text, b: text}},
	tags: {type: 'array', items: text},
	parts: {type: 'array', items: {type: 'object', properties: {name: text, weight: whole}}},
	serial: whole,
};
const openAPIV3Schema = {
	type: 'object',
	properties: {spec: {type: 'object', properties: spec}, status: {type: 'object', properties: {seen: whole}}},
};
const definition: KubeObject = {
	apiVersion: 'apiextensions.k8s.io/v1',
	kind: 'CustomResourceDefinition',
	metadata: {name: 'gadgets.example.org'},
	spec: {
		group: 'example.org',
		scope: 'Namespaced',
		names: {kind: 'Gadget', plural: 'gadgets', singular: 'gadget'},
		versions: [{name: 'v1', served: true, storage: true, schema: {openAPIV3Schema}}],
	},
};

/** A cluster in which nobody but the test changes anything. `put` makes an object, or changes it in somebody's name. */
export type StillCluster = {
	readonly client: Pick<ClusterClient, 'cluster' | 'effector'>;
	readonly get: (kind: string, name: string) => KubeObject;
	readonly put: (object: KubeObject, by: string) => void;
	readonly remove: (kind: string, name: string) => void;
};

const expectedObject = (object: KubeObject | undefined): KubeObject => {
	if (object === undefined) throw new Error('the object is gone');
	return object;
};

/** The cluster in memory: quick, and simple enough to be believed. */
export function stillFake(): StillCluster {
	const gadgets = {kind: 'Gadget', apiVersion: 'example.org/v1', plural: 'gadgets', singular: 'gadget'};
	const kindOf = {shortNames: [], categories: [], namespaced: true, verbs: ['get', 'list', 'patch'], subresources: []};
	const fake = fakeCluster({kinds: [...fakeKinds, {...gadgets, ...kindOf}]});
	return {
		client: fake,
		get: (kind, name) => expectedObject(fake.object(kind, name, 'shop')),
		put: object => fake.put(object),
		remove: fake.remove,
	};
}

/** The embedded cluster over HTTP, with its time stopped: its controllers never come to their turn. */
export async function stillSandbox(): Promise<StillCluster> {
	const scenario = {summary: '', history: [{agoMs: 0, objects: [namespace('shop'), definition]}]};
	const sandbox = await startSandbox({scenario, clock: manualClock(Date.UTC(2026, 0, 1)), seed: 'still'});
	const kubeconfig = mergeKubeconfigs([{path: 'sandbox', parsed: parseKubeconfig(sandbox.kubeconfig, 'sandbox')}]);
	const quiet = {environment: {}, interactive: false, learn() {}, warn() {}};
	const client = await connect({kubeconfig, namespace: 'shop', clock: systemClock({background: true}), ...quiet});
	whenOver(async () => {
		await client.close();
		await sandbox.stop();
	});
	const {machine} = sandbox;
	return {
		client,
		get: (kind, name) => expectedObject(machine.get(kind, 'shop', name)),
		put: (object, by) => void (object.metadata.uid === undefined ? machine.create(object, by) : machine.update(object, by)),
		remove: (kind, name) => machine.remove(kind, 'shop', name),
	};
}
