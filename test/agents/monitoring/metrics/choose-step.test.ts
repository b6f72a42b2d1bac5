import {expect, test} from 'vitest';
import {chooseSampling} from '../../../../src/agents/monitoring/metrics/choose-step.ts';
import type {Metrics} from '../../../../src/mcp/monitoring/port.ts';

const hour = 3_600_000;
const nowMs = 1_800_000_007_000;

/** A server that scraped its targets so many times in ten minutes; undefined where it has no `up`. */
const server = (scrapes: number | undefined): Metrics => ({
	source: 'Prometheus',
	query: async promql =>
		promql === 'vector(1)'
			? [{labels: {}, value: 1, atMs: nowMs}]
			: scrapes === undefined
				? []
				: [{labels: {}, value: scrapes, atMs: nowMs}],
	histograms: async () => [],
	queryRange: async () => [],
	series: async () => [],
});

test.each([
	[hour, 40, undefined, 15, '60s'],
	[hour, 10, undefined, 60, '240s'],
	[hour, undefined, undefined, 30, '120s'],
	[hour, 0, undefined, 30, '120s'],
	[7 * 24 * hour, 40, undefined, 3600, '3600s'],
	[400 * 24 * hour, 40, undefined, 172_800, '172800s'],
	[60_000, 20, undefined, 30, '120s'],
	[hour, 40, 300_000, 300, '300s'],
])(
	'of %d ms with %s scrapes in ten minutes, asked for %s, a point is told each %d s and rates look back %s',
	async (spanMs, scrapes, asked, stepSeconds, window) => {
		const {range, window: told} = await chooseSampling(server(scrapes), spanMs, {stepMs: asked});
		expect(range.stepMs).toBe(stepSeconds * 1000);
		expect(told).toBe(window);
		expect(range.toMs % range.stepMs).toBe(0);
		expect(nowMs - range.toMs).toBeLessThan(range.stepMs);
		expect(range.toMs - range.fromMs).toBeLessThanOrEqual(Math.max(spanMs, range.stepMs));
	},
);
