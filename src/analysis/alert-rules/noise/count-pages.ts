import type {Firing} from './replay-rule.ts';

/** How Alertmanager puts alerts together, in milliseconds: its `group_by`, `group_wait`, `group_interval` and `repeat_interval`. */
export type Grouping = {readonly by: readonly string[]; readonly waitMs: number; readonly intervalMs: number; readonly repeatMs: number};

/**
 * Messages about firing alerts: one when a group begins, one at the next interval when alerts joined it, and one again after `repeat_interval` while it goes on.
 * Messages about the end are not counted.
 * @param firings sorted by their start
 * @see https://prometheus.io/docs/alerting/latest/configuration/#route
 */
export function countPages(firings: readonly Firing[], endMs: number, grouping: Grouping): number {
	const groups = Map.groupBy(firings, ({labels}) => JSON.stringify(grouping.by.map(label => labels[label] ?? '')));
	return [...groups.values()].reduce((sum, group) => sum + pagesOf(group, endMs, grouping), 0);
}

function pagesOf(firings: readonly Firing[], endMs: number, {waitMs, intervalMs, repeatMs}: Grouping): number {
	let pages = 0;
	let index = 0;
	while (index < firings.length) {
		let at = (firings[index]?.fromMs ?? 0) + waitMs;
		let lastPage = Number.NEGATIVE_INFINITY;
		let until = Number.NEGATIVE_INFINITY;
		do {
			let isNew = false;
			for (let next = firings[index]; next !== undefined && next.fromMs <= at; next = firings[++index]) {
				// What ended before anybody was told is never told.
				if ((next.toMs ?? Number.POSITIVE_INFINITY) <= at) continue;
				isNew = true;
				until = Math.max(until, next.toMs ?? endMs);
			}
			if (isNew || (until > at && at - lastPage >= repeatMs)) {
				pages++;
				lastPage = at;
			}
			at += intervalMs;
		} while (until >= at && at <= endMs);
	}
	return pages;
}
