import * as z from 'zod';
import {refText} from '../../../core/kube/kube-object.ts';
import {refSchema} from '../../../core/kube/ref-schema.ts';
import {age} from '../../../core/text/age.ts';
import {count} from '../../../core/text/count.ts';
import {fence} from '../../../core/text/fence.ts';
import {textLines} from '../../../core/text/styled.ts';
import {textTable} from '../../../core/text/text-table.ts';
import {uncheckedLines} from '../../../core/text/unchecked-lines.ts';
import type {View} from '../../../core/tool.ts';

import {uncheckedSchema} from '../../../core/unchecked.ts';

const time = z.iso.datetime();

const levelNames = ['error', 'warning', 'info', 'debug'] as const;

const template = z.object({
	/** Its words, `<*>` where they vary. */
	template: z.string(),
	count: z.number(),
	/** Part of all records, 0 to 1. */
	share: z.number(),
	/** The worst that a hundredth of its records have. */
	level: z.enum(levelNames).optional(),
	/** The part of its records that each level has, 0 to 1. An answer with a status of 5xx is an error, one of 4xx a warning. */
	levels: z.partialRecord(z.enum(levelNames), z.number()),
	/** First seen after the version began that runs now. */
	isNew: z.boolean(),
	isRare: z.boolean(),
	firstAt: time.optional(),
	lastAt: time.optional(),
	/** Times in which it came far more often than else, the oldest first. */
	bursts: z.array(z.object({from: time, until: time, count: z.number()})),
	/** The newest line, as it was written. */
	example: z.string(),
	/** Lines of stack traces below its records. */
	traceLines: z.number(),
});

export const logsSchema = z.object({
	context: z.string(),
	/** Where the lines come from: a store of logs, or the pods themselves if left out. */
	source: z.string().optional(),
	target: refSchema.optional(),
	since: time,
	lines: z.number(),
	records: z.number(),
	/** Containers, or streams of the store. */
	containers: z.number(),
	/** When the version that runs now began. */
	rolledOutAt: time.optional(),
	/** Of the records that tell a level, 0 to 1. */
	errorShare: z.number().optional(),
	/** Those that matter most first: new ones and errors, bursts, then by count. */
	templates: z.array(template),
	leftOut: z.number(),
	notChecked: z.array(uncheckedSchema),
});
export type ToldLogs = z.output<typeof logsSchema>;
type ToldTemplate = ToldLogs['templates'][number];

const percent = (share: number) => `${Number((share * 100).toPrecision(2))} %`;
/** `error`, or `error 3 %, info 97 %` where its records are of several levels, or some of none. */
function levelText(levels: ToldTemplate['levels']): string {
	const told = levelNames.flatMap(name => (levels[name] === undefined ? [] : [{name, share: levels[name]}]));
	const [only] = told;
	return told.length === 1 && only?.share === 1 ? only.name : told.map(({name, share}) => `${name} ${percent(share)}`).join(', ');
}

const signs = {error: '✗', warning: '!', info: '-', debug: '-'} as const;

/** What sets it apart, in words. */
function traits({isNew, isRare, bursts, traceLines}: ToldTemplate, {nowMs}: View): string {
	const last = bursts.at(-1);
	return [
		...(isNew ? ['new since the rollout'] : []),
		...(isRare ? ['rare'] : []),
		...(last === undefined
			? []
			: [`${count(bursts.length, 'burst')}, the last of ${last.count} lines ${age(nowMs - Date.parse(last.until))} ago`]),
		...(traceLines > 0 ? [`${count(traceLines, 'line')} of stack traces`] : []),
	].join('; ');
}

function templateLines(told: ToldTemplate, view: View): readonly string[] {
	const {template: words, count: lines, share, level, levels, firstAt, lastAt} = told;
	const ago = (iso: string | undefined) => (iso === undefined ? undefined : age(view.nowMs - Date.parse(iso)));
	const [first, last] = [ago(firstAt), ago(lastAt)];
	const when = first === undefined || last === undefined ? '' : first === last ? `, ${first} ago` : `, ${first} to ${last} ago`;
	const [rest, said] = [traits(told, view), levelText(levels)];
	return [
		...textLines(
			`${signs[level ?? 'info']} `,
			`${lines} × (${percent(share)})${said === '' ? '' : ` ${said}`}${when}${rest === '' ? '' : `: ${rest}`}`,
			view,
		),
		...textLines('    ', words, view),
	];
}

const pipeLines = ({templates}: ToldLogs, view: View) =>
	textTable({
		headers: ['COUNT', 'SHARE', 'LEVEL', 'NEW', 'RARE', 'FIRST', 'LAST', 'BURSTS', 'TEMPLATE', 'LEVELS'],
		rows: templates.map(({count: lines, share, level, isNew, isRare, firstAt, lastAt, bursts, template: words, levels}) => [
			lines,
			share,
			level ?? '',
			...[isNew, isRare].map(is => (is ? 'yes' : 'no')),
			firstAt ?? '',
			lastAt ?? '',
			bursts.length,
			words,
			levelText(levels),
		]),
		view,
	});

/** What was said, the most telling first; the words of the logs stand in a fence. */
export function logsText(told: ToldLogs, view: View): string {
	const {source, target, context, lines, containers, since, templates, leftOut, errorShare, rolledOutAt, notChecked} = told;
	const whose = source ?? (target === undefined ? 'nobody' : refText(target));
	const places = count(containers, source === undefined ? 'container' : 'stream');
	const shapes = templates.length + leftOut;
	const head = `${whose} in ${context}: ${count(lines, 'line')} of ${places} since ${age(view.nowMs - Date.parse(since))} ago, ${count(shapes, 'shape')}`;
	const errors = errorShare === undefined ? [] : [`${percent(errorShare)} of what tells a level are errors`];
	const rollout = rolledOutAt === undefined ? [] : [`its version began ${age(view.nowMs - Date.parse(rolledOutAt))} ago`];
	const body = view.terminal ? templates.flatMap(each => templateLines(each, view)).join('\n') : pipeLines(told, view);
	return [
		...textLines('', [head, ...errors, ...rollout].join('; '), view),
		...(templates.length === 0 ? [] : ['', fence(`shapes of log lines of ${whose}`, body)]),
		...(leftOut === 0 ? [] : [`${leftOut} more shapes: --shapes shows more`]),
		...uncheckedLines(notChecked, view),
	].join('\n');
}
