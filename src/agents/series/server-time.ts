import type {Metrics} from '../../mcp/monitoring/port.ts';
import {noSeries} from './no-series.ts';

/** What the clock of the metrics server shows. @throws MkcoaError `no-series` where it tells no time */
export async function serverTime(metrics: Metrics): Promise<number> {
	const nowMs = (await metrics.query('vector(1)'))[0]?.atMs;
	if (nowMs === undefined) throw noSeries(`${metrics.source} does not tell its time`);
	return nowMs;
}
