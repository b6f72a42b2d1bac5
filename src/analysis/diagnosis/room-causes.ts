import type {Json} from '../../core/json.ts';
import {objectAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {cpuText, memoryText, quantityOf} from '../../core/kube/quantity.ts';
import {roomOf} from '../capacity/free-room.ts';
import {podSize} from '../capacity/pod-size.ts';
import type {Case} from './case.ts';
import type {Cause, Remedy} from './cause.ts';
import {type PlacedContainer, placedContainers, podSpecPlace} from './container-place.ts';
import {fieldPath} from './field-path.ts';
import {exchange} from './patch-remedy.ts';
import {meantName} from './reference-causes.ts';
import {backRemedy, changeEvidence, changeOf, changesAt} from './template-change.ts';

const number = (value: Json | undefined) => (typeof value === 'string' || typeof value === 'number' ? (quantityOf(value) ?? 0) : 0);

type Wish = {
	readonly resource: string;
	readonly amount: number;
	readonly where: PlacedContainer;
	readonly path: readonly (string | number)[];
	readonly value: Json;
};

/** What each container asks for of each resource; what only limits name is asked for as well. */
export const wishesOf = (workload: KubeObject): readonly Wish[] =>
	placedContainers(workload).flatMap(where => {
		const [requests, limits] = ['requests', 'limits'].map(what => objectAt(where.container, 'resources', what));
		return Object.entries({...limits, ...requests}).flatMap(([resource, value]) => {
			if (value === undefined) return [];
			const what = valueAt(requests, resource) === undefined ? 'limits' : 'requests';
			return [{resource, amount: number(value), where, path: [...where.place, 'resources', what, resource], value}];
		});
	});

const most = (nodes: readonly KubeObject[], resource: string) =>
	Math.max(0, ...nodes.map(node => number(valueAt(node, 'status', 'allocatable', resource))));

const say = (resource: string, amount: number) =>
	resource === 'cpu'
		? `${cpuText(amount)} CPU`
		: resource === 'memory' || resource === 'ephemeral-storage'
			? memoryText(amount)
			: String(amount);

/** `500` cores were meant as `500m`, and `64Ti` as `64Gi`: the same digits with the unit that fits. */
function otherUnit({resource, value}: Wish, largest: number): string | undefined {
	const text = String(value);
	// Six cores are six cores; five hundred are a slip.
	if (Number.parseFloat(text) < 64) return undefined;
	const units =
		resource === 'cpu' ? ([/^(\d+)$/, '$1m'] as const) : /Ti$/.test(text) ? ([/Ti$/, 'Gi'] as const) : ([/G(i?)$/, 'M$1'] as const);
	const other = text.replace(units[0], units[1]);
	return other !== text && number(other) > 0 && number(other) <= largest ? other : undefined;
}

function largerRemedies(wish: Wish, workload: KubeObject, largest: number): readonly Remedy[] {
	const other = otherUnit(wish, largest);
	if (other === undefined) return [];
	const field = fieldPath(workload, wish.path);
	return [
		exchange(workload, [{path: wish.path, from: wish.value, to: other}], {
			side: 'workload',
			sure: false,
			amount: other,
			text: {
				en: `Set ${field} of ${refText(refOf(workload))} to ${other}`,
				ko: `${refText(refOf(workload))}의 ${field}을(를) ${other}(으)로 바꿉니다`,
			},
		}),
	];
}

/** A pod asks for more than any node that it may use has altogether: no node that becomes free helps. */
export function neverFits(workload: KubeObject, given: Case, chosen: readonly KubeObject[]): Cause | undefined {
	const size = podSize(given.podSpec);
	const asked = wishesOf(workload);
	const resources = [...new Set(asked.map(({resource}) => resource))].filter(resource => {
		const sum =
			resource === 'cpu'
				? size.cpuCores
				: resource === 'memory'
					? size.memoryBytes
					: asked.filter(each => each.resource === resource && !each.where.isInit).reduce((total, {amount}) => total + amount, 0);
		return sum > most(chosen, resource);
	});
	const [resource] = resources;
	const wish = asked.filter(each => each.resource === resource).toSorted((a, b) => b.amount - a.amount)[0];
	if (resource === undefined || wish === undefined) return undefined;
	const largest = most(chosen, resource);
	const change = changeOf(given);
	const changed = changesAt(change, wish.path);
	const isKnown = largest > 0;
	const known = [...new Set(chosen.flatMap(node => Object.keys(objectAt(node, 'status', 'allocatable'))))];
	const meant = isKnown ? undefined : meantName(resource, known);
	const wanted = resource === 'cpu' ? size.cpuCores : resource === 'memory' ? size.memoryBytes : wish.amount;
	return {
		id: isKnown || ['cpu', 'memory'].includes(resource) ? 'larger-than-any-node' : 'resource-nobody-has',
		resource: refOf(workload),
		path: fieldPath(workload, wish.path),
		cause: isKnown
			? {
					en: `A pod requests ${say(resource, wanted)}, which is more than any node has: the largest can give ${say(resource, largest)}`,
					ko: `파드 하나의 요청 ${say(resource, wanted)}이(가) 어느 노드의 전체 용량보다도 큽니다: 가장 큰 노드가 ${say(resource, largest)}입니다`,
				}
			: {
					en: `A pod requests ${resource} ${String(wish.value)}, which no node offers`,
					ko: `파드 하나가 ${resource} ${String(wish.value)}을(를) 요청하는데 그것을 제공하는 노드가 없습니다`,
				},
		evidence: [
			...chosen.slice(0, 5).map(node => ({
				source: refText(refOf(node)),
				detail: `allocatable ${resource} ${String(valueAt(node, 'status', 'allocatable', resource) ?? 'none')}`,
			})),
			...changeEvidence(given, change, changed),
		],
		remedies:
			changed.length > 0
				? backRemedy(given, change, changed)
				: meant === undefined
					? largerRemedies(wish, workload, largest)
					: renamed(workload, resource, meant),
	};
}

/** `nvidia.com/gpus` was meant to be `nvidia.com/gpu`, in requests and limits alike. */
function renamed(workload: KubeObject, resource: string, meant: string): readonly Remedy[] {
	const exchanges = placedContainers(workload).flatMap(({container, place}) =>
		['requests', 'limits'].flatMap(what => {
			const value = valueAt(container, 'resources', what, resource);
			const at = [...place, 'resources', what];
			return value === undefined
				? []
				: [
						{path: [...at, resource], from: value, to: undefined},
						{path: [...at, meant], to: value},
					];
		}),
	);
	return [
		exchange(workload, exchanges, {
			side: 'workload',
			sure: true,
			text: {
				en: `Make ${refText(refOf(workload))} ask for ${meant} instead of ${resource}`,
				ko: `${refText(refOf(workload))}가 ${resource} 대신 ${meant}을(를) 요청하게 합니다`,
			},
		}),
	];
}

/** Every node that could hold the pod is full for now. */
export function noRoom(workload: KubeObject, given: Case, chosen: readonly KubeObject[], pods: readonly KubeObject[]): Cause | undefined {
	const size = podSize(given.podSpec);
	const open = roomOf(chosen, pods).filter(({closed}) => closed !== 'cordoned');
	const roomy = open.filter(({free}) => free.cpuCores >= size.cpuCores && free.memoryBytes >= size.memoryBytes);
	if (open.length === 0 || roomy.some(({podsFree}) => podsFree > 0)) return undefined;
	const wanted = `${cpuText(size.cpuCores)} CPU, ${memoryText(size.memoryBytes)}`;
	const change = changeOf(given);
	const changed = wishesOf(workload).flatMap(({path}) => changesAt(change, path));
	const grown = changed.filter(({from, to}) => number(from) > number(to));
	const tight = size.cpuCores > Math.max(...open.map(({free}) => free.cpuCores)) ? 'cpu' : 'memory';
	const wish = wishesOf(workload)
		.filter(({resource}) => resource === tight)
		.toSorted((a, b) => b.amount - a.amount)[0];
	const evidence = open.slice(0, 5).map(({name, free, podsFree}) => ({
		source: `Node ${name}`,
		detail: `free ${cpuText(free.cpuCores)} CPU, ${memoryText(free.memoryBytes)}${podsFree > 0 ? '' : ', no place for another pod'}`,
	}));
	if (roomy.length > 0)
		return {
			id: 'no-place-for-pods',
			resource: refOf(workload),
			path: fieldPath(workload, ['spec', 'replicas']),
			cause: {
				en: 'Nodes have CPU and memory left, and none takes another pod: each holds as many as its kubelet allows',
				ko: 'CPU와 메모리는 남았지만 노드마다 허용된 파드 수가 다 찼습니다',
			},
			evidence,
			remedies: [],
		};
	return {
		id: 'no-node-has-room',
		resource: refOf(workload),
		path: fieldPath(workload, grown[0]?.path ?? wish?.path ?? [...podSpecPlace(workload), 'containers']),
		cause: {
			en: `A pod requests ${wanted}, and no node has that much left`,
			ko: `파드 하나가 ${wanted}을(를) 요청하는데 그만큼 남은 노드가 없습니다`,
		},
		evidence: [...evidence, ...changeEvidence(given, change, grown)],
		remedies: backRemedy(given, change, grown),
	};
}
