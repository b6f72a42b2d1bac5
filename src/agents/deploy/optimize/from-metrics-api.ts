import {type Observed, type Series, sumUp} from '../../../analysis/right-sizing/observed-use.ts';
import {sleep} from '../../../core/clock.ts';
import type {Context} from '../../../core/tool.ts';
import {measuredIn, metricsPath} from '../metrics/reading/saturation.ts';
import type {DeployPorts} from '../ports.ts';

/** metrics-server measures every fifteen seconds. */
const everyMs = 15_000;

type Point = {
	readonly pod: string;
	readonly container: string;
	readonly atMs: number;
	readonly cpu: number | undefined;
	readonly memory: number | undefined;
};

const seriesOf = (points: readonly Point[], what: 'cpu' | 'memory'): readonly Series[] =>
	[...Map.groupBy(points, ({pod, container}) => `${pod}/${container}`).values()].flatMap(group => {
		const [first] = group;
		const own = group.flatMap(point => (point[what] === undefined ? [] : [{atMs: point.atMs, value: point[what]}]));
		// One measurement is answered until the next one is made.
		const distinct = [...new Map(own.map(point => [point.atMs, point])).values()];
		return first === undefined ? [] : [{pod: first.pod, container: first.container, points: distinct}];
	});

/**
 * What pods use now, looked at again and again for a while.
 * @returns undefined where nobody measures
 */
export async function fromMetricsApi(
	names: ReadonlySet<string>,
	{namespace, forMs, percentile}: {readonly namespace: string; readonly forMs: number; readonly percentile: number},
	{ports: {cluster}, clock, signal, emit}: Context<DeployPorts>,
): Promise<Observed | undefined> {
	const points: Point[] = [];
	for (let passedMs = 0; ; passedMs += everyMs) {
		const answer = await cluster.raw(metricsPath(namespace));
		if (answer === undefined) return undefined;
		for (const [pod, {atMs, containers}] of measuredIn(answer))
			if (names.has(pod)) for (const [container, {cpu, memory}] of containers) points.push({pod, container, atMs, cpu, memory});
		if (passedMs >= forMs) break;
		emit({kind: 'progress', text: 'Watching what the pods use', done: Math.round(passedMs / 1000), total: Math.round(forMs / 1000)});
		await sleep(clock, everyMs, signal);
	}
	const summed = sumUp(seriesOf(points, 'cpu'), seriesOf(points, 'memory'), percentile);
	return summed.containers.length === 0 ? undefined : {...summed, percentile, source: 'metrics.k8s.io'};
}
