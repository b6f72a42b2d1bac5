import {listAt, objectAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import {nanoUnits} from '../../../core/kube/quantity.ts';
import {type AnyCheck, check, type Fault} from '../check.ts';
import type {Workload, WorkloadContainer, World} from '../world.ts';
import {asked, namespaceOf, onContainers, onWorkloads, staysOn} from './on-containers.ts';

const resources = ['cpu', 'memory', 'ephemeral-storage'] as const;
type Resource = (typeof resources)[number];
type Kind = 'limits' | 'requests';

const words = {cpu: 'CPU', memory: 'memory', 'ephemeral-storage': 'ephemeral storage'} as const;

/** How much of a node a container may take. */
export const resourceChecks: readonly AnyCheck[] = [
	demanded('limits', 'memory', {
		id: 'memory-limit-unset',
		why: 'A container without a memory limit takes what the node has: the kernel then kills others beside it.',
		severity: 'medium',
	}),
	demanded('requests', 'memory', {
		id: 'memory-request-unset',
		why: 'Without a request the scheduler thinks the pod needs nothing, and fills the node until pods are killed.',
		severity: 'low',
	}),
	demanded('limits', 'cpu', {
		id: 'cpu-limit-unset',
		why: 'A container without a CPU limit that goes astray, or mines coins, takes all idle cores of its node.',
		severity: 'low',
	}),
	demanded('requests', 'cpu', {
		id: 'cpu-request-unset',
		why: 'Without a request the container gets what others leave over when the node is busy.',
		severity: 'low',
	}),
	demanded('limits', 'ephemeral-storage', {
		id: 'ephemeral-storage-limit-unset',
		why: 'Logs and temporary files of one container can fill the disk of the node, which then evicts others.',
		severity: 'low',
	}),
	demanded('requests', 'ephemeral-storage', {
		id: 'ephemeral-storage-request-unset',
		why: 'Without a request the scheduler takes no account of the disk that the container fills.',
		severity: 'low',
	}),
	ranged('cpu', 'cpu-out-of-range'),
	ranged('memory', 'memory-out-of-range'),
	check({
		id: 'request-above-limit',
		family: 'workload',
		title: 'Containers request no more than their limit',
		why: 'The API server refuses such a pod: a rollout stops, and nothing says so but the events of its ReplicaSet.',
		severity: 'medium',
		...onContainers(({container, path, name}) =>
			Object.entries(objectAt(container, 'resources', 'requests')).flatMap(([resource, request]): readonly Fault[] => {
				const limit = amountAt(container, 'limits', resource);
				const wanted = amount(request);
				if (limit === undefined || wanted === undefined || wanted <= limit) return [];
				const field = `${path}.resources.requests.${resource}`;
				return [asked(field, 'request up to the limit', `container ${name} requests more ${resource} than its limit`)];
			}),
		),
	}),
	check({
		id: 'empty-dir-size',
		family: 'workload',
		title: 'Volumes in memory have a size',
		why: 'An emptyDir in memory without sizeLimit grows to half of the memory of the node.',
		severity: 'low',
		...onWorkloads(({podSpec, specPath}) =>
			listAt(podSpec, 'volumes').flatMap((volume, index): readonly Fault[] => {
				if (textAt(volume, 'emptyDir', 'medium') !== 'Memory' || valueAt(volume, 'emptyDir', 'sizeLimit') !== undefined) return [];
				return [
					asked(`${specPath}.volumes[${index}].emptyDir.sizeLimit`, 'size limit', `volume ${textAt(volume, 'name')} in memory has no size`),
				];
			}),
		),
	}),
	check({
		id: 'limit-far-above-request',
		family: 'workload',
		title: 'Memory limits are near to what is requested',
		why: 'Memory promised several times over is not there when all take it: pods are killed that kept to their limits.',
		severity: 'low',
		...onContainers(
			({container, path, name}, _workload, {times}) => {
				const limit = amountAt(container, 'limits', 'memory');
				const request = amountAt(container, 'requests', 'memory');
				if (limit === undefined || request === undefined || request === 0n || limit <= request * BigInt(times)) return undefined;
				return asked(
					`${path}.resources.requests.memory`,
					'memory request nearer to its limit',
					`the memory limit of container ${name} is more than ${times} times its request`,
				);
			},
			{settings: {times: 4}},
		),
	}),
];

type Demand = {readonly id: string; readonly why: string; readonly severity: 'low' | 'medium'};

function demanded(kind: Kind, resource: Resource, {id, why, severity}: Demand): AnyCheck {
	return check({
		id,
		family: 'workload',
		title: `Containers have a ${words[resource]} ${kind === 'limits' ? 'limit' : 'request'}`,
		why,
		severity,
		...onContainers(
			(container, workload, {initToo}, world) => {
				if (!initToo && !staysOn(container)) return undefined;
				if (hasAmount(container, workload, kind, resource) || isGivenByNamespace(workload, world, kind, resource)) return undefined;
				const word = `${words[resource]} ${kind === 'limits' ? 'limit' : 'request'}`;
				return asked(`${container.path}.resources.${kind}.${resource}`, word, `container ${container.name} has no ${word}`);
			},
			{roles: ['init', 'main'], reads: ['LimitRange'], settings: {initToo: true}},
		),
	});
}

/** The pod's own resources hold for all its containers; a request that is not said is the limit. */
function hasAmount({container}: WorkloadContainer, {podSpec}: Workload, kind: Kind, resource: Resource): boolean {
	const said = (holder: Workload['podSpec'], which: Kind) => valueAt(holder, 'resources', which, resource) !== undefined;
	return [container, podSpec].some(holder => said(holder, kind) || (kind === 'requests' && said(holder, 'limits')));
}

/** Whether admission fills it in: a LimitRange of its namespace has a default for containers. */
const isGivenByNamespace = (workload: Workload, world: World, kind: Kind, resource: Resource) =>
	world
		.within('LimitRange', namespaceOf(workload))
		.some(range =>
			listAt(range.spec, 'limits').some(
				limit =>
					valueAt(limit, 'type') === 'Container' &&
					(valueAt(limit, 'default', resource) !== undefined ||
						(kind === 'requests' && valueAt(limit, 'defaultRequest', resource) !== undefined)),
			),
		);

/** Nobody but the owner of a cluster knows what is too much: without bounds the check applies to nothing. */
function ranged(resource: 'cpu' | 'memory', id: string): AnyCheck {
	const bounds: {
		readonly requestMin: readonly string[];
		readonly requestMax: readonly string[];
		readonly limitMin: readonly string[];
		readonly limitMax: readonly string[];
	} = {requestMin: [], requestMax: [], limitMin: [], limitMax: []};
	return check({
		id,
		family: 'workload',
		title: `${resource === 'cpu' ? 'CPU' : 'Memory'} requests and limits are in the range that the owners of the cluster set`,
		why: 'One container beyond the size that the cluster is made for leaves no room for others, or gets none itself.',
		severity: 'low',
		...onContainers<typeof bounds>(
			({container, path, name}, _workload, given) =>
				[
					...outside(container, 'requests', resource, given.requestMin, given.requestMax),
					...outside(container, 'limits', resource, given.limitMin, given.limitMax),
				].map(kind =>
					asked(
						`${path}.resources.${kind}.${resource}`,
						`amount in range`,
						`the ${words[resource]} ${kind} of container ${name} are out of range`,
					),
				),
			{roles: ['init', 'main'], settings: bounds},
		),
	});
}

function outside(
	container: WorkloadContainer['container'],
	kind: Kind,
	resource: Resource,
	least: readonly string[],
	most: readonly string[],
): readonly Kind[] {
	const got = amountAt(container, kind, resource);
	if (got === undefined) return [];
	const isLess = least.some(bound => got < (amount(bound) ?? got));
	const isMore = most.some(bound => got > (amount(bound) ?? got));
	return isLess || isMore ? [kind] : [];
}

const amount = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? nanoUnits(value) : undefined);
const amountAt = (container: WorkloadContainer['container'], kind: Kind, resource: string) =>
	amount(valueAt(container, 'resources', kind, resource));
