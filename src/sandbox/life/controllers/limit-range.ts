import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {StatusError} from '../../status-error.ts';
import type {Container, Pod} from '../pod-shapes.ts';
import {quantity} from '../quantity.ts';
import type {LimitRange} from '../shapes.ts';
import {isKind, type World} from '../world.ts';

type Limit = LimitRange['spec']['limits'][number];

/** Gives a new pod's containers the requests and limits of the namespace's LimitRanges. Throws 403 Forbidden when one asks for too much or too little. */
export function applyLimitRanges(world: World, object: KubeObject): KubeObject {
	if (!isKind(object, 'Pod')) return object;
	const limits = world
		.list('LimitRange', object.metadata.namespace)
		.flatMap(range => range.spec.limits)
		.filter(({type}) => type === 'Container');
	if (limits.length === 0) return object;
	const fill = (containers: readonly Container[] | undefined) => containers?.map(container => limits.reduce(withDefaults, container));
	const initContainers = fill(object.spec.initContainers);
	const containers = fill(object.spec.containers) ?? [];
	const problems = [...containers, ...(initContainers ?? [])].flatMap(container => limits.flatMap(limit => problemsOf(container, limit)));
	if (problems.length > 0) {
		const what = problems.length === 1 ? problems[0] : `[${problems.join(', ')}]`;
		throw new StatusError(403, 'Forbidden', `pods "${object.metadata.name}" is forbidden: ${what}`, {
			name: object.metadata.name,
			kind: 'pods',
		});
	}
	const spec: Pod['spec'] = {...object.spec, containers, ...(initContainers === undefined ? {} : {initContainers})};
	return {...object, spec};
}

function withDefaults(container: Container, limit: Limit): Container {
	const limits = {...limit.default, ...container.resources?.limits};
	// A limit that the container set itself is its request too; only then come the defaults.
	const requests = {...(limit.defaultRequest ?? limit.default), ...container.resources?.limits, ...container.resources?.requests};
	const resources = {...(Object.keys(limits).length > 0 ? {limits} : {}), ...(Object.keys(requests).length > 0 ? {requests} : {})};
	return {...container, resources: {...container.resources, ...resources}};
}

function problemsOf({resources}: Container, {type, min, max}: Limit): readonly string[] {
	const above = Object.entries(max ?? {}).flatMap(([resource, most]) => {
		const limit = resources?.limits?.[resource];
		return limit !== undefined && quantity(limit) > quantity(most)
			? [`maximum ${resource} usage per ${type} is ${most}, but limit is ${limit}`]
			: [];
	});
	const below = Object.entries(min ?? {}).flatMap(([resource, least]) => {
		const request = resources?.requests?.[resource];
		return request !== undefined && quantity(request) < quantity(least)
			? [`minimum ${resource} usage per ${type} is ${least}, but request is ${request}`]
			: [];
	});
	return [...below, ...above];
}
