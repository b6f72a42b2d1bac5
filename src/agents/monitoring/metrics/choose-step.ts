import type {Metrics, Range} from '../../../mcp/monitoring/port.ts';
import {serverTime} from '../../series/server-time.ts';

/** Two dots in each column of a wide terminal. */
const wantedPoints = 240;

/** Steps that people count in, in seconds. */
const steps = [1, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400];

/** What Prometheus is mostly set to, for servers that do not tell. */
const usualScrapeMs = 30_000;

/** A rate needs two samples, and two more may be late or missing. */
const scrapesInRate = 4;

export type Sampling = {
	readonly range: Range;
	/** Between two samples of most series. */
	readonly scrapeMs: number;
	/** That a rate looks back, as PromQL writes it: `60s`. */
	readonly window: string;
};

/** How often most targets are scraped: by how many samples their `up` has in ten minutes. */
async function scrapeInterval(metrics: Metrics): Promise<number> {
	const [median] = await metrics.query('quantile(0.5, count_over_time(up[10m]))');
	return median === undefined || !(median.value > 0) ? usualScrapeMs : Math.max(1000, Math.round(600 / median.value) * 1000);
}

type Wish = {
	/** Step that the person wants. */
	readonly stepMs?: number | undefined;
	/** Points at most, where no step is asked for. */
	readonly points?: number;
};

/** A range that ends at the server's present, in steps that make a readable curve, never shorter than the time between two samples. */
export async function chooseSampling(
	metrics: Metrics,
	spanMs: number,
	{stepMs: asked, points = wantedPoints}: Wish = {},
): Promise<Sampling> {
	const [nowMs, scrapeMs] = await Promise.all([serverTime(metrics), scrapeInterval(metrics)]);
	const least = Math.max(scrapeMs, spanMs / points) / 1000;
	const stepMs = asked ?? (steps.find(step => step >= least * 0.999) ?? Math.ceil(least / 86_400) * 86_400) * 1000;
	// The same moments whenever it is asked: a curve that moves with each look is hard to compare.
	const toMs = Math.floor(nowMs / stepMs) * stepMs;
	return {
		range: {fromMs: toMs - Math.max(stepMs, Math.floor(spanMs / stepMs) * stepMs), toMs, stepMs},
		scrapeMs,
		window: `${Math.ceil(Math.max(stepMs, scrapesInRate * scrapeMs) / 1000)}s`,
	};
}
