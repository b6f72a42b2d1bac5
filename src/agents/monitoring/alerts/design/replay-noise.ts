import {type Noise, noiseOf} from '../../../../analysis/alert-rules/noise/noise-of.ts';
import {withoutRecordings} from '../../../../analysis/alert-rules/noise/without-recordings.ts';
import {durationMs} from '../../../../analysis/alert-rules/promql/duration-ms.ts';
import {PromqlError} from '../../../../analysis/alert-rules/promql/parse-promql.ts';
import {type AlertingRule, isAlerting, type RuleGroup} from '../../../../analysis/alert-rules/rule.ts';
import {MkcoaError} from '../../../../core/error.ts';
import type {Unchecked} from '../../../../core/unchecked.ts';
import type {MetricsServer, Range} from '../../../../mcp/monitoring/port.ts';
import {serverTime} from '../../../series/server-time.ts';
import {unseenPast} from './unseen-past.ts';

/** A week in steps of five minutes: each moment costs the server one evaluation, and a dip between two of them is not seen. */
const mostMoments = 2016;

/** Rules whose past is asked for: each is a heavy question to the server. */
const mostRules = 12;

/** Alertmanager's usual times. */
const grouping = {by: ['namespace', 'alertname'], waitMs: 30_000, intervalMs: 300_000, repeatMs: 4 * 3_600_000};

export type Replayed = {
	readonly alert: string;
	/** Of the rule, by which rules of one name are told apart. */
	readonly labels: AlertingRule['labels'];
	readonly fromMs: number;
	readonly toMs: number;
	readonly stepMs: number;
	readonly noise: Noise;
};

type Asking = {
	readonly metrics: MetricsServer;
	readonly sinceMs: number;
	readonly evaluationMs: number;
	readonly signal: AbortSignal;
};

/** Since when the server has any samples: what went before was neither quiet nor loud. */
async function keptSince(metrics: MetricsServer, range: Range): Promise<number> {
	const {value} = await metrics.range('count(up)', range);
	return value[0]?.points[0]?.atMs ?? range.fromMs;
}

/** Replays the alerts of rules over the past of the server, one after the other. What could not be replayed is told. */
export async function replayNoise(
	groups: readonly RuleGroup[],
	{metrics, sinceMs, evaluationMs, signal}: Asking,
): Promise<{readonly replayed: readonly Replayed[]; readonly notChecked: readonly Unchecked[]}> {
	const alerts = groups.flatMap(({rules}) => rules.filter(isAlerting));
	const stepMs = Math.max(evaluationMs, Math.ceil(sinceMs / mostMoments / 1000) * 1000);
	const toMs = Math.floor((await serverTime(metrics)) / stepMs) * stepMs;
	const asked = {fromMs: toMs - Math.max(stepMs, Math.floor(sinceMs / stepMs) * stepMs), toMs, stepMs};
	const range = {...asked, fromMs: Math.min(toMs - stepMs, await keptSince(metrics, asked))};
	const replayed: Replayed[] = [];
	const notChecked: Unchecked[] = [];
	for (const rule of alerts.slice(0, mostRules)) {
		signal.throwIfAborted();
		try {
			const expr = withoutRecordings(rule.expr, groups);
			const [{value, partial}, unseen] = [await metrics.range(expr, range), await unseenPast(rule.alert, expr, {metrics, range})];
			const past = value.map(({labels, points}) => ({
				labels: {...labels, ...rule.labels, alertname: rule.alert},
				atMs: points.map(({atMs}) => atMs),
			}));
			const held = {forMs: durationMs(rule.for ?? '0s') ?? 0, keepFiringMs: durationMs(rule.keep_firing_for ?? '0s') ?? 0};
			replayed.push({
				alert: rule.alert,
				labels: rule.labels,
				...range,
				noise: noiseOf(past, {...range, intervalMs: stepMs, ...held}, grouping),
			});
			if (unseen !== undefined) notChecked.push(unseen);
			if (partial) notChecked.push({what: `a part of the past of ${rule.alert}`, why: 'a store behind the server did not answer'});
		} catch (error) {
			if (!(error instanceof MkcoaError || error instanceof PromqlError)) throw error;
			const why = error instanceof MkcoaError ? [error.trouble.what, error.trouble.why].filter(Boolean).join(': ') : error.message;
			notChecked.push({what: `the past of ${rule.alert}`, why});
		}
	}
	if (alerts.length > mostRules)
		notChecked.push({what: `the past of ${alerts.length - mostRules} more alerts`, why: `${mostRules} are replayed at once`});
	return {replayed, notChecked};
}
