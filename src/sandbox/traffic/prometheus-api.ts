import type {Clock} from '../../core/clock.ts';
import type {Json} from '../../core/json.ts';
import {oncePerObject} from '../../core/once-per-object.ts';
import type {HookAnswer} from '../machine.ts';
import {numberText} from './number-text.ts';
import {evaluate} from './promql/evaluate.ts';
import {labelsKey} from './promql/labels.ts';
import {durationMs} from './promql/lexer.ts';
import {parseQuery} from './promql/parser.ts';
import {matching} from './promql/select.ts';
import {type Element, QueryError, type Selector, type Value} from './promql/syntax.ts';
import type {Labels, Series, SeriesSource} from './series.ts';

type World = {readonly source: SeriesSource; readonly clock: Clock};
type Answer = (world: World, parameters: URLSearchParams, name: string) => Json;

/** Prometheus refuses ranges with more points than this. */
const maxPoints = 11_000;

const routes: readonly (readonly [RegExp, Answer])[] = [
	[/^\/api\/v1\/query$/, instant],
	[/^\/api\/v1\/query_range$/, range],
	[/^\/api\/v1\/labels$/, (world, parameters) => [...new Set(chosen(world, parameters).flatMap(({labels}) => Object.keys(labels)))].sort()],
	[/^\/api\/v1\/label\/([^/]+)\/values$/, labelValues],
	[/^\/api\/v1\/series$/, series],
	[/^\/api\/v1\/metadata$/, () => ({})],
	[
		/^\/api\/v1\/status\/buildinfo$/,
		() => ({version: '3.5.0', revision: 'embedded', branch: 'HEAD', buildUser: '', buildDate: '', goVersion: ''}),
	],
	[/^\/api\/v1\/(rules|alerts)$/, (_, __, name) => (name === 'rules' ? {groups: []} : {alerts: []})],
	[/^\/api\/v1\/targets$/, () => ({activeTargets: [], droppedTargets: [], droppedTargetCounts: {}})],
];

/**
 * The Prometheus HTTP API over simulated series. Parameters come from the query string and, of a POST, from the form in the body.
 * It has no pages: all other paths are not found.
 */
export function prometheusAnswer(world: World, path: string, query: URLSearchParams, body: string): HookAnswer {
	const [, state] = /^\/-\/(healthy|ready)$/.exec(path) ?? [];
	if (state !== undefined) return plain(200, `Prometheus Server is ${state === 'ready' ? 'Ready' : 'Healthy'}.\n`);
	const parameters = new URLSearchParams([...query, ...new URLSearchParams(body)]);
	for (const [pattern, answer] of routes) {
		const name = pattern.exec(path);
		if (name !== null) return answered(() => answer(world, parameters, name[1] ?? ''));
	}
	return plain(404, '404 page not found\n');
}

const plain = (status: number, body: string): HookAnswer => ({status, contentType: 'text/plain; charset=utf-8', body});
const json = (status: number, body: Json): HookAnswer => ({status, contentType: 'application/json', body: JSON.stringify(body)});

function answered(compute: () => Json): HookAnswer {
	try {
		return json(200, {status: 'success', data: compute()});
	} catch (error) {
		if (!(error instanceof QueryError)) throw error;
		const parse = error.stage === 'parse';
		return json(parse ? 400 : 422, {status: 'error', errorType: parse ? 'bad_data' : 'execution', error: error.message});
	}
}

function instant({source, clock}: World, parameters: URLSearchParams): Json {
	const atMs = timeOf(parameters, 'time', clock.now());
	checkTimeout(parameters);
	const value = asParameter('query', () => evaluate(queryOf(parameters), atMs, selector => matching(selector, source)));
	return {resultType: value.kind, result: instantResult(value, atMs)};
}

function instantResult(value: Value, atMs: number): Json {
	const seconds = atMs / 1000;
	if (value.kind === 'scalar') return [seconds, numberText(value.value)];
	if (value.kind === 'vector') return value.elements.map(({labels, value}) => ({metric: labels, value: [seconds, numberText(value)]}));
	return value.ranges.map(({labels, samples}) => ({metric: labels, values: samples.map(({ms, value}) => [ms / 1000, numberText(value)])}));
}

function range({source, clock}: World, parameters: URLSearchParams): Json {
	const start = timeOf(parameters, 'start', undefined);
	const end = timeOf(parameters, 'end', clock.now());
	const step = stepOf(parameters);
	if (end < start) throw new QueryError('invalid parameter "end": end timestamp must not be before start time');
	if ((end - start) / step > maxPoints) {
		throw new QueryError('exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)');
	}
	checkTimeout(parameters);
	const expression = asParameter('query', () => queryOf(parameters));
	const found = oncePerObject((selector: Selector) => matching(selector, source));
	const rows = new Map<string, {metric: Labels; values: [number, string][]}>();
	for (let ms = start; ms <= end; ms += step)
		addPoint(
			rows,
			asParameter('query', () => evaluate(expression, ms, found)),
			ms,
		);
	const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
	return {resultType: 'matrix', result: sorted.map(([, row]) => row)};
}

function addPoint(rows: Map<string, {metric: Labels; values: [number, string][]}>, value: Value, ms: number) {
	if (value.kind === 'matrix')
		throw new QueryError(
			'invalid parameter "query": invalid expression type "range vector" for range query, must be Scalar or instant Vector',
		);
	const elements: readonly Element[] = value.kind === 'scalar' ? [{labels: {}, value: value.value}] : value.elements;
	for (const {labels, value} of elements) {
		const key = labelsKey(labels);
		const row = rows.get(key) ?? {metric: labels, values: []};
		row.values.push([ms / 1000, numberText(value)]);
		rows.set(key, row);
	}
}

function labelValues(world: World, parameters: URLSearchParams, name: string): Json {
	const values = chosen(world, parameters).map(({labels}) => labels[decodeURIComponent(name)] ?? '');
	return [...new Set(values)].filter(value => value !== '').sort();
}

function series(world: World, parameters: URLSearchParams): Json {
	if (!parameters.has('match[]')) throw new QueryError('no match[] parameter provided');
	return chosen(world, parameters).map(({labels}) => labels);
}

/** The series that `match[]` names, or all. */
function chosen({source}: World, parameters: URLSearchParams): readonly Series[] {
	const matches = parameters.getAll('match[]');
	if (matches.length === 0) return source(() => true);
	const found = matches.flatMap(text => {
		const selector = asParameter('match[]', () => parseQuery(text));
		if (selector.kind !== 'selector') throw new QueryError('invalid parameter "match[]": not a series selector');
		return matching(selector, source);
	});
	return [...new Set(found)];
}

const queryOf = (parameters: URLSearchParams) => parseQuery(parameters.get('query') ?? '');

/** Says in a refusal which parameter is wrong. What the data make impossible is no fault of the query. */
function asParameter<Answer>(parameter: string, compute: () => Answer): Answer {
	try {
		return compute();
	} catch (error) {
		if (!(error instanceof QueryError) || error.stage === 'execution') throw error;
		throw new QueryError(`invalid parameter "${parameter}": ${error.message}`);
	}
}

/** Unix seconds, with a fraction or not, or RFC 3339. */
function timeOf(parameters: URLSearchParams, name: string, fallback: number | undefined): number {
	const text = parameters.get(name);
	if (text === null && fallback !== undefined) return fallback;
	const seconds = Number(text);
	const ms = text !== null && text !== '' && Number.isFinite(seconds) ? seconds * 1000 : Date.parse(text ?? '');
	if (Number.isNaN(ms))
		throw new QueryError(
			`invalid parameter "${name}": ${name === 'time' ? "invalid time value for 'time': " : ''}cannot parse ${JSON.stringify(text ?? '')} to a valid timestamp`,
		);
	return ms;
}

/** Nothing takes long here, but a time-out that cannot be meant is refused. */
function checkTimeout(parameters: URLSearchParams): void {
	const text = parameters.get('timeout');
	if (text === null || durationMs(text) > 0 || Number(text) > 0) return;
	throw new QueryError(`invalid parameter "timeout": cannot parse ${JSON.stringify(text)} to a valid duration`);
}

function stepOf(parameters: URLSearchParams): number {
	const text = parameters.get('step') ?? '';
	const ms = /^[\d.]+$/.test(text) ? Number(text) * 1000 : durationMs(text);
	if (ms > 0) return ms;
	throw new QueryError(
		text === '' || (durationMs(text) === 0 && !/^[\d.]+$/.test(text))
			? `invalid parameter "step": cannot parse ${JSON.stringify(text)} to a valid duration`
			: 'invalid parameter "step": zero or negative query resolution step widths are not accepted. Try a positive integer',
	);
}
