import * as z from 'zod';
import {MkcoaError} from '../../../../core/error.ts';
import type {Consequence} from '../../../../core/plan.ts';
import type {MetricsSource} from '../../../../mcp/monitoring/port.ts';
import {chosenMetric} from '../../metrics/choosing/chosen-metric.ts';
import type {Act} from '../act.ts';
import {commandWords, type WorkloadName} from '../lease/held-by.ts';
import type {RolloutRecord} from '../record/record.ts';

/** By a Kayenta config numbers of Prometheus decide, whatever else is counted. */
const judged = z.object({chosen: z.array(chosenMetric), kayenta: z.unknown().optional()});

/**
 * Whether the numbers that a rollout is judged by can be read from here too: another machine may have been told where Prometheus is. Without them its
 * next stage could only end for want of data, and a good version would be taken back.
 * @param ahead the acts that are still to be carried out
 * @throws `metrics-not-here`
 */
export async function countedStill(
	metrics: () => Promise<MetricsSource>,
	{input}: Pick<RolloutRecord, 'input'>,
	ahead: readonly Act[],
	workload: WorkloadName,
): Promise<readonly Consequence[]> {
	if (!ahead.some(({wait}) => wait?.kind === 'judge')) return [];
	const {chosen, kayenta} = judged.safeParse(input).data ?? {chosen: []};
	const before = chosen.find(({reading}) => reading.kind !== 'saturation' || reading.from !== 'metrics-api')?.source;
	if (before === undefined && kayenta === undefined) return [];
	const here = await metrics();
	if (here.metrics === undefined) throw notHere(before ?? 'a Prometheus', here.why, workload);
	if (before === undefined || here.metrics.source === before) return [];
	const text = `It was judged by numbers of ${before} until now, and those of ${here.metrics.source} judge it from here on`;
	return [{id: 'other-metrics', severity: 'warning', text}];
}

function notHere(before: string, why: string, workload: WorkloadName) {
	const words = commandWords(workload);
	const address = /^Prometheus (https?:\/\/\S+)$/.exec(before)?.[1];
	const again = address === undefined ? 'name a Prometheus with --prometheus URL' : `mkcoa deploy resume ${words} --prometheus ${address}`;
	return new MkcoaError({
		kind: 'environment',
		code: 'metrics-not-here',
		what: `The rollout of ${workload.name} is judged by numbers of ${before}, which cannot be read from here`,
		why,
		next: `Go on with: ${again}; or take it back: mkcoa deploy abort ${words}`,
	});
}
