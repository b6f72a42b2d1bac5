import {isJsonObject, type Json, type JsonObject} from '../../core/json.ts';
import {numberAt, objectAt, valueAt} from '../../core/kube/json-at.ts';
import type {Finding} from './health.ts';

const counted = /^(updatedReady|updatedAvailable|ready|available|updated|healthy|current)([A-Z]\w*)$/;

/** How many there should be of what is counted: beside the count, or asked for by the spec. */
function wantedOf(noun: string, beside: JsonObject, spec: JsonObject): number | undefined {
	const lower = noun.charAt(0).toLowerCase() + noun.slice(1);
	return (
		numberAt(beside, `desired${noun}`) ??
		numberAt(beside, `expected${noun}`) ??
		numberAt(beside, `total${noun}`) ??
		numberAt(spec, lower) ??
		numberAt(beside, lower)
	);
}

type Counted = {readonly field: string; readonly value: number; readonly wanted: number};

const countsIn = (fields: JsonObject, spec: JsonObject): readonly Counted[] =>
	Object.entries(fields).flatMap(([field, value]) => {
		const [, , noun] = counted.exec(field) ?? [];
		if (noun === undefined || typeof value !== 'number') return [];
		// Of the current ones a rollout leaves fewer and fewer: they tell something only beside a number that is desired.
		const wanted = field.startsWith('current') ? numberAt(fields, `desired${noun}`) : wantedOf(noun, fields, spec);
		return wanted === undefined ? [] : [{field, value, wanted}];
	});

/** `2/3` as a text, in the words of a table. */
const sharesIn = (fields: JsonObject): readonly Counted[] =>
	Object.entries(fields).flatMap(([field, value]) => {
		const [, ready, all] = typeof value === 'string' && /replicas|ready/i.test(field) ? (/^(\d+)\/(\d+)$/.exec(value) ?? []) : [];
		return ready === undefined ? [] : [{field, value: Number(ready), wanted: Number(all)}];
	});

/** Pods that run once on every node, in the words of a DaemonSet. */
function scheduledIn(status: JsonObject): readonly Counted[] {
	const wanted = numberAt(status, 'desiredNumberScheduled');
	if (wanted === undefined) return [];
	return ['updatedNumberScheduled', 'numberReady', 'numberAvailable'].flatMap(field => {
		const value = numberAt(status, field);
		return value === undefined ? [] : [{field, value, wanted}];
	});
}

/** Somebody counts those that are well, of those that there are. */
function unhealthyIn(status: JsonObject): Finding | undefined {
	const [healthy, all] = [numberAt(status, 'currentHealthy'), Object.entries(status).find(([field]) => /^expected[A-Z]/.test(field))?.[1]];
	if (healthy === undefined || typeof all !== 'number' || healthy >= all) return undefined;
	return {status: 'Degraded', message: `${healthy} of ${all} are healthy`, from: 'count'};
}

/**
 * A partition keeps part of the pods at the old template until somebody lowers it; undefined where there is none or the others are not
 * there yet. Some take a share of the pods in per cent, which rounds up.
 */
function heldAt(status: JsonObject, spec: JsonObject): Finding | undefined {
	const strategy = objectAt(spec, 'updateStrategy');
	const partition = valueAt(strategy, 'partition') ?? valueAt(strategy, 'rollingUpdate', 'partition');
	const all = numberAt(status, 'desiredNumberScheduled') ?? numberAt(spec, 'replicas') ?? numberAt(status, 'replicas') ?? 0;
	const [, number, percent] = /^(\d+)(%?)$/.exec(String(partition ?? '')) ?? [];
	const kept = Math.min(all, percent === '%' ? Math.ceil((all * Number(number)) / 100) : Number(number ?? 0));
	const updated = numberAt(status, 'updatedReplicas') ?? numberAt(status, 'updatedNumberScheduled') ?? 0;
	if (kept === 0 || updated >= all || updated < all - kept) return undefined;
	return {status: 'Suspended', message: `${updated} of ${all} pods are updated: the partition keeps the others`, from: 'count'};
}

/** How many are expected, and none is counted. */
const uncountedIn = (fields: JsonObject): readonly Counted[] =>
	Object.entries(fields).flatMap(([field, wanted]) => {
		const [, noun = ''] = /^expected([A-Z]\w*)$/.exec(field) ?? [];
		const counts = Object.keys(fields).some(other => counted.test(other));
		return noun === '' || counts || typeof wanted !== 'number' || wanted === 0 ? [] : [{field: `ready${noun}`, value: 0, wanted}];
	});

/** Ready, available or updated pods, nodes or members beside how many there should be, in the status or its parts; undefined where nothing is counted. */
export function byCounts(object: Json): Finding | undefined {
	const status = objectAt(object, 'status');
	const spec = objectAt(object, 'spec');
	const parts = Object.values(status)
		.filter(isJsonObject)
		.flatMap(part => [part, ...Object.values(part).filter(isJsonObject)]);
	const counts = [
		...scheduledIn(status),
		...countsIn(status, spec),
		...uncountedIn(status),
		...[status, ...parts].flatMap(sharesIn),
		...parts.flatMap(part => countsIn(part, {})),
	];
	const held = heldAt(status, spec);
	const failed = Object.entries(status).find(([field, value]) => /^failed\w*Count$/.test(field) && typeof value === 'number' && value > 0);
	if (failed !== undefined) return {status: 'Degraded', message: `${failed[1]} ${failed[0]}`, from: 'count'};
	if (held !== undefined) return held;
	const sick = unhealthyIn(status);
	if (sick !== undefined) return sick;
	const short = counts.find(({value, wanted}) => value < wanted);
	if (short !== undefined)
		return {
			status: 'Progressing',
			message: `${short.value} of ${short.wanted} ${short.field}`,
			from: 'count',
			isNone: counts.some(({value, wanted}) => value === 0 && wanted > 0),
		};
	return counts.length === 0 ? undefined : {status: 'Healthy', message: '', from: 'count'};
}
