import * as z from 'zod';
import {parsed} from '../http/read-as.ts';
import {wordsOf} from '../http/refused.ts';
import type {Asked, Wire} from '../http/wire.ts';
import {badLogQuery, tooMuchLog, usualBytes} from './log-trouble.ts';
import type {LogPage, LogQuestion, Logs} from './port.ts';
import {selectorOf} from './selector-of.ts';

const namesAnswer = z.object({status: z.literal('success'), data: z.array(z.string()).nullish()});
const statsAnswer = z.object({streams: z.number(), entries: z.number(), bytes: z.number()});

/** Moment in nanoseconds, the line, and labels that belong to this line alone. */
const entry = z.tuple([z.string().regex(/^\d+$/), z.string()]).rest(z.unknown());
const streamsAnswer = z.object({
	status: z.literal('success'),
	warnings: z.array(z.string()).nullish(),
	data: z.object({
		resultType: z.literal('streams'),
		result: z.array(z.object({stream: z.record(z.string(), z.string()), values: z.array(entry)})),
	}),
});

/** Loki's own limit of one answer, `max_entries_limit_per_query`, unless its owner sets another. */
const linesOfPage = 1000;

const nano = (ms: number) => `${Math.round(ms)}000000`;

/**
 * Loki over its HTTP API.
 * @see https://grafana.com/docs/loki/latest/reference/loki-http-api/
 */
export function loki(wire: Wire): Logs {
	const {source} = wire.server;
	async function ask<Schema extends z.ZodType>(asked: Asked, schema: Schema, what: string, query = ''): Promise<z.output<Schema>> {
		const reply = await wire.ask({...asked, mayBeForm: true});
		if (reply.status === 400) throw badLogQuery(source, query, wordsOf(reply));
		return parsed(wire, reply, schema, what);
	}
	const between = ({fromMs, toMs}: {readonly fromMs: number; readonly toMs: number}) => ({start: nano(fromMs), end: nano(toMs)});

	async function volume({query, ...time}: Pick<LogQuestion, 'query' | 'fromMs' | 'toMs'>) {
		const selector = selectorOf(query);
		if (selector === undefined) throw badLogQuery(source, query, 'it begins with no selector of streams, such as {namespace="shop"}');
		return ask({path: '/loki/api/v1/index/stats', parameters: {query: selector, ...between(time)}}, statsAnswer, 'the volume', query);
	}

	return {
		source,
		async labels(time) {
			return (await ask({path: '/loki/api/v1/labels', parameters: between(time)}, namesAnswer, 'its labels')).data ?? [];
		},
		async labelValues(name, time) {
			const path = `/loki/api/v1/label/${encodeURIComponent(name)}/values`;
			return (await ask({path, parameters: between(time)}, namesAnswer, 'values of a label')).data ?? [];
		},
		volume,
		async *pages(question, mostBytes = usualBytes) {
			const {bytes} = await volume(question);
			if (bytes > mostBytes) throw tooMuchLog(source, question.query, bytes, mostBytes);
			yield* lokiPages(question, parameters =>
				ask({path: '/loki/api/v1/query_range', parameters}, streamsAnswer, 'log lines', question.query),
			);
		},
	};
}

type Streams = z.output<typeof streamsAnswer>;
type Line = LogPage['lines'][number];

/**
 * Pages by moment: the next begins where the last ended, and leaves out what was there. The start belongs to a question, its end does not.
 * More lines of one nanosecond than a page holds cannot be told apart, and end it, marked as partial.
 */
async function* lokiPages(
	{query, fromMs, toMs, limit, direction}: LogQuestion,
	ask: (parameters: {readonly [name: string]: string | number}) => Promise<Streams>,
): AsyncGenerator<LogPage> {
	const isForward = direction === 'forward';
	let [start, end] = [BigInt(nano(fromMs)), BigInt(nano(toMs))];
	let edge = new Set<string>();
	for (let left = limit; left > 0; ) {
		const size = Math.min(linesOfPage, left + edge.size);
		const answer = await ask({query, start: String(start), end: String(end), limit: size, direction});
		const found = linesOf(answer, isForward);
		const lines = found.filter(line => !edge.has(keyOf(line))).slice(0, left);
		const last = found.at(-1);
		const isStuck = found.length >= size && lines.length === 0;
		if (lines.length > 0 || isStuck) yield {lines, partial: isStuck || (answer.warnings ?? []).length > 0};
		left -= lines.length;
		if (last === undefined || found.length < size || isStuck) return;
		edge = new Set(found.filter(({at}) => at === last.at).map(keyOf));
		if (isForward) start = BigInt(last.at);
		else end = BigInt(last.at) + 1n;
	}
}

const keyOf = ({at, labels, text}: Line) => JSON.stringify([at, labels, text]);

function linesOf({data}: Streams, isForward: boolean): readonly Line[] {
	const lines = data.result.flatMap(({stream: labels, values}) =>
		values.map(([at, text]) => ({atMs: Number(BigInt(at) / 1_000_000n), at, labels, text})),
	);
	const order = (a: Line, b: Line) => a.at.length - b.at.length || (a.at < b.at ? -1 : a.at > b.at ? 1 : 0);
	return lines.toSorted(isForward ? order : (a, b) => order(b, a));
}
