import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {StatusError} from '../../status-error.ts';
import type {Container, Labels, Pod} from '../pod-shapes.ts';
import {quantity, quantityText} from '../quantity.ts';
import type {LimitRange} from '../shapes.ts';
import {isKind, type World} from '../world.ts';

type Limit = LimitRange['spec']['limits'][number];
type Resources = {readonly requests?: Labels; readonly limits?: Labels};

/**
 * Gives a new pod's containers the requests and limits of the namespace's LimitRanges.
 * Throws 403 Forbidden when one of them, all together or a claim asks for too much or too little.
 */
export function applyLimitRanges(world: World, object: KubeObject): KubeObject {
	const isClaim = isKind(object, 'PersistentVolumeClaim');
	if (!isClaim && !isKind(object, 'Pod')) return object;
	const limits = world.list('LimitRange', object.metadata.namespace).flatMap(range => range.spec.limits);
	if (limits.length === 0) return object;
	const of = (type: string) => limits.filter(limit => limit.type === type);
	if (isClaim) {
		refuse('persistentvolumeclaims', object, problemsOf(object.spec.resources ?? {}, of('PersistentVolumeClaim')));
		return object;
	}
	const pod = filled(object, of('Container'));
	const containers = [...pod.spec.containers, ...(pod.spec.initContainers ?? [])];
	refuse('pods', pod, [
		...containers.flatMap(({resources}) => problemsOf(resources ?? {}, of('Container'))),
		...problemsOf(together(pod.spec.containers), of('Pod')),
	]);
	return pod;
}

function refuse(kind: string, {metadata: {name}}: KubeObject, problems: readonly string[]) {
	if (problems.length === 0) return;
	const what = problems.length === 1 ? problems[0] : `[${problems.join(', ')}]`;
	throw new StatusError(403, 'Forbidden', `${kind} "${name}" is forbidden: ${what}`, {name, kind});
}

/** The pod with the defaults in its containers, and a note of what was put there. */
function filled(pod: Pod, limits: readonly Limit[]): Pod {
	const notes: string[] = [];
	const fill = (containers: readonly Container[]) =>
		containers.map(container => {
			const next = limits.reduce(withDefaults, container);
			for (const side of ['requests', 'limits'] as const) {
				const added = Object.keys(next.resources?.[side] ?? {}).filter(name => container.resources?.[side]?.[name] === undefined);
				if (added.length > 0) notes.push(`${added.toSorted().join(', ')} ${side.slice(0, -1)} for container ${container.name}`);
			}
			return next;
		});
	const spec: Pod['spec'] = {
		...pod.spec,
		containers: fill(pod.spec.containers),
		...(pod.spec.initContainers === undefined ? {} : {initContainers: fill(pod.spec.initContainers)}),
	};
	if (notes.length === 0) return {...pod, spec};
	const annotations = {...pod.metadata.annotations, 'kubernetes.io/limit-ranger': `LimitRanger plugin set: ${notes.join('; ')}`};
	return {...pod, metadata: {...pod.metadata, annotations}, spec};
}

function withDefaults(container: Container, limit: Limit): Container {
	const limits = {...limit.default, ...container.resources?.limits};
	// A limit that the container set itself is its request too; only then come the defaults.
	const requests = {...(limit.defaultRequest ?? limit.default), ...container.resources?.limits, ...container.resources?.requests};
	const resources = {...(Object.keys(limits).length > 0 ? {limits} : {}), ...(Object.keys(requests).length > 0 ? {requests} : {})};
	return {...container, resources: {...container.resources, ...resources}};
}

/** The sums over all containers, of what each of them names. */
function together(containers: readonly Container[]): Resources {
	const sum = (side: 'requests' | 'limits') => {
		const names = new Set(containers.flatMap(({resources}) => Object.keys(resources?.[side] ?? {})));
		const total = (name: string) => containers.reduce((all, {resources}) => all + quantity(resources?.[side]?.[name]), 0);
		return Object.fromEntries([...names].map(name => [name, sumText(name, total(name))]));
	};
	return {requests: sum('requests'), limits: sum('limits')};
}

/** A sum of milli-units stays one, as in Go. */
const sumText = (name: string, value: number) =>
	name === 'cpu' && !Number.isInteger(value) ? `${Math.round(value * 1000)}m` : quantityText(name, value);

const problemsOf = (resources: Resources, limits: readonly Limit[]): readonly string[] =>
	limits.flatMap(limit => [...below(resources, limit), ...above(resources, limit), ...apart(resources, limit)]);

const below = ({requests}: Resources, {type, min}: Limit) =>
	Object.entries(min ?? {}).flatMap(([resource, least]) => {
		const request = requests?.[resource];
		return request !== undefined && quantity(request) < quantity(least)
			? [`minimum ${resource} usage per ${type} is ${least}, but request is ${request}`]
			: [];
	});

/** Storage has requests alone. */
const above = ({requests, limits}: Resources, {type, max}: Limit) =>
	Object.entries(max ?? {}).flatMap(([resource, most]) => {
		const [side, asked] = resource === 'storage' ? ['request', requests?.[resource]] : ['limit', limits?.[resource]];
		return asked !== undefined && quantity(asked) > quantity(most)
			? [`maximum ${resource} usage per ${type} is ${most}, but ${side} is ${asked}`]
			: [];
	});

const apart = ({requests, limits}: Resources, {type, maxLimitRequestRatio}: Limit) =>
	Object.entries(maxLimitRequestRatio ?? {}).flatMap(([resource, most]) => {
		const ratio = quantity(limits?.[resource]) / quantity(requests?.[resource]);
		return ratio > quantity(most)
			? [`${resource} max limit to request ratio per ${type} is ${most}, but provided ratio is ${ratio.toFixed(6)}`]
			: [];
	});
