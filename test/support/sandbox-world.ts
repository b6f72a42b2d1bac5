import {onTestFinished} from 'vitest';
import type {KubeObject} from '../../src/core/kube/kube-object.ts';
import type {Kinds} from '../../src/sandbox/life/shapes.ts';
import {type NodeWords, node} from '../../src/sandbox/scenarios/nodes.ts';
import {namespace} from '../../src/sandbox/scenarios/objects.ts';
import {startSandbox} from '../../src/sandbox/start.ts';
import {manualClock} from './manual-clock.ts';

const start = Date.UTC(2026, 0, 1, 12);

/** A living cluster of a few nodes and one namespace `app`, on a clock that the test moves. Bugs of controllers fail the test. */
export async function sandboxWorld({
	nodes = [{}, {}, {}],
	objects = [],
}: {
	readonly nodes?: readonly Partial<NodeWords>[];
	readonly objects?: readonly KubeObject[];
} = {}) {
	const clock = manualClock(start);
	const errors: unknown[] = [];
	const made = nodes.map((words, index) => node({name: `node-${index + 1}`, number: index + 1, at: '2026-01-01T00:00:00Z', ...words}));
	const scenario = {summary: '', history: [{agoMs: 0, objects: [...made, namespace('app'), ...objects]}]};
	const sandbox = await startSandbox({scenario, clock, seed: 'test', onError: error => errors.push(error)});
	onTestFinished(async () => {
		await sandbox.stop();
		if (errors.length > 0) throw errors[0];
	});
	const {machine} = sandbox;
	// Tests ask for objects that they made themselves.
	const list = <Kind extends keyof Kinds>(kind: Kind, inNamespace = 'app') => machine.list(kind, inNamespace) as readonly Kinds[Kind][];
	const get = <Kind extends keyof Kinds>(kind: Kind, name: string, inNamespace: string | undefined = 'app') => {
		const found = machine.get(kind, inNamespace, name) as Kinds[Kind] | undefined;
		if (found === undefined) throw new Error(`there is no ${kind} ${name}`);
		return found;
	};
	return {
		...sandbox,
		clock,
		list,
		get,
		node: (name: string) => {
			const found = machine.get('Node', undefined, name) as Kinds['Node'] | undefined;
			if (found === undefined) throw new Error(`there is no node ${name}`);
			return found;
		},
		/** Creates, and lets controllers settle. */
		async create(...news: readonly KubeObject[]) {
			for (const object of news) machine.create(object, 'test');
			await clock.advance(0);
		},
		/** Changes the spec of an object, and lets controllers settle. */
		async change<Kind extends keyof Kinds>(kind: Kind, name: string, change: (object: Kinds[Kind]) => KubeObject) {
			machine.update(change(get(kind, name)), 'test');
			await clock.advance(0);
		},
		advance: (seconds: number) => clock.advance(seconds * 1000),
		/** `Type Reason message (xCount)` of the events about an object, in the order in which they were made. */
		events: (name: string) =>
			list('Event')
				.filter(event => Reflect.get(Object(event.involvedObject), 'name') === name)
				.map(({type, reason, message, count}) => `${type} ${reason} ${message}${(count ?? 1) === 1 ? '' : ` (x${count})`}`),
		conditions: (object: KubeObject) => {
			const list: unknown = Reflect.get(Object(object.status), 'conditions');
			const found = Array.isArray(list) ? list : [];
			return found.map(({type, status, reason}) => `${type}=${status}${reason === undefined ? '' : ` ${reason}`}`);
		},
	};
}

export type SandboxWorld = Awaited<ReturnType<typeof sandboxWorld>>;

/** The names of the images that run and are ready, with how many. */
export function readyImages(world: SandboxWorld): Readonly<Record<string, number>> {
	const counts: Record<string, number> = {};
	for (const {spec, status, metadata} of world.list('Pod')) {
		if (metadata.deletionTimestamp !== undefined || status?.containerStatuses?.every(({ready}) => ready) !== true) continue;
		const image = spec.containers[0]?.image ?? '';
		counts[image] = (counts[image] ?? 0) + 1;
	}
	return counts;
}
