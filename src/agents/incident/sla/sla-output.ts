import * as z from 'zod';
import {type BurnWindow, burnWindowNames} from '../../../analysis/reliability/burn-rate.ts';
import type {Finding} from '../../../core/finding.ts';
import {refSchema} from '../../../core/kube/ref-schema.ts';
import {age} from '../../../core/text/age.ts';
import {count} from '../../../core/text/count.ts';
import {severitySigns} from '../../../core/text/severity-signs.ts';
import {sparkLine} from '../../../core/text/spark-line.ts';
import {textLines} from '../../../core/text/styled.ts';
import {uncheckedLines} from '../../../core/text/unchecked-lines.ts';
import type {View} from '../../../core/tool.ts';
import {uncheckedSchema} from '../../../core/unchecked.ts';

const row = z.object({
	name: z.string(),
	resource: refSchema.optional(),
	objectivePercent: z.number(),
	windowSeconds: z.number(),
	requests: z.number(),
	failedRequests: z.number(),
	availabilityPercent: z.number(),
	/** Below 0 where more failed than was allowed. */
	budgetLeftPercent: z.number(),
	/** Times the rate that uses the budget up by the end of the window; null without requests. */
	burnRates: z.record(z.enum(burnWindowNames), z.number().nullable()),
	/** The gravest rule that fires. */
	alert: z
		.object({
			asks: z.enum(['page', 'ticket']),
			severity: z.enum(['low', 'medium', 'high', 'critical']),
			longWindow: z.enum(burnWindowNames),
			shortWindow: z.enum(burnWindowNames),
			fromBurnRate: z.number(),
		})
		.optional(),
	/** At the rate of the last hour; null where it never is. */
	secondsToEmpty: z.number().nullable(),
	/** Parts of the window, the oldest first; null without requests. */
	historyPercent: z.array(z.number().nullable()),
	/** The server has samples of this much of the window. */
	coveredSeconds: z.number(),
});

export const slaSchema = z.object({
	context: z.string(),
	source: z.string().optional(),
	objectives: z.array(row),
	notChecked: z.array(uncheckedSchema),
});
export type SlaRow = z.output<typeof row>;
export type ToldSla = z.output<typeof slaSchema>;

/** Nines need their digits, and so does what is nearly nothing. */
const percent = (value: number) => `${Number(value.toFixed(value > 99 || Math.abs(value) < 1 ? 3 : 1))} %`;
const rateText = (rate: number | null | undefined) =>
	rate === null || rate === undefined ? '-' : rate >= 10 ? rate.toFixed(0) : rate.toFixed(1);

function alertText({alert, burnRates}: SlaRow): string {
	if (alert === undefined) return '';
	const {longWindow, shortWindow, fromBurnRate, asks} = alert;
	const rate = (window: BurnWindow) => `${rateText(burnRates[window])} in ${window}`;
	return `burns its error budget ${rate(longWindow)} and ${rate(shortWindow)}, where ${Number(fromBurnRate.toFixed(1))} asks for a ${asks}`;
}

const lastsText = ({secondsToEmpty, budgetLeftPercent}: SlaRow) =>
	budgetLeftPercent <= 0
		? 'it is used up'
		: secondsToEmpty === null
			? 'nothing uses it up now'
			: `used up in ${age(secondsToEmpty * 1000)} at the rate of the last hour`;

/** Objectives as findings: a rule that fires, a budget that is gone, or that it is kept. */
export function slaFinding(told: SlaRow): Finding {
	const {name, resource, alert, budgetLeftPercent, availabilityPercent, objectivePercent, requests, failedRequests, windowSeconds} = told;
	const evidence = [
		{source: 'requests', detail: `${Math.round(failedRequests)} of ${Math.round(requests)} failed within ${age(windowSeconds * 1000)}`},
		{source: 'error budget', detail: `${percent(budgetLeftPercent)} left, ${lastsText(told)}`},
	];
	const about = {...(resource === undefined ? {} : {resource}), evidence};
	if (alert !== undefined)
		return {id: 'error-budget-burning', status: 'fail', severity: alert.severity, cause: `${name} ${alertText(told)}`, ...about};
	const kept = `${name} answers ${percent(availabilityPercent)} of its requests, and ${percent(objectivePercent)} are promised`;
	return {id: 'error-budget-spent', status: budgetLeftPercent > 0 ? 'pass' : 'fail', severity: 'medium', cause: kept, ...about};
}

function rowLines(told: SlaRow, view: View): readonly string[] {
	const {
		name,
		alert,
		availabilityPercent,
		objectivePercent,
		budgetLeftPercent,
		windowSeconds,
		burnRates,
		historyPercent,
		requests,
		failedRequests,
		coveredSeconds,
	} = told;
	const sign = alert === undefined ? (budgetLeftPercent > 0 ? '✓' : '!') : severitySigns[alert.severity];
	const say = (word: string, text: string) => textLines(`  ${word.padEnd(8)}`, text, view);
	const window = age(windowSeconds * 1000);
	// The scale is that of the promise: its bottom is a burn rate of 10.
	const scale = {bottom: Math.max(0, 100 - 10 * (100 - objectivePercent)), top: 100};
	return [
		...textLines(`${sign} `, `${name}: ${percent(availabilityPercent)} of ${percent(objectivePercent)} within ${window}`, view),
		...(alert === undefined ? [] : textLines('  ', `${name} ${alertText(told)}`, view)),
		...say('Budget', `${percent(budgetLeftPercent)} left, ${lastsText(told)}`),
		...say('Burn', burnWindowNames.map(each => `${each} ${rateText(burnRates[each])}`).join('   ')),
		...say('Failed', `${Math.round(failedRequests)} of ${count(Math.round(requests), 'request')}`),
		...say('Course', `${sparkLine(historyPercent, scale, view.terminal)} (${window}, down to ${percent(scale.bottom)})`),
		...(coveredSeconds >= windowSeconds * 0.9 ? [] : say('', `only ${age(coveredSeconds * 1000)} of ${window} have samples`)),
	];
}

/** Every objective, and what could not be judged. */
export function slaText({context, source, objectives, notChecked}: ToldSla, view: View): string {
	const firing = objectives.filter(({alert}) => alert !== undefined).length;
	const head =
		objectives.length === 0
			? 'No objective could be judged'
			: `${count(objectives.length, 'objective')}, ${firing === 0 ? 'none burns its budget too fast' : `${firing} ${firing === 1 ? 'burns its' : 'burn their'} budget too fast`}`;
	return [
		...textLines('', `${head}: ${context}${source === undefined ? '' : `, by ${source}`}`, view),
		...objectives.flatMap(each => ['', ...rowLines(each, view)]),
		...uncheckedLines(notChecked, view),
	].join('\n');
}
