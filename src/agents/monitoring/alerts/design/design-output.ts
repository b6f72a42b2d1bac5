import * as z from 'zod';
import {isAlerting} from '../../../../analysis/alert-rules/rule.ts';
import type {Finding} from '../../../../core/finding.ts';
import {age} from '../../../../core/text/age.ts';
import {count, someOf} from '../../../../core/text/count.ts';
import {textLines} from '../../../../core/text/styled.ts';
import {uncheckedLines} from '../../../../core/text/unchecked-lines.ts';
import type {View} from '../../../../core/tool.ts';
import {uncheckedSchema, unseenFinding} from '../../../../core/unchecked.ts';
import {documentFormats} from './documents.ts';
import type {Design} from './make-design.ts';

const labels = z.record(z.string(), z.string());

const lint = z.object({
	id: z.string(),
	severity: z.enum(['error', 'warning', 'info']),
	rule: z.string(),
	field: z.string(),
	reason: z.string(),
	remedy: z.string(),
});

const noise = z.object({
	alert: z.string(),
	labels,
	from: z.iso.datetime(),
	to: z.iso.datetime(),
	stepSeconds: z.number(),
	firings: z.number(),
	/** Messages that Alertmanager would have sent, with its usual grouping. */
	pages: z.number(),
	pagesPerWeek: z.number(),
	/** Of the time, in which at least one fired. */
	firingMinutes: z.number(),
	longestMinutes: z.number(),
	/** Firings that began within an hour after the same alert had ended. */
	flapping: z.number(),
	/** The newest times at which it would have fired. */
	last: z.array(z.object({from: z.iso.datetime(), to: z.iso.datetime().optional(), labels})),
});

export const designSchema = z.object({
	context: z.string(),
	source: z.string(),
	of: z.string(),
	rules: z.array(
		z.object({
			group: z.string(),
			name: z.string(),
			kind: z.enum(['alerting', 'recording']),
			expr: z.string(),
			for: z.string().optional(),
			labels,
			annotations: labels,
		}),
	),
	/** Names of unit tests of the cluster's own series. */
	tests: z.object({fire: z.array(z.string()), stayQuiet: z.array(z.string())}),
	lints: z.array(lint),
	alreadyThere: z.array(
		z.object({
			rule: z.string(),
			how: z.enum(['same', 'condition', 'threshold', 'name']),
			name: z.string(),
			group: z.string(),
			query: z.string(),
		}),
	),
	noise: z.array(noise),
	document: z.object({format: z.enum(documentFormats), text: z.string()}).optional(),
	notChecked: z.array(uncheckedSchema),
});
export type ToldDesign = z.output<typeof designSchema>;

const mostLast = 5;
const minutes = (ms: number) => Math.round(ms / 6000) / 10;
const iso = (ms: number) => new Date(ms).toISOString();

/** A design as it is answered, without the document that it may be written as. */
export function toldDesign(design: Design, context: string): ToldDesign {
	const isFiring = ({alert_rule_test: checks}: Design['tests']['tests'][number]) => checks.some(({exp_alerts}) => exp_alerts.length > 0);
	const {tests} = design.tests;
	return {
		...{context, source: design.source, of: design.of},
		rules: design.groups.flatMap(({name: group, rules}) =>
			rules.map(rule =>
				isAlerting(rule)
					? {
							group,
							name: rule.alert,
							kind: 'alerting' as const,
							expr: rule.expr,
							...(rule.for === undefined ? {} : {for: rule.for}),
							labels: {...rule.labels},
							annotations: {...rule.annotations},
						}
					: {group, name: rule.record, kind: 'recording' as const, expr: rule.expr, labels: {...rule.labels}, annotations: {}},
			),
		),
		tests: {fire: tests.filter(isFiring).map(({name}) => name), stayQuiet: tests.filter(test => !isFiring(test)).map(({name}) => name)},
		lints: design.lints.map(({id, severity, rule, field, reason, remedy}) => ({id, severity, rule, field, reason, remedy})),
		alreadyThere: design.there.map(({rule, how, other}) => ({rule, how, name: other.name, group: other.group, query: other.query})),
		noise: design.replayed.map(
			({alert, labels: own, fromMs, toMs, stepMs, noise: {firings, pages, pagesPerWeek, firingPart, longestMs = 0, flapping}}) => ({
				...{alert, labels: {...own}, from: iso(fromMs), to: iso(toMs), stepSeconds: stepMs / 1000},
				...{firings: firings.length, pages, pagesPerWeek: Math.round(pagesPerWeek * 10) / 10, flapping},
				...{firingMinutes: minutes(firingPart * (toMs - fromMs)), longestMinutes: minutes(longestMs)},
				last: firings
					.slice(-mostLast)
					.map(each => ({from: iso(each.fromMs), ...(each.toMs === undefined ? {} : {to: iso(each.toMs)}), labels: {...each.labels}})),
			}),
		),
		notChecked: design.notChecked.map(each => ({...each})),
	};
}

/** What is wrong with several rules alike is said once. */
export const lintTexts = (lints: ToldDesign['lints']): readonly string[] =>
	[...Map.groupBy(lints, ({severity, id, reason, remedy}) => JSON.stringify([severity, id, reason, remedy])).values()].flatMap(same => {
		const [first] = same;
		if (first === undefined) return [];
		return `${first.severity} ${first.id}, ${someOf([...new Set(same.map(({rule}) => rule))])}: ${first.reason}. ${first.remedy}`;
	});

const gravity = {error: 'high', warning: 'medium', info: 'low'} as const;

/** Lints and rules that are there already, as findings. */
export const designFindings = ({lints, alreadyThere, notChecked}: ToldDesign): readonly Finding[] => [
	...lints.map(
		({id, severity, rule, field, reason, remedy}): Finding => ({
			...{id, status: 'fail', severity: gravity[severity], cause: `${rule}: ${reason}`, noRemedy: remedy},
			evidence: [{source: `rule ${rule}`, detail: field}],
		}),
	),
	...alreadyThere.map(
		(each): Finding => ({
			...{id: `duplicate/${each.how}`, status: 'fail', severity: 'medium', cause: thereText(each)},
			evidence: [{source: `rule ${each.name} of group ${each.group}`, detail: each.query}],
			noRemedy: 'Keep one of them',
		}),
	),
	...notChecked.map(unseenFinding),
];

const likeness = {
	same: 'is loaded already',
	condition: 'has the condition of',
	threshold: 'compares the same with another number as',
	name: 'bears the name and the labels of',
} as const;

/** What a rule has to do with one that is there. */
export const thereText = ({rule, how, name, group}: ToldDesign['alreadyThere'][number]) =>
	how === 'same' ? `${rule} is loaded already, in the group ${group}` : `${rule} ${likeness[how]} ${name} in the group ${group}`;

/** How loud an alert would have been, in a line. */
export function noiseText({
	alert,
	labels: own,
	from,
	to,
	firings,
	pages,
	firingMinutes,
	longestMinutes,
	flapping,
}: ToldDesign['noise'][number]): string {
	const span = age(Date.parse(to) - Date.parse(from));
	const which = own.long === undefined ? alert : `${alert} over ${own.long}`;
	if (firings === 0) return `${which} would not have fired in the last ${span}`;
	const flaps = flapping > 0 ? `, ${count(flapping, 'time')} within an hour of the time before` : '';
	return `${which} would have fired ${count(firings, 'time')} in the last ${span}: ${count(pages, 'message')}, ${firingMinutes} minutes in all, ${longestMinutes} at most${flaps}`;
}

/** The design as a person reads it; the document alone where one was asked for, so that it can be saved. */
export function designText(told: ToldDesign, view: View): string {
	if (told.document !== undefined) return told.document.text.trimEnd();
	const {rules, tests, lints, alreadyThere, noise: loud, notChecked} = told;
	const lines = (text: string, lead = '  ') => textLines(lead, text, view);
	const section = (title: string, body: readonly string[]) => (body.length === 0 ? [] : ['', title, ...body]);
	const alerts = rules.filter(({kind}) => kind === 'alerting');
	return [
		...lines(`${count(alerts.length, 'alert')} about ${told.of}, by ${told.source}`, ''),
		...alerts.flatMap(({name, labels: own, for: held, expr, annotations}) => [
			'',
			...lines(
				`${name} (${[own.severity, own.long === undefined ? held : `over ${own.long}`].filter(Boolean).join(', ')}): ${annotations.summary ?? ''}`,
				'',
			),
			...lines(expr),
		]),
		...section(
			'Would have fired',
			loud.flatMap(each => lines(noiseText(each))),
		),
		...section(
			'Already there',
			alreadyThere.flatMap(each => lines(thereText(each))),
		),
		...section(
			'Lints',
			lintTexts(lints).flatMap(text => lines(text)),
		),
		...section(
			'Unit tests',
			[...tests.fire, ...tests.stayQuiet].flatMap(name => lines(name)),
		),
		...uncheckedLines(notChecked, view),
	].join('\n');
}
