import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {leaksIn} from './canaries.ts';
import {comparisonText} from './comparison.ts';
import {injection, logLines, longLog} from './long-log.ts';
import {comparedPage} from './page.ts';
import {type Cost, type McpReport, type ServerResult, tokensOf} from './result.ts';
import {mcpServers} from './servers.ts';

const spread = (median: number) => ({median, min: median, max: median});
const cost = (tokens: number, more: Partial<Cost> = {}): Cost => ({
	calls: 1,
	tokens,
	textTokens: tokens / 2,
	ms: spread(tokens / 10),
	pods: 1000,
	unready: 10,
	tooLong: false,
	...more,
});
const server = (name: string, size: number, more: Partial<ServerResult> = {}): ServerResult => ({
	name,
	version: '1.0.0',
	era: '2026-07-28',
	connectMs: spread(200 / size),
	firstAnswerMs: spread(200 * size),
	readOnly: {tools: 3, described: 3, tokens: 100 * size},
	withChanges: {tools: 9, described: 9, tokens: 300 * size},
	costs: {list: cost(500 * size), 'list-all': cost(900 * size), log: cost(100 * size), 'log-all': cost(200 * size)},
	safety: {calls: 4, refused: [], leaks: [], escapes: 0, injections: 1, fenced: 1},
	...more,
});

const other = server('other', 4, {
	safety: {calls: 4, refused: [], leaks: [{what: 'a password', call: 'pods_get {}', readOnly: true}], escapes: 1, injections: 1, fenced: 0},
});
const report: McpReport = {
	date: '2026-11-27T09:00:00.000Z',
	machine: {cpu: 'Example', cores: 2, memoryGb: 8, kernel: 'Linux 6', busy: 1.21, node: 'v24.21.0', kubernetes: 'v1.36.3', mkcoa: '0.1.0'},
	runs: 9,
	servers: [server('mkcoa', 1), {...other, costs: {...other.costs, 'log-all': cost(1, {failure: 'ENOBUFS\nat once', tooLong: true})}}],
	asked: [],
};

test('every number stands beside mkcoa’s, and what it is not the best at is told', () => {
	const text = comparisonText(report);
	expect(text).toMatch(/^1,000 pods of one namespace: tokens +500 +2,000 \(4\.0 ×\)$/m);
	expect(text).toMatch(/^The log, all 100,000 lines: tokens +200 +error$/m);
	expect(text).toContain('mkcoa is not the best at: Start until connected: ms: other');
	expect(text).toContain('other, The log, all 100,000 lines: ENOBUFS at once');
	expect(comparedPage(report)).toContain('| a password | other | `pods_get {}` |');
});

test('the page in the docs is one that this made', () => {
	const page = readFileSync(new URL('../../../docs/mcp-compared.md', import.meta.url), 'utf8');
	const titles = comparisonText(report).match(/^(?:…|[A-Z1]).*?(?= {2})/gm) ?? [];
	expect(titles.filter(title => !page.includes(`| ${title} |`))).toEqual([]);
});

test('a canary is found plain, in JSON and in base64', () => {
	const canaries = {pin: 'Violet-otter', key: '-----BEGIN\nabc\n'};
	expect(leaksIn(JSON.stringify({a: 'Violet-otter', b: canaries.key}), canaries)).toEqual(['pin', 'key']);
	expect(leaksIn(Buffer.from(canaries.pin).toString('base64'), canaries)).toEqual(['pin (base64)']);
	expect(leaksIn('violet', canaries)).toEqual([]);
});

test('the log has its lines, and what is planted among the last fifty', () => {
	const log = longLog('Beige-marten-one');
	expect(log).toHaveLength(logLines);
	expect(log.slice(-50).join('\n')).toContain('Beige-marten-one');
	expect(log.slice(-50).join('\n')).toContain(injection);
});

test('tokens are characters of JSON by four, and each server is asked every question', () => {
	expect(tokensOf({text: 'abc'})).toBe(4);
	expect(mcpServers({crowd: 'load-00', namespace: 'shop'}).map(({name}) => name)).toEqual([
		'mkcoa',
		'kubernetes-mcp-server',
		'mcp-server-kubernetes',
	]);
});
