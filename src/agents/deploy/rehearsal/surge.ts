import {nanoUnits} from '../../../core/kube/quantity.ts';
import {count} from '../../../core/text/count.ts';
import {objectsAt, textMapAt, wordAt} from '../../../mcp/kubernetes/model/fields.ts';
import type {RehearsalFinding, World} from './copy-world.ts';

/** Requests in billionths. */
export type Use = {readonly pods: number; readonly cpu: bigint; readonly memory: bigint};

/**
 * What the pods take that controllers count. Those on their way out are none of them: how long they take to go is the business of programs that a copy
 * does not run, so a number of them would be another one every time.
 */
export function requestsOf(world: World): Use {
	let use: Use = {pods: 0, cpu: 0n, memory: 0n};
	for (const object of world.values()) {
		if (object.kind !== 'Pod' || object.metadata.deletionTimestamp !== undefined) continue;
		if (['Succeeded', 'Failed'].includes(wordAt(object, 'status', 'phase'))) continue;
		const requests = objectsAt(object, 'spec', 'containers').map(container => textMapAt(container, 'resources', 'requests'));
		const sum = (resource: string) => requests.reduce((total, each) => total + (nanoUnits(each[resource] ?? '0') ?? 0n), 0n);
		use = {pods: use.pods + 1, cpu: use.cpu + sum('cpu'), memory: use.memory + sum('memory')};
	}
	return use;
}

export const larger = (one: Use, other: Use): Use => ({
	pods: Math.max(one.pods, other.pods),
	cpu: one.cpu > other.cpu ? one.cpu : other.cpu,
	memory: one.memory > other.memory ? one.memory : other.memory,
});

export function surge(start: Use, peak: Use): RehearsalFinding {
	const more = peak.pods - start.pods;
	if (more <= 0) return {id: 'surge', level: 'fine', text: `Never more than the ${count(start.pods, 'pod')} of today`};
	const cpu = Number((peak.cpu - start.cpu) / 1_000_000n);
	const memory = Number((peak.memory - start.memory) / 1_000_000_000n / 1_048_576n);
	return {
		id: 'surge',
		level: 'fine',
		text: `At most ${count(more, 'pod')} more than the ${start.pods} of today: ${cpu}m CPU and ${memory} MiB of requests, besides those of pods on their way out`,
	};
}
