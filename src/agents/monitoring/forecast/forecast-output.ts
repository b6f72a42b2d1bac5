import * as z from 'zod';
import {lineChart} from '../../../core/chart/line-chart.ts';
import {refSchema} from '../../../core/kube/ref-schema.ts';
import {age} from '../../../core/text/age.ts';
import {measuredText, measuredUnits} from '../../../core/text/measured-text.ts';
import {textLines} from '../../../core/text/styled.ts';
import {textTable} from '../../../core/text/text-table.ts';
import {uncheckedLines} from '../../../core/text/unchecked-lines.ts';
import type {View} from '../../../core/tool.ts';
import {uncheckedSchema} from '../../../core/unchecked.ts';

const seconds = z.number().nullable();

export const forecastSchema = z.object({
	context: z.string(),
	source: z.string(),
	target: refSchema.optional(),
	metric: z.string(),
	unit: z.enum(measuredUnits),
	/** What the server was asked; several series were added up. */
	query: z.string(),
	/** Of the last sample. */
	at: z.iso.datetime(),
	stepSeconds: z.number(),
	past: z.array(z.number().nullable()),
	/** One step after the other from `at` on: the middle, and the bounds that 80 and 95 of 100 values keep. */
	steps: z.array(z.object({median: z.number(), low80: z.number(), high80: z.number(), low95: z.number(), high95: z.number()})),
	/** What was averaged. */
	models: z.array(z.object({name: z.string(), share: z.number()})),
	seasonsSeconds: z.array(z.number()),
	/** How forecasts of this series' own past came out: mean absolute errors in its unit. */
	backTest: z.object({origins: z.number(), error: z.number(), seasonalNaiveError: z.number(), naiveError: z.number()}),
	/** False: repeating what was is as good. */
	beatsNaive: z.boolean(),
	/** When a limit is reached, from `at` on; null where it is not within the forecast. */
	limit: z.object({value: z.number(), lowSeconds: seconds, midSeconds: seconds, highSeconds: seconds, probability: z.number()}).optional(),
	/** What a reader should know, a sentence each. */
	reasons: z.array(z.string()),
	notChecked: z.array(uncheckedSchema),
});
export type ToldForecast = z.output<typeof forecastSchema>;

/** So much of the past is drawn for one part of the time to come. */
const pastParts = 2;
const rows = 7;

function drawn({past, steps, stepSeconds, unit}: ToldForecast, view: View): readonly string[] {
	const shown = past.slice(-pastParts * steps.length);
	const none = shown.map(() => null);
	const stepMs = stepSeconds * 1000;
	return lineChart({
		values: [...shown, ...steps.map(({median}) => median)],
		dotted: [
			[...none, ...steps.map(({high80}) => high80)],
			[...none, ...steps.map(({low80}) => low80)],
		],
		...{fromAgoMs: (shown.length - 1) * stepMs, toAgoMs: -steps.length * stepMs},
		label: value => measuredText(value, unit),
		isBinary: unit === 'bytes' || unit === 'bytesPerSecond',
		...{width: Math.min(view.width, 100), rows, isPlain: view.isPlain},
	});
}

/** When a limit is reached, as early and as late as it may be. */
function limitText({limit, unit, past, steps, stepSeconds}: ToldForecast): string | undefined {
	if (limit === undefined) return undefined;
	const {value, lowSeconds, midSeconds, highSeconds} = limit;
	const whole = age(steps.length * stepSeconds * 1000);
	const after = (time: number | null) => (time === null ? `later than ${whole}` : `in ${age(time * 1000)}`);
	const isAbove = (past.findLast(each => each !== null) ?? value) > value;
	if (isAbove) {
		const now = `It is above the limit of ${measuredText(value, unit)} now`;
		if (lowSeconds === null) return `${now}, and does not fall to it within ${whole}`;
		if (midSeconds === null)
			return `${now}, and may fall to it ${after(lowSeconds)} at the earliest, and most likely does not within ${whole}`;
		return `${now}, and falls to it ${after(midSeconds)}: ${after(lowSeconds)} at the earliest, ${after(highSeconds)} at the latest (80 of 100)`;
	}
	const what = `The limit of ${measuredText(value, unit)}`;
	if (lowSeconds === null) return `${what} is not reached within ${whole}`;
	if (midSeconds === null) return `${what} may be reached ${after(lowSeconds)} at the earliest, and most likely is not within ${whole}`;
	return `${what} is reached ${after(midSeconds)}: ${after(lowSeconds)} at the earliest, ${after(highSeconds)} at the latest (80 of 100)`;
}

/** Whether it is worth more than repeating what was, by its own past. */
function proofText({backTest, beatsNaive, seasonsSeconds, unit}: ToldForecast): string {
	const {origins, error, seasonalNaiveError, naiveError} = backTest;
	const before = seasonsSeconds[0] === undefined ? 'the last value' : `what was ${age(seasonsSeconds[0] * 1000)} before`;
	const naive = seasonsSeconds[0] === undefined ? naiveError : seasonalNaiveError;
	if (origins === 0) return 'It could not be tried on the past';
	const tried = `Tried on its own past from ${origins} moments it missed by ${measuredText(error, unit)} on average, and repeating ${before} by ${measuredText(naive, unit)}`;
	return beatsNaive ? tried : `No better than repeating ${before}${error < naive ? ' for sure' : ''}. ${tried}`;
}

function pipeLines({at, stepSeconds, steps}: ToldForecast, view: View): readonly string[] {
	const start = Date.parse(at);
	return textTable({
		headers: ['TIME', 'MEDIAN', 'LOW 80', 'HIGH 80', 'LOW 95', 'HIGH 95'],
		rows: steps.map(({median, low80, high80, low95, high95}, index) => [
			new Date(start + (index + 1) * stepSeconds * 1000).toISOString(),
			...[median, low80, high80, low95, high95],
		]),
		view,
	}).split('\n');
}

/** A forecast with its bounds, what it rests on, and whether it may be believed. */
export function forecastText(told: ToldForecast, view: View): string {
	const {metric, target, context, source, unit, steps, stepSeconds, models, reasons, notChecked} = told;
	const last = steps.at(-1);
	const whose =
		target === undefined ? context : `${target.kind} ${target.namespace === undefined ? '' : `${target.namespace}/`}${target.name}`;
	const say = (text: string) => textLines('', text, view);
	const value = (number: number) => measuredText(number, unit);
	const end =
		last === undefined
			? ''
			: `${value(last.median)} in ${age(steps.length * stepSeconds * 1000)}, between ${value(last.low80)} and ${value(last.high80)} in 80 of 100 cases, ${value(last.low95)} and ${value(last.high95)} in 95`;
	const limit = limitText(told);
	return [
		...say(`${metric} of ${whose}: ${end}`),
		...(view.terminal ? drawn(told, view) : pipeLines(told, view)),
		'',
		...(limit === undefined ? [] : say(limit)),
		...say(proofText(told)),
		...say(`By ${models.map(({name, share}) => `${name} ${Math.round(share * 100)} %`).join(', ')}; ${source}`),
		...reasons.flatMap(reason => textLines('- ', reason, view)),
		...uncheckedLines(notChecked, view),
	].join('\n');
}
