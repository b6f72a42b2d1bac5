import * as z from 'zod';
import type {Forecast} from '../../../analysis/forecast/forecast.ts';
import type {Finding} from '../../../core/finding.ts';
import {refText} from '../../../core/kube/kube-object.ts';
import {refSchema} from '../../../core/kube/ref-schema.ts';
import {age} from '../../../core/text/age.ts';
import {count} from '../../../core/text/count.ts';
import {oneLine} from '../../../core/text/one-line.ts';
import {severitySigns} from '../../../core/text/severity-signs.ts';
import {textLines} from '../../../core/text/styled.ts';
import {uncheckedLines} from '../../../core/text/unchecked-lines.ts';
import type {View} from '../../../core/tool.ts';
import {uncheckedSchema} from '../../../core/unchecked.ts';
import {remedySchema} from '../told-incident.ts';

const forecastSchema = z.object({
	id: z.string(),
	severity: z.enum(['low', 'medium', 'high', 'critical']),
	/** Absent where the metrics server knows a node by a name that the cluster does not. */
	resource: refSchema.optional(),
	path: z.string().optional(),
	cause: z.string(),
	evidence: z.array(z.object({source: z.string(), detail: z.string()})),
	/** Until it happens; absent where it is a matter of load. */
	timeLeft: z
		.object({
			seconds: z.number(),
			earliestSeconds: z.number(),
			/** Null: perhaps never. */
			latestSeconds: z.number().nullable(),
		})
		.optional(),
	remedies: z.array(remedySchema),
});

export const forecastsSchema = z.object({
	context: z.string(),
	namespace: z.string().optional(),
	/** Where the series come from; absent where there are none. */
	source: z.string().optional(),
	sinceSeconds: z.number(),
	withinSeconds: z.number(),
	forecasts: z.array(forecastSchema),
	/** How many of each were judged. */
	looked: z.array(z.object({what: z.string(), count: z.number()})),
	notChecked: z.array(uncheckedSchema),
});
export type ToldForecasts = z.output<typeof forecastsSchema>;
type ToldForecast = z.output<typeof forecastSchema>;

/** A forecast in words of one line. */
export const toldForecast = ({id, severity, resource, path, cause, evidence, timeLeft, remedies}: Forecast): ToldForecast => ({
	id,
	severity,
	...(resource === undefined ? {} : {resource}),
	...(path === undefined ? {} : {path}),
	cause: oneLine(cause),
	evidence: evidence.map(({source, detail}) => ({source: oneLine(source), detail: oneLine(detail)})),
	...(timeLeft === undefined ? {} : {timeLeft}),
	// The input of a remedy is JSON; the schema tells a record of it.
	remedies: remedies.map(({tool, input, text}) => ({tool, input: input as ToldForecast['remedies'][number]['input'], text: oneLine(text)})),
});

/** As findings, for reports and --fail-on. */
export const forecastFinding = ({id, severity, resource, cause, evidence, remedies}: ToldForecast): Finding => ({
	id,
	status: 'fail',
	severity,
	...(resource === undefined ? {} : {resource}),
	evidence,
	cause,
	...(remedies.length === 1 ? {remedy: remedies[0]} : remedies.length > 1 ? {choices: remedies} : {}),
});

function forecastLines({id, severity, resource, cause, evidence, remedies}: ToldForecast, view: View): readonly string[] {
	const say = (word: string, text: string) => textLines(`  ${word.padEnd(8)}`, text, view);
	return [
		...textLines(`${severitySigns[severity]} `, `${severity} ${resource === undefined ? 'the cluster' : refText(resource)} (${id})`, view),
		...textLines('  ', cause, view),
		...evidence.flatMap(({source, detail}, index) => say(index === 0 ? 'Seen in' : '', `${source}: ${detail}`)),
		...(remedies.length === 0 ? say('Remedy', 'none that could be planned') : []),
		...remedies.flatMap(({text}, index) => say(index === 0 ? (remedies.length === 1 ? 'Remedy' : 'One of') : '', text)),
	];
}

/** What will fail, soonest first, what was judged, and what was not. */
export function forecastsText(
	{context, namespace, source, sinceSeconds, withinSeconds, forecasts, looked, notChecked}: ToldForecasts,
	view: View,
): string {
	const where = namespace === undefined ? `all namespaces of ${context}` : `namespace ${namespace}`;
	const head = forecasts.length === 0 ? 'Nothing is seen to fail' : `${count(forecasts.length, 'thing')} will fail`;
	const judged = looked.filter(each => each.count > 0).map(each => `${each.what} (${each.count} judged)`);
	return [
		...textLines('', `${head} within ${age(withinSeconds * 1000)} in ${where}`, view),
		...(source === undefined ? [] : textLines('', `By the last ${age(sinceSeconds * 1000)} of ${source}`, view)),
		...forecasts.flatMap(each => ['', ...forecastLines(each, view)]),
		...(judged.length === 0 ? [] : ['', 'Looked for', ...judged.flatMap(each => textLines('  ', each, view))]),
		...uncheckedLines(notChecked, view),
	].join('\n');
}
