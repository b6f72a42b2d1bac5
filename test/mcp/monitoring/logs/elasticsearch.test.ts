import {expect, test} from 'vitest';
import {troubleOf} from '../../../../src/core/error.ts';
import {elasticsearch} from '../../../../src/mcp/monitoring/logs/elasticsearch.ts';
import type {LogPage} from '../../../../src/mcp/monitoring/logs/port.ts';
import {wireToScript} from '../../../support/monitoring-wire.ts';
import {respond} from '../../../support/scripted-server.ts';

const failure = async (asking: Promise<unknown>) => troubleOf(await asking.catch(error => error));
const time = {fromMs: 0, toMs: 100_000};
const question = {query: 'level:error', ...time, limit: 10_000, direction: 'forward' as const};

/** One of the two servers, with so many lines, three to a moment. It knows its own points in time alone, and refuses the other's. */
async function holding(total: number, kind: 'elasticsearch' | 'opensearch', failed = 0) {
	const open = new Set<string>();
	const documents = Array.from({length: total}, (_, index) => ({
		_id: `d${index}`,
		_index: 'logs-1',
		_source: {
			'@timestamp': new Date(Math.floor(index / 3) * 7).toISOString().replace('Z', '123456Z'),
			message: `line ${index}`,
			kubernetes: {namespace: 'shop', pod: {name: 'web-1'}},
		},
		sort: [new Date(Math.floor(index / 3) * 7).toISOString(), index],
	}));
	const isElastic = kind === 'elasticsearch';
	const {wire, seen} = await wireToScript(
		({method, path, body}, response) => {
			const given = body === '' ? {} : JSON.parse(body);
			if (path === '/logs-*,app-1/_count') return respond(response, {count: total, _shards: {total: 1, successful: 1, failed: 0}});
			if (path === (isElastic ? '/logs-*,app-1/_pit' : '/logs-*,app-1/_search/point_in_time')) {
				open.add('p1');
				return respond(response, isElastic ? {id: 'p1'} : {pit_id: 'p1', creation_time: 1});
			}
			if (path === (isElastic ? '/_pit' : '/_search/point_in_time') && method === 'DELETE') {
				const ids: unknown[] = [given.id, given.pit_id].flat();
				return respond(response, {succeeded: ids.some(id => open.delete(String(id)))});
			}
			if (path === '/_search') {
				const tiebreak = Object.keys(given.sort[1])[0];
				if (!open.has(given.pit.id) || tiebreak !== (isElastic ? '_shard_doc' : '_id'))
					return respond(response, {error: {root_cause: [{type: 'x', reason: 'No search context found'}]}, status: 404}, 404);
				if (given.query.bool.filter[1].query_string.query === '(')
					return respond(
						response,
						{error: {root_cause: [{type: 'parse_exception', reason: 'Failed to parse query [(]'}]}, status: 400},
						400,
					);
				const start = given.search_after === undefined ? 0 : given.search_after[1] + 1;
				return respond(response, {
					...{timed_out: false, _shards: {total: 2, successful: 2 - failed, failed}, pit_id: 'p1'},
					hits: {hits: documents.slice(start, start + given.size)},
				});
			}
			if (path.endsWith('/_field_caps')) return respond(response, {indices: ['logs-1'], fields: {_id: {}, message: {}, level: {}}});
			if (path === '/logs-*,app-1/_search')
				return respond(response, {
					hits: {hits: []},
					aggregations: {
						values: {
							buckets: [
								{key: 'error', doc_count: 2},
								{key: 7, doc_count: 1},
							],
						},
					},
				});
			return respond(response, {error: 'no handler found for uri', status: 400}, 400);
		},
		{area: 'logs'},
	);
	return {port: elasticsearch(wire, {index: 'logs-*,app-1'}), seen, open};
}

const read = async (pages: AsyncIterable<LogPage>) => {
	const found: LogPage[] = [];
	for await (const page of pages) found.push(page);
	return found;
};

test.each(['elasticsearch', 'opensearch'] as const)('%s: reads page after page on one point in time, and closes it', async kind => {
	const {port, open} = await holding(2500, kind);
	const pages = await read(port.pages(question));
	expect(pages.map(({lines, partial}) => [lines.length, partial])).toEqual([
		[1000, false],
		[1000, false],
		[500, false],
	]);
	const lines = pages.flatMap(page => page.lines);
	expect(new Set(lines.map(({text}) => text)).size).toBe(2500);
	expect(lines[3]).toEqual({atMs: 7, at: '7123456', labels: {namespace: 'shop', pod: 'web-1'}, text: 'line 3'});
	expect([...open]).toEqual([]);
});

test('whoever stops reading closes it too', async () => {
	const {port, open} = await holding(2500, 'elasticsearch');
	for await (const _ of port.pages(question)) break;
	expect([...open]).toEqual([]);
});

test('shards that failed are told', async () => {
	const {port} = await holding(2, 'elasticsearch', 1);
	expect((await read(port.pages(question))).map(({partial}) => partial)).toEqual([true]);
});

test('a query that it cannot read is told in its words', async () => {
	const {port, open} = await holding(10, 'elasticsearch');
	expect(await failure(read(port.pages({...question, query: '('})))).toMatchObject({
		code: 'bad-log-query',
		quoted: 'Failed to parse query [(]',
	});
	expect([...open]).toEqual([]);
});

test('the number of lines is asked first, and too many are not read', async () => {
	const {port, seen} = await holding(2500, 'elasticsearch');
	expect(await failure(read(port.pages({...question, limit: 10_000_000}, 1024)))).toMatchObject({code: 'too-much-log'});
	expect(seen.map(({path}) => path)).toEqual(['/logs-*,app-1/_count']);
});

test('fields are its labels, and values are counted by it', async () => {
	const {port} = await holding(0, 'elasticsearch');
	expect([await port.labels(time), await port.labelValues('level', time)]).toEqual([
		['message', 'level'],
		['error', '7'],
	]);
	expect(await read(port.pages(question))).toEqual([]);
});
