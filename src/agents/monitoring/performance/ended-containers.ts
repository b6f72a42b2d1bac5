import type {Ended} from '../../../analysis/bottleneck/facts.ts';
import {listAt, textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Measured} from '../metrics/curve.ts';

type End = {readonly atMs: number; readonly isOom: boolean};

/** Ends that the kubelets still tell, the latest of each container. Jobs end on purpose, and so do init containers. */
const endsOf = (pods: readonly KubeObject[], fromMs: number): readonly End[] =>
	pods
		.flatMap(pod => listAt(pod, 'status', 'containerStatuses'))
		.flatMap(status =>
			['state', 'lastState'].flatMap(field => {
				const atMs = Date.parse(textAt(status, field, 'terminated', 'finishedAt') ?? '');
				return atMs >= fromMs ? [{atMs, isOom: textAt(status, field, 'terminated', 'reason') === 'OOMKilled'}] : [];
			}),
		);

const summed = (ends: readonly End[], atLeast = 0): Ended => ({
	count: Math.max(ends.length, atLeast),
	...(ends.length === 0 ? {} : {latestMs: Math.max(...ends.map(({atMs}) => atMs))}),
});

/** What a counter grew by; one that fell began anew. */
function growthOf(values: readonly (number | null)[]): number {
	let [grown, before]: [number, number | undefined] = [0, undefined];
	for (const value of values) {
		if (value === null) continue;
		if (before !== undefined) grown += value < before ? value : value - before;
		before = value;
	}
	return grown;
}

/** Containers that ended in a time: by the counter where somebody keeps it, and by what the kubelets still know. */
export function endedContainers(
	pods: readonly KubeObject[],
	measured: readonly Measured[],
	fromMs: number,
): {readonly restarts: Ended; readonly oomKills: Ended} {
	const ends = endsOf(pods, fromMs);
	const counted = measured.find(({name}) => name === 'restarts')?.curves ?? [];
	const grown = counted.reduce((sum, {values}) => sum + growthOf(values), 0);
	return {restarts: summed(ends, Math.round(grown)), oomKills: summed(ends.filter(({isOom}) => isOom))};
}
