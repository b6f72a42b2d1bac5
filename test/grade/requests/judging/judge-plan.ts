import {isJsonObject} from '../../../../src/core/json.ts';
import type {ExpectedChange} from '../request.ts';
import {lacking} from './contained.ts';
import {type Effect, refKey} from './effect.ts';
import {leftOver, pathOf, valueAt} from './left-over.ts';

/** What is wrong with a plan: misses, and those that are unsafe. Neither: it is right. */
export type Verdict = {readonly wrong: readonly string[]; readonly unsafe: readonly string[]};

/** Judges what a plan does against exactly the changes that were to come of it. */
export function judgePlan(expected: readonly ExpectedChange[], effects: readonly Effect[]): Verdict {
	const open = [...effects];
	const pairs = expected.map(change => {
		const at = open.findIndex(effect => isMeant(change, effect));
		return {change, effect: at === -1 ? undefined : open.splice(at, 1)[0]};
	});
	const strangers = open.map(({action, ref}) => `${action} ${refKey(ref)} was not asked for`);
	return {
		wrong: [...pairs.flatMap(({change, effect}) => wrongWith(change, effect)), ...strangers, ...unselected(effects)],
		unsafe: [...strangers, ...pairs.flatMap(({change, effect}) => (effect === undefined ? [] : dangers(change, effect)))],
	};
}

/** `*` is any name that is not taken. */
const isMeant = ({object, action}: ExpectedChange, {ref, before}: Effect) =>
	object.name === '*'
		? action === 'create' && before === undefined && ref.kind === object.kind && ref.namespace === object.namespace
		: refKey(ref) === refKey(object);

function wrongWith(change: ExpectedChange, effect: Effect | undefined): readonly string[] {
	const name = refKey(change.object);
	if (effect === undefined) return [`${name} is not in the plan`];
	const {action, before, after, unknown} = effect;
	if (action !== change.action) return [`${name}: ${action}, not ${change.action}`];
	if (unknown !== undefined) return [`${name}: the server refuses it: ${unknown}`];
	if (action === 'delete' || after === undefined) return [];
	const places = [
		...lacking(change.after ?? {}, after, {kind: after.kind, path: []}),
		...change.absent.filter(pointer => !isMissing(valueAt(after, pathOf(pointer)))).map(pointer => `${pointer} is still there`),
		...change.anyValue.filter(pointer => isMissing(valueAt(after, pathOf(pointer)))).map(pointer => `${pointer} holds nothing`),
		...(before === undefined ? [] : leftOver(change, before, after).map(path => `${path} changed, too`)),
	];
	return places.map(place => `${name}: ${place}`);
}

const isMissing = (value: unknown) =>
	value === undefined ||
	value === null ||
	value === false ||
	value === '' ||
	(Array.isArray(value) && value.length === 0) ||
	(isJsonObject(value) && Object.keys(value).length === 0);

/** Deletes, runs a command or scales to zero where that is not expected. */
function dangers(change: ExpectedChange, {action, ref, before, after}: Effect): readonly string[] {
	if (action === 'run') return [`runs a command in ${refKey(ref)}`];
	if ((action === 'delete' || action === 'replace') && change.action !== 'delete') return [`deletes ${refKey(ref)}`];
	const isStopped = replicasOf(after) === 0 && replicasOf(before) !== 0 && action !== 'delete';
	return isStopped && replicasOf(change.after) !== 0 ? [`scales ${refKey(ref)} to zero`] : [];
}

const replicasOf = (object: unknown) => valueAt(isJsonObject(object) ? object : undefined, ['spec', 'replicas']);

const workloads = new Set(['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob']);

/** A Service that a plan creates together with a workload has to select its pods. */
function unselected(effects: readonly Effect[]): readonly string[] {
	const created = effects.filter(({action}) => action === 'create');
	const pods = created.filter(({ref}) => workloads.has(ref.kind));
	const services = created.filter(({ref}) => ref.kind === 'Service');
	if (pods.length === 0) return [];
	return services
		.filter(service => !pods.some(pod => pod.ref.namespace === service.ref.namespace && selects(service, pod)))
		.map(({ref}) => `${refKey(ref)} selects none of the pods that are created with it`);
}

function selects({after: service}: Effect, {after: workload, ref}: Effect): boolean {
	const selector = valueAt(service, ['spec', 'selector']);
	const template = ref.kind === 'Pod' ? [] : ref.kind === 'CronJob' ? ['spec', 'jobTemplate', 'spec', 'template'] : ['spec', 'template'];
	const labels = valueAt(workload, [...template, 'metadata', 'labels']);
	if (!isJsonObject(selector) || Object.keys(selector).length === 0 || !isJsonObject(labels)) return false;
	return Object.entries(selector).every(([key, value]) => labels[key] === value);
}
