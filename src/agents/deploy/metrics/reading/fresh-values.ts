import type {Metrics, Sample} from '../../../../mcp/monitoring/port.ts';
import {podPattern} from '../../../series/pod-pattern.ts';

/** Where nothing tells when the pods were scraped, values are taken to change this often. */
const usualScrapeMs = 15_000;

/** When each pod was scraped last, of the server's time; pods that nothing scrapes are missing. */
export async function lastScrapes(
	metrics: Metrics,
	{namespace, pods, atMs}: {readonly namespace: string; readonly pods: readonly string[]; readonly atMs: number},
): Promise<ReadonlyMap<string, number>> {
	const query = `max by (pod) (timestamp(up{namespace="${namespace}",pod=~"${podPattern(pods)}"}))`;
	return new Map((await metrics.query(query, atMs)).map(({labels: {pod = ''}, value}) => [pod, value * 1000]));
}

/**
 * Values that rest on newer scrapes than those told before: a look that comes sooner would count the same sample twice. A value without
 * a pod rests on all pods of its side.
 */
export function freshValues() {
	const told = new Map<string, number>();
	return (side: string, pods: readonly string[], samples: readonly Sample[], scrapes: ReadonlyMap<string, number>): readonly number[] =>
		samples
			.filter(({labels: {pod}, atMs}) => {
				const behind = (pod === undefined ? pods : [pod]).flatMap(name => scrapes.get(name) ?? []);
				const times = behind.length > 0 ? behind : [Math.floor(atMs / usualScrapeMs) * usualScrapeMs];
				const key = pod ?? side;
				if (Math.min(...times) <= (told.get(key) ?? Number.NEGATIVE_INFINITY)) return false;
				told.set(key, Math.max(...times));
				return true;
			})
			.map(({value}) => value);
}
