import {expect, test} from 'vitest';
import {troubleOf} from '../../../../src/core/error.ts';
import {prometheusServer} from '../../../../src/mcp/monitoring/prometheus/prometheus-server.ts';
import {wireToScript} from '../../../support/monitoring-wire.ts';
import {respond, type Seen} from '../../../support/scripted-server.ts';

const failure = async (asking: Promise<unknown>) => troubleOf(await asking.catch(error => error));
const success = (data: unknown, more: object = {}) => ({status: 'success', data, ...more});
const vector = (result: readonly unknown[], more: object = {}) => success({resultType: 'vector', result}, more);
const refusal = (error: string) => ({status: 'error', errorType: 'bad_data', error});

/** A metrics server with `series` series of every expression, which answers ranges by `matrix`. */
async function serving(
	series: number,
	matrix: (seen: Seen) => unknown = () => success({resultType: 'matrix', result: []}),
	more: object = {},
) {
	const {wire, seen} = await wireToScript((asked, response) => {
		const {path, query} = asked;
		if (path === '/api/v1/query_range') return respond(response, matrix(asked));
		const isCount = query.query?.startsWith('count(') === true;
		if (isCount) return respond(response, vector(series === 0 ? [] : [{metric: {}, value: [1, String(series)]}]));
		const limit = Number(query.limit ?? series);
		const result = Array.from({length: Math.min(series, limit)}, (_, index) => ({metric: {pod: `p${index}`}, value: [1, '1']}));
		return respond(response, vector(result, more));
	});
	return {metrics: prometheusServer(wire), seen};
}

const hour = {fromMs: 0, toMs: 3_600_000, stepMs: 60_000};

test('more series than are read are counted and refused before they are asked for', async () => {
	const {metrics, seen} = await serving(12_345);
	for (const asking of [() => metrics.range('up', hour), () => metrics.instant('up')])
		expect(await failure(asking())).toMatchObject({
			...{kind: 'usage', code: 'too-many-series', what: 'The query has 12345 series, more than 500'},
			next: expect.stringContaining('sum by'),
		});
	expect(seen.map(({query}) => query.query)).toEqual(['count(up\n)', 'count(up\n)', 'count(up\n)']);
});

test('or cut, and the cut is said', async () => {
	const {metrics, seen} = await serving(30);
	const {value, cut} = await metrics.instant('up', {bound: {most: 10, beyond: 'cut'}});
	expect([value.length, cut]).toEqual([10, {shown: 10, of: 30}]);
	expect(seen.at(-1)?.query.limit).toBe('10');
});

test('of a range that is cut those series are asked for that are largest at its end', async () => {
	const {metrics, seen} = await serving(30, () => success({resultType: 'matrix', result: [{metric: {pod: 'p3'}, values: [[0, '1']]}]}));
	const {cut} = await metrics.range('up', hour, {most: 1, beyond: 'cut'});
	expect(cut).toEqual({shown: 1, of: 30});
	expect(seen.at(-1)?.query.query).toBe('(up\n) and topk(1, last_over_time((up\n)[60000ms:60000ms] @ 3600))');
});

test('many series come in pieces that are small enough to be read', async () => {
	const {metrics, seen} = await serving(500);
	await metrics.range('up', {fromMs: 0, toMs: 1000 * 60_000, stepMs: 60_000});
	const pieces = seen.filter(({path}) => path.endsWith('/query_range')).map(({query: {start, end}}) => [Number(start), Number(end)]);
	expect(pieces).toEqual([
		[0, 599 * 60],
		[600 * 60, 1000 * 60],
	]);
});

test('where the bound is infinite nobody counts first', async () => {
	const {metrics, seen} = await serving(700);
	expect((await metrics.instant('up', {bound: {most: Number.POSITIVE_INFINITY, beyond: 'refuse'}})).value).toHaveLength(700);
	expect(seen.map(({query}) => [query.query, query.limit])).toEqual([['up', undefined]]);
});

test('a server that knows no limit is cut here, and one that answers more than it counted is refused', async () => {
	const result = Array.from({length: 30}, (_, index) => ({metric: {pod: `p${index}`}, values: [[1, '1']]}));
	const {metrics} = await serving(5, () => success({resultType: 'matrix', result}));
	const {value, cut} = await metrics.range('up', hour, {most: 10, beyond: 'cut'});
	expect([value.length, cut]).toEqual([10, {shown: 10, of: 30}]);
	expect(await failure(metrics.range('up', hour, {most: 10, beyond: 'refuse'}))).toMatchObject({code: 'too-many-series'});
});

test('points out of order come in order, each moment once; NaN and infinite ones stay, and where there was none there is none', async () => {
	const values = [
		[120, '3'],
		[0, '1'],
		[60, 'NaN'],
		[120, '+Inf'],
	];
	const {metrics} = await serving(1, () => success({resultType: 'matrix', result: [{metric: {a: 'b'}, values}]}));
	expect((await metrics.range('up', {...hour, toMs: 240_000})).value).toEqual([
		{
			labels: {a: 'b'},
			points: [
				{atMs: 0, value: 1},
				{atMs: 60_000, value: Number.NaN},
				{atMs: 120_000, value: Number.POSITIVE_INFINITY},
			],
		},
	]);
});

test('nothing there is an empty answer', async () => {
	const {metrics} = await serving(0);
	const nothing = {value: [], warnings: [], infos: [], partial: false, cut: undefined};
	expect(await metrics.instant('absent_metric')).toEqual(nothing);
	expect(await metrics.range('absent_metric', hour)).toEqual(nothing);
});

test.each([
	['a store that is away', {warnings: ['No StoreAPIs matched for this query']}, true],
	['a part that is away', {isPartial: true}, true],
	[
		'a remark on the query',
		{warnings: ['PromQL warning: bucket label "le" is missing'], infos: ['PromQL info: metric might not be a counter']},
		false,
	],
	['nothing', {warnings: null, infos: []}, false],
])('%s is passed on and marked: %j', async (_, more, partial) => {
	const {metrics, seen} = await serving(1, undefined, more);
	const answer = await metrics.instant('up');
	expect(answer.partial).toBe(partial);
	const said: {readonly warnings?: readonly string[] | null; readonly infos?: readonly string[]; readonly isPartial?: boolean} = more;
	expect([...answer.warnings, ...answer.infos]).toEqual([...(said.warnings ?? []), ...(said.infos ?? [])]);
	expect(seen.at(-1)?.query.partial_response).toBe('true');
});

test('warnings hold nothing that a terminal obeys', async () => {
	const {metrics} = await serving(1, undefined, {warnings: ['PromQL warning: \u001b[2Jgone\nnext']});
	expect((await metrics.instant('up')).warnings).toEqual(['PromQL warning: gone next']);
});

test('a number is no series, and is answered as one sample', async () => {
	const {wire} = await wireToScript(({query}, response) =>
		query.query?.startsWith('count(') === true
			? respond(response, refusal('expected type instant vector in aggregation expression, got scalar'), 400)
			: respond(response, success({resultType: 'scalar', result: [5, '42']})),
	);
	expect((await prometheusServer(wire).instant('42')).value).toEqual([{labels: {}, value: 42, atMs: 5000}]);
});

test('a query that takes too long is told in the words of the server', async () => {
	const error = {status: 'error', errorType: 'timeout', error: 'query timed out in expression evaluation'};
	const {wire} = await wireToScript((_, response) => respond(response, error, 503));
	expect(await failure(prometheusServer(wire).instant('up'))).toMatchObject({
		code: 'bad-query',
		quoted: expect.stringContaining('timed out'),
	});
});

test('label names and values are asked for by selectors, with a limit that is told', async () => {
	const {wire, seen} = await wireToScript((_, response) => respond(response, success(['a', 'b', 'c'])));
	const metrics = prometheusServer(wire);
	expect(await metrics.labelNames({selectors: ['up'], fromMs: 1000, toMs: 2000, limit: 2})).toMatchObject({
		value: ['a', 'b'],
		cut: {shown: 2, of: 3},
	});
	expect(await metrics.labelValues('job')).toMatchObject({value: ['a', 'b', 'c'], cut: undefined});
	await metrics.labelValues('service.name');
	expect(seen.map(({path}) => path)).toEqual(['/api/v1/labels', '/api/v1/label/job/values', '/api/v1/label/U__service_2e_name/values']);
	expect(seen[0]?.query).toMatchObject({'match[]': 'up', start: '1', end: '2', limit: '2'});
});

test.each([
	['prometheus', {version: '3.16.0', revision: 'abc', branch: 'HEAD'}, 404],
	['thanos', {version: '0.41.0', revision: 'abc', branch: 'HEAD'}, 200],
	['mimir', {application: 'Grafana Mimir', version: '3.0.0', revision: 'abc', branch: 'main'}, 404],
	['victoriametrics', {version: '2.24.0'}, 404],
	// Release 1.79 answers an object without anything in it.
	['victoriametrics', {}, 404],
])('knows %s by how it names itself', async (kind, info, stores) => {
	const {wire} = await wireToScript(({path}, response) =>
		path.endsWith('/buildinfo') ? respond(response, success(info)) : respond(response, stores === 200 ? success({query: []}) : {}, stores),
	);
	expect(await prometheusServer(wire).flavour()).toEqual({kind, version: 'version' in info ? info.version : ''});
});

test('what tells no version is unknown', async () => {
	const {wire} = await wireToScript((_, response) => respond(response, {}, 404));
	expect(await prometheusServer(wire).flavour()).toEqual({kind: 'unknown', version: ''});
});
