import type {Clock} from '../../core/clock.ts';
import type {Json} from '../../core/json.ts';
import {labelSelector} from '../api/read/label-selector.ts';
import type {Pod} from '../life/pod-shapes.ts';
import type {Node} from '../life/shapes.ts';
import {timestamp} from '../life/time.ts';
import type {World} from '../life/world.ts';
import type {HookAnswer} from '../machine.ts';
import type {Ledger} from './ledger.ts';
import {containerUses} from './pod-use.ts';

const groupVersion = 'metrics.k8s.io/v1beta1';
const root = `/apis/${groupVersion}`;
/** Cores and bytes that a node uses beside its pods. */
export const nodeRest = {cpu: 0.12, memory: 700 * 2 ** 20};

type Reads = {readonly world: World; readonly ledger: Ledger; readonly clock: Clock};

/** metrics.k8s.io as the metrics server answers it: what pods and nodes use now. Undefined for other paths. */
export function metricsAnswer(reads: Reads, path: string, query: URLSearchParams): HookAnswer | undefined {
	if (!path.startsWith(`${root}/`)) return undefined;
	const [, namespace, kind, name] = /^(?:\/namespaces\/([^/]+))?\/(pods|nodes)(?:\/([^/]+))?$/.exec(path.slice(root.length)) ?? [];
	if (kind === undefined) return undefined;
	const wanted = labelSelector(query.get('labelSelector'));
	if (kind === 'nodes')
		return answer(
			reads.world.list('Node').filter(({metadata}) => wanted(metadata.labels)),
			node => nodeMetrics(reads, node),
			name,
			'NodeMetrics',
		);
	const pods = reads.world.list('Pod', namespace).filter(({metadata}) => wanted(metadata.labels));
	return answer(pods, pod => podMetrics(reads, pod), name, 'PodMetrics');
}

const json = (body: Json, status = 200): HookAnswer => ({status, contentType: 'application/json', body: JSON.stringify(body)});

function answer<Item extends Pod | Node>(
	items: readonly Item[],
	measure: (item: Item) => Json | undefined,
	name: string | undefined,
	kind: string,
): HookAnswer {
	if (name === undefined) {
		return json({kind: `${kind}List`, apiVersion: groupVersion, metadata: {}, items: items.flatMap(item => measure(item) ?? [])});
	}
	const found = items.find(({metadata}) => metadata.name === name);
	const measured = found && measure(found);
	if (measured !== undefined) return json(measured);
	const message = `${kind.toLowerCase()}.metrics.k8s.io "${name}" not found`;
	return json({kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason: 'NotFound', code: 404}, 404);
}

const amounts = (cpu: number, memory: number) => ({cpu: `${Math.round(cpu * 1e9)}n`, memory: `${Math.round(memory / 1024)}Ki`});

function podMetrics({ledger, clock}: Reads, pod: Pod): Json | undefined {
	const containers = containerUses(ledger, pod, clock.now());
	if (containers === undefined) return undefined;
	const {name, namespace, labels} = pod.metadata;
	return {
		kind: 'PodMetrics',
		apiVersion: groupVersion,
		metadata: {name, namespace: namespace ?? '', labels: labels ?? {}, creationTimestamp: timestamp(clock.now())},
		timestamp: timestamp(clock.now()),
		window: '30s',
		containers: containers.map(({name, cpu, memory}) => ({name, usage: amounts(cpu, memory)})),
	};
}

function nodeMetrics({world, ledger, clock}: Reads, node: Node): Json {
	const uses = world
		.list('Pod')
		.filter(({spec}) => spec.nodeName === node.metadata.name)
		.flatMap(pod => containerUses(ledger, pod, clock.now()) ?? []);
	const total = (resource: 'cpu' | 'memory') => uses.reduce((sum, use) => sum + use[resource], nodeRest[resource]);
	return {
		kind: 'NodeMetrics',
		apiVersion: groupVersion,
		metadata: {name: node.metadata.name, labels: node.metadata.labels ?? {}, creationTimestamp: timestamp(clock.now())},
		timestamp: timestamp(clock.now()),
		window: '30s',
		usage: amounts(total('cpu'), total('memory')),
	};
}

const external = (plural: string, kind: string, namespaced: boolean) => ({
	group: 'metrics.k8s.io',
	version: 'v1beta1',
	kind,
	plural,
	singular: '',
	namespaced,
	verbs: ['get', 'list'],
	shortNames: [],
	categories: [],
	subresources: [],
	external: true,
});

/** The kinds of metrics.k8s.io, for discovery. */
export const metricsResources = [external('nodes', 'NodeMetrics', false), external('pods', 'PodMetrics', true)];
