import {expect, test} from 'vitest';
import {troubleOf} from '../../../../src/core/error.ts';
import {loki} from '../../../../src/mcp/monitoring/logs/loki.ts';
import type {LogPage} from '../../../../src/mcp/monitoring/logs/port.ts';
import {wireToScript} from '../../../support/monitoring-wire.ts';
import {respond} from '../../../support/scripted-server.ts';

const failure = async (asking: Promise<unknown>) => troubleOf(await asking.catch(error => error));
const success = (data: unknown) => ({status: 'success', data});
const time = {fromMs: 1000, toMs: 100_000};

type Kept = {readonly at: bigint; readonly pod: string; readonly text: string};

/** A Loki that holds these lines: its start belongs to a question, its end does not, and it answers streams, each in the asked order. */
async function holding(lines: readonly Kept[], bytes = 100) {
	const {wire, seen} = await wireToScript(
		({path, query}, response) => {
			if (path.endsWith('/labels')) return respond(response, success(['namespace', 'pod']));
			if (path.endsWith('/values')) return respond(response, success(['a', 'b']));
			if (path.endsWith('/stats')) return respond(response, {streams: 2, chunks: 3, entries: lines.length, bytes});
			if (query.query === '{')
				return response.writeHead(400, {'content-type': 'text/plain'}).end('parse error at line 1, col 2: syntax error');
			if (query.query?.startsWith('rate(') === true) return respond(response, success({resultType: 'matrix', result: []}));
			const [start, end] = [BigInt(query.start ?? 0), BigInt(query.end ?? 0)];
			const order = query.direction === 'forward' ? 1 : -1;
			const found = lines
				.filter(({at}) => at >= start && at < end)
				.toSorted((a, b) => (a.at < b.at ? -order : a.at > b.at ? order : 0))
				.slice(0, Number(query.limit));
			const pods = [...new Set(found.map(({pod}) => pod))];
			const result = pods.map(pod => ({
				stream: {pod},
				values: found.filter(line => line.pod === pod).map(({at, text}) => [String(at), text]),
			}));
			return respond(response, success({resultType: 'streams', result}));
		},
		{area: 'logs'},
	);
	return {port: loki(wire), seen};
}

const read = async (pages: AsyncIterable<LogPage>) => {
	const found: LogPage[] = [];
	for await (const page of pages) found.push(page);
	return found;
};

const at = (ms: number, nanoseconds = 0) => BigInt(ms) * 1_000_000n + BigInt(nanoseconds);
/** 2,500 lines of two pods; every tenth moment belongs to both. */
const many = Array.from({length: 2500}, (_, index) => ({
	at: at(2000 + Math.floor(index / 2) * 2, index % 10 === 0 ? 0 : index % 2),
	pod: index % 2 === 0 ? 'a' : 'b',
	text: `line ${index}`,
}));

test.each(['forward', 'backward'] as const)('reads %s page by page, no line twice, none left out', async direction => {
	const {port, seen} = await holding(many);
	const pages = await read(port.pages({query: '{namespace="shop"}', ...time, limit: 10_000, direction}));
	const lines = pages.flatMap(page => page.lines);
	expect(new Set(lines.map(({text}) => text)).size).toBe(2500);
	expect(lines).toHaveLength(2500);
	expect(pages.every(page => page.lines.length <= 1000 && !page.partial)).toBe(true);
	const order = lines.map(line => BigInt(line.at));
	const step = direction === 'forward' ? 1n : -1n;
	expect(order.every((moment, index) => index === 0 || (moment - (order[index - 1] ?? 0n)) * step >= 0n)).toBe(true);
	expect(seen.filter(({path}) => path.endsWith('query_range')).map(({query}) => query.direction)).toEqual(
		Array.from({length: 3}, () => direction),
	);
});

test('stops at the limit', async () => {
	const {port} = await holding(many);
	const pages = await read(port.pages({query: '{namespace="shop"}', ...time, limit: 1500, direction: 'forward'}));
	expect(pages.map(({lines}) => lines.length)).toEqual([1000, 500]);
});

test('more lines of one nanosecond than a page holds end it, and are told', async () => {
	const {port} = await holding(Array.from({length: 1500}, (_, index) => ({at: at(2000), pod: 'a', text: `line ${index}`})));
	const pages = await read(port.pages({query: '{a="b"}', ...time, limit: 5000, direction: 'forward'}));
	expect(pages.at(-1)?.partial).toBe(true);
	expect(new Set(pages.flatMap(({lines}) => lines.map(({text}) => text))).size).toBeGreaterThanOrEqual(1000);
});

test('the volume is asked first, of the streams alone, and too much is not read', async () => {
	const {port, seen} = await holding(many, 5 * 1024 ** 3);
	const question = {query: '{namespace="shop", pod=~"a}\\"|b"} |= "error" | json', ...time, limit: 10, direction: 'forward' as const};
	expect(await failure(read(port.pages(question)))).toMatchObject({
		code: 'too-much-log',
		what: 'test would read 5120 MiB, more than 2048 MiB',
	});
	expect(seen.map(({path, query}) => [path, query.query])).toEqual([['/loki/api/v1/index/stats', '{namespace="shop", pod=~"a}\\"|b"}']]);
});

test('nothing there is no page', async () => {
	const {port} = await holding([]);
	expect(await read(port.pages({query: '{a="b"}', ...time, limit: 10, direction: 'forward'}))).toEqual([]);
});

test.each([
	['no selector', 'error', 'it begins with no selector of streams, such as {namespace="shop"}'],
	['one that does not end', '{namespace="shop"', 'it begins with no selector of streams, such as {namespace="shop"}'],
])('%s is refused', async (_, query, quoted) => {
	const {port} = await holding(many);
	expect(await failure(read(port.pages({query, ...time, limit: 10, direction: 'forward'})))).toMatchObject({code: 'bad-log-query', quoted});
});

test('labels and their values are asked for in nanoseconds', async () => {
	const {port, seen} = await holding([]);
	expect([await port.labels(time), await port.labelValues('pod', time)]).toEqual([
		['namespace', 'pod'],
		['a', 'b'],
	]);
	expect(seen[0]?.query).toEqual({start: '1000000000', end: '100000000000'});
});
