import * as z from 'zod';
import {age} from '../../../core/text/age.ts';
import {count, someOf} from '../../../core/text/count.ts';
import {fence} from '../../../core/text/fence.ts';
import {condensed, sparkLine} from '../../../core/text/spark-line.ts';
import {textLines} from '../../../core/text/styled.ts';
import {textTable} from '../../../core/text/text-table.ts';
import {uncheckedLines} from '../../../core/text/unchecked-lines.ts';
import type {View} from '../../../core/tool.ts';
import {uncheckedSchema} from '../../../core/unchecked.ts';

const time = z.iso.datetime();

const actor = z.object({
	actor: z.string(),
	kind: z.enum(['control-plane', 'node', 'service-account', 'anonymous', 'person']),
	requests: z.number(),
	writes: z.number(),
	refused: z.number(),
	failed: z.number(),
	firstAt: time,
	lastAt: time,
	sources: z.array(z.string()),
	programs: z.array(z.string()),
});

const doing = z.object({
	at: time,
	actor: z.string(),
	verb: z.string(),
	resource: z.string(),
	namespace: z.string().optional(),
	times: z.number(),
});

export const auditSchema = z.object({
	source: z.string().optional(),
	/** Events that were read, and requests among those of the time. */
	events: z.number(),
	requests: z.number(),
	from: time.optional(),
	to: time.optional(),
	/** Those who were refused or wrote most first. */
	actors: z.array(actor),
	moreActors: z.number(),
	/** What was asked once or twice, the newest first. */
	rare: z.array(doing),
	/** What somebody asked for the first time in the last part of the time. */
	firsts: z.array(doing),
	firstsSince: time.optional(),
	/** Requests by hour. */
	hours: z.array(z.object({at: time, requests: z.number(), writes: z.number(), refused: z.number()})),
	notChecked: z.array(uncheckedSchema),
});
export type ToldAudit = z.output<typeof auditSchema>;

const mostHours = 24 * 90;

function hoursLines(hours: ToldAudit['hours'], view: View): readonly string[] {
	const [first, last] = [hours[0], hours.at(-1)];
	if (first === undefined || last === undefined || hours.length < 2) return [];
	const hourMs = 3_600_000;
	const by = new Map(hours.map(each => [Date.parse(each.at), each]));
	const span = (Date.parse(last.at) - Date.parse(first.at)) / hourMs + 1;
	// A log of years is no curve of hours.
	if (span > mostHours) return [];
	const line = (word: string, field: 'requests' | 'writes' | 'refused') => {
		const values = Array.from({length: span}, (_, index) => by.get(Date.parse(first.at) + index * hourMs)?.[field] ?? 0);
		const top = Math.max(...values);
		if (top === 0) return [];
		return textLines(
			`  ${word.padEnd(9)}`,
			`${sparkLine(condensed(values, Math.max(10, Math.min(60, view.width - 30))), {bottom: 0, top}, view.terminal)} up to ${top} an hour`,
			view,
		);
	};
	return [
		'',
		...textLines('', `By hour, from ${first.at} to ${last.at}`, view),
		...line('Requests', 'requests'),
		...line('Writes', 'writes'),
		...line('Refused', 'refused'),
	];
}

const doingTable = (rows: ToldAudit['rare'], view: View) =>
	textTable({
		headers: ['TIME', 'WHO', 'VERB', 'WHAT', 'NAMESPACE'],
		rows: rows.map(({at, actor: who, verb, resource, namespace}) => [
			view.terminal ? `${age(view.nowMs - Date.parse(at))} ago` : at,
			who,
			verb,
			resource,
			namespace ?? '',
		]),
		view,
	});

const actorTable = (actors: ToldAudit['actors'], view: View) =>
	textTable({
		headers: ['WHO', 'KIND', 'REQUESTS', 'WRITES', 'REFUSED', 'FROM', 'PROGRAMS'],
		rows: actors.map(({actor: who, kind, requests, writes, refused, sources, programs}) => [
			...[who || 'nobody', kind, requests, writes, refused],
			...[sources, programs].map(list => (view.terminal ? someOf(list, 2) : list.join(' '))),
		]),
		view,
	});

/** Who did what, from where; what is rare and new. Names of others stand in a fence. */
export function auditText(told: ToldAudit, view: View): string {
	const {source = 'no audit log', events, requests, from, to, actors, moreActors, rare, firsts, firstsSince, hours, notChecked} = told;
	const when = from === undefined || to === undefined ? '' : `, ${from} to ${to}`;
	const section = (title: string, body: string) => ['', ...textLines('', title, view), fence(`${title} of ${source}`, body)];
	return [
		...textLines(
			'',
			`${count(requests, 'request')} of ${count(actors.length + moreActors, 'actor')} in ${source} (${count(events, 'event')}${when})`,
			view,
		),
		...(actors.length === 0 ? [] : section('Who asked', actorTable(actors, view))),
		...(moreActors === 0 ? [] : [`${moreActors} more: --actors shows them`]),
		...(firsts.length === 0 ? [] : section(`Asked for the first time since ${firstsSince ?? ''}`, doingTable(firsts, view))),
		...(rare.length === 0 ? [] : section('Rare requests', doingTable(rare, view))),
		...hoursLines(hours, view),
		...uncheckedLines(notChecked, view),
	].join('\n');
}
