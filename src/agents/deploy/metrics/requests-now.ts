import {MkcoaError} from '../../../core/error.ts';
import type {Metrics} from '../../../mcp/monitoring/port.ts';
import {requestCounts} from '../../series/request-counts.ts';
import type {RequestSeries} from '../../series/request-series.ts';
import type {Side} from './placeholders.ts';

/** Over this time a workload's traffic is that of now. */
const window = '5m';

/** Requests a minute, and the part of them that fails, 0 to 1. */
export type RequestsNow = {readonly perMinute: number; readonly badPart: number};

/**
 * The traffic of one version now.
 * @returns undefined where the server does not answer, or has no two scrapes yet
 */
export async function requestsNow(
	metrics: Metrics,
	reading: RequestSeries,
	{namespace, side}: {readonly namespace: string; readonly side: Side},
): Promise<RequestsNow | undefined> {
	const names = reading.place.by === 'pod' ? side.pods : side.service === undefined ? [] : [side.service];
	try {
		const perSecond = await requestCounts(metrics, reading, {namespace, names, growth: 'rate', window});
		if (perSecond === undefined) return undefined;
		const {total, bad} = perSecond;
		return {perMinute: total * 60, badPart: total === 0 ? 0 : bad / total};
	} catch (error) {
		if (error instanceof MkcoaError) return undefined;
		throw error;
	}
}
