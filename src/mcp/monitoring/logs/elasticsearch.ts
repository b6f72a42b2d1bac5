import * as z from 'zod';
import {isJsonObject, type Json, type JsonObject} from '../../../core/json.ts';
import {parsed} from '../http/read-as.ts';
import {wordsOf} from '../http/refused.ts';
import type {Asked, Wire} from '../http/wire.ts';
import type {Labels} from '../port.ts';
import {badLogQuery, tooMuchLog, usualBytes} from './log-trouble.ts';
import {closePoint, openPoint, type Point} from './point-in-time.ts';
import type {LogLine, LogPage, LogQuestion, Logs} from './port.ts';

type Where = {
	/** `logs-*`, `filebeat-8.*,app-*` */
	readonly index: string;
	/** `@timestamp` if left out. */
	readonly timeField?: string | undefined;
	/** Where the line stands; `message` if left out. */
	readonly textField?: string | undefined;
};

const countAnswer = z.object({count: z.number()});
const fieldsAnswer = z.object({fields: z.record(z.string(), z.unknown())});
const termsAnswer = z.object({
	aggregations: z.object({values: z.object({buckets: z.array(z.object({key: z.union([z.string(), z.number()])}))})}),
});
/** What came as JSON and is an object is JSON. */
const source = z.custom<JsonObject>(isJsonObject);
const sortKey = z.custom<Json>(value => value === null || ['string', 'number', 'boolean'].includes(typeof value));
const searchAnswer = z.object({
	pit_id: z.string().optional(),
	timed_out: z.boolean().default(false),
	_shards: z.object({failed: z.number().default(0)}).optional(),
	hits: z.object({
		hits: z.array(z.object({_id: z.string(), _index: z.string().default(''), _source: source.default({}), sort: z.array(sortKey)})),
	}),
});

const hitsOfPage = 1000;
const mostValues = 200;
/** A line of a log with its fields, as a rule: what `limit` lines may weigh is guessed by it, since the index knows no bytes of a query. */
const bytesOfHit = 1024;

/**
 * Elasticsearch and OpenSearch over `_search`, page after page by `search_after` on one point in time.
 * @see https://www.elastic.co/docs/reference/elasticsearch/rest-apis/paginate-search-results
 */
export function elasticsearch(wire: Wire, {index, timeField = '@timestamp', textField = 'message'}: Where): Logs {
	const {source: name} = wire.server;
	const at = `/${encodeURIComponent(index).replaceAll('%2C', ',').replaceAll('%2A', '*')}`;
	async function ask<Schema extends z.ZodType>(asked: Asked, schema: Schema, what: string, query = '*'): Promise<z.output<Schema>> {
		const reply = await wire.ask(asked);
		if (reply.status === 400) throw badLogQuery(name, query, reasonIn(reply.body) ?? wordsOf(reply));
		return parsed(wire, reply, schema, what);
	}
	const filter = ({query, fromMs, toMs}: Pick<LogQuestion, 'query' | 'fromMs' | 'toMs'>): JsonObject => ({
		bool: {
			filter: [
				{range: {[timeField]: {gte: fromMs, lt: toMs, format: 'epoch_millis'}}},
				...(query.trim() === '' ? [] : [{query_string: {query, default_field: textField}}]),
			],
		},
	});

	async function volume(question: Pick<LogQuestion, 'query' | 'fromMs' | 'toMs'>) {
		const body = {query: filter(question)};
		const {count} = await ask({method: 'POST', path: `${at}/_count`, body}, countAnswer, 'the number of lines', question.query);
		return {entries: count};
	}

	async function* pagesOf(question: LogQuestion, point: Point): AsyncGenerator<LogPage> {
		const order = question.direction === 'forward' ? 'asc' : 'desc';
		const sort: Json = [{[timeField]: {order, format: 'strict_date_optional_time_nanos'}}, {[point.tiebreak]: order}];
		let id = point.id;
		let after: readonly Json[] | undefined;
		for (let left = question.limit; left > 0; ) {
			const size = Math.min(hitsOfPage, left);
			const pit = {id, keep_alive: '1m'};
			const body = {
				size,
				pit,
				sort,
				query: filter(question),
				track_total_hits: false,
				...(after === undefined ? {} : {search_after: after}),
			};
			const answer = await ask({method: 'POST', path: '/_search', body}, searchAnswer, 'log lines', question.query);
			const {hits} = answer.hits;
			if (hits.length > 0) {
				const lines = hits.map(hit => lineOf(hit._source, {timeField, textField}));
				yield {lines, partial: answer.timed_out || (answer._shards?.failed ?? 0) > 0};
			}
			left -= hits.length;
			id = answer.pit_id ?? id;
			after = hits.at(-1)?.sort;
			if (hits.length < size) return;
		}
	}

	return {
		source: name,
		async labels() {
			const {fields} = await ask({path: `${at}/_field_caps`, parameters: {fields: '*'}}, fieldsAnswer, 'its fields');
			return Object.keys(fields).filter(field => !field.startsWith('_'));
		},
		async labelValues(field, time) {
			const body = {size: 0, query: filter({query: '', ...time}), aggs: {values: {terms: {field, size: mostValues}}}};
			const answer = await ask({method: 'POST', path: `${at}/_search`, body}, termsAnswer, 'values of a field', field);
			return answer.aggregations.values.buckets.map(({key}) => String(key));
		},
		volume,
		async *pages(question, mostBytes = usualBytes) {
			const {entries} = await volume(question);
			const bytes = Math.min(entries, question.limit) * bytesOfHit;
			if (bytes > mostBytes) throw tooMuchLog(name, question.query, bytes, mostBytes);
			const point = await openPoint(wire, at);
			try {
				yield* pagesOf(question, point);
			} finally {
				await closePoint(wire, point);
			}
		},
	};
}

/** What Elasticsearch says of a query that it cannot read: the reason of the root cause. */
function reasonIn(body: Json | undefined): string | undefined {
	const error = isJsonObject(body) ? body.error : undefined;
	const causes = isJsonObject(error) ? error.root_cause : undefined;
	const first: Json | undefined = Array.isArray(causes) ? causes[0] : undefined;
	return isJsonObject(first) && typeof first.reason === 'string' ? first.reason : undefined;
}

type Fields = {readonly timeField: string; readonly textField: string};

/** A field by its dotted name, which may stand so or in objects. */
function fieldOf(from: JsonObject, name: string): Json | undefined {
	if (from[name] !== undefined) return from[name];
	return name.split('.').reduce<Json | undefined>((value, part) => (isJsonObject(value) ? value[part] : undefined), from);
}

/** What tells where a line comes from, as Filebeat, Fluent Bit and the schema of Elastic name it. */
const origins = {
	namespace: ['kubernetes.namespace', 'kubernetes.namespace_name', 'k8s.namespace.name'],
	pod: ['kubernetes.pod.name', 'kubernetes.pod_name', 'k8s.pod.name'],
	container: ['kubernetes.container.name', 'kubernetes.container_name', 'k8s.container.name'],
	level: ['log.level', 'level', 'severity_text'],
} as const;

function lineOf(from: JsonObject, {timeField, textField}: Fields): LogLine {
	const written = String(fieldOf(from, timeField) ?? '');
	const atMs = /^\d+$/.test(written) ? Number(written) : Date.parse(written);
	const text = fieldOf(from, textField) ?? fieldOf(from, 'log');
	const labels: Labels = Object.fromEntries(
		Object.entries(origins).flatMap(([label, names]) => {
			const value = names.map(name => fieldOf(from, name)).find(found => typeof found === 'string');
			return typeof value === 'string' ? [[label, value]] : [];
		}),
	);
	return {atMs, at: nanosecondsOf(written, atMs), labels, text: typeof text === 'string' ? text : JSON.stringify(text ?? from)};
}

/** Digits behind the millisecond, where there are any. */
function nanosecondsOf(written: string, atMs: number): string {
	const [, fraction = ''] = /\.(\d+)/.exec(written) ?? [];
	return Number.isNaN(atMs) ? '0' : `${atMs}${fraction.slice(3, 9).padEnd(6, '0')}`;
}
