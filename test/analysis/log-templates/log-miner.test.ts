import {expect, test} from 'vitest';
import {finalTally} from '../../../src/analysis/log-templates/final-tally.ts';
import {logMiner} from '../../../src/analysis/log-templates/log-miner.ts';
import {errorShare, newSince, rareTemplates} from '../../../src/analysis/log-templates/notable-templates.ts';
import {linesOf, writtenSystems} from './written-systems.ts';

/** The templates of lines of one source. */
function mine(lines: readonly string[], capacity?: number) {
	const miner = logMiner(capacity === undefined ? {} : {capacity});
	const source = miner.source();
	for (const line of lines) source.add(line);
	return miner.templates();
}

test.each(Object.entries(writtenSystems))('finds the statements of %s by itself', (_name, system) => {
	const lines = linesOf(system, 2000, 7);
	const statements = new Map<unknown, Set<string>>();
	const tallies: unknown[] = [];
	const miner = logMiner({told: tally => tallies.push(tally)});
	const source = miner.source();
	for (const {text} of lines) source.add(text);
	const {templates} = miner.templates();
	expect(tallies).toHaveLength(lines.length);
	for (const [index, tally] of tallies.entries()) {
		const final = finalTally(tally as Parameters<typeof finalTally>[0]);
		statements.set(final, (statements.get(final) ?? new Set()).add(lines[index]?.statement ?? ''));
	}
	// No template mixes two statements, and hardly one is divided.
	expect([...statements.values()].filter(({size}) => size > 1)).toEqual([]);
	expect(templates.length - new Set(lines.map(({statement}) => statement)).size).toBeLessThanOrEqual(1);
});

test('tells of each template what a person asks', () => {
	const at = (second: number) => `2026-03-01T10:00:${String(second).padStart(2, '0')}Z`;
	const lines = [
		...Array.from({length: 50}, (_, index) => `${at(index)} INFO web: served /cart/${index} in ${index} ms`),
		`${at(55)} ERROR web: cannot reach 10.0.0.7:5432`,
	];
	const mined = mine(lines);
	expect(mined).toMatchObject({records: 51, errors: 1, levelled: 51, forgotten: {templates: 0, lines: 0}});
	expect(mined.templates).toEqual([
		{
			template: 'served <*> in <*>',
			variables: [1, 3],
			count: 50,
			share: 50 / 51,
			first: lines[0],
			last: lines[49],
			firstMs: Date.parse(at(0)),
			lastMs: Date.parse(at(49)),
			moreLines: 0,
			level: 'info',
			levels: {info: 1},
			bursts: [],
		},
		expect.objectContaining({template: 'cannot reach <*>', count: 1, level: 'error', levels: {error: 1}}),
	]);
	expect(errorShare(mined)).toBeCloseTo(1 / 51);
	expect(newSince(mined, Date.parse(at(50))).map(({template}) => template)).toEqual(['cannot reach <*>']);
});

test('a template that comes once in thousands of lines is rare', () => {
	const mined = mine([...Array.from({length: 5000}, (_, index) => `served ${index}`), 'out of room']);
	expect(rareTemplates(mined).map(({template}) => template)).toEqual(['out of room']);
	expect(errorShare(mined)).toBeUndefined();
});

/** Lines of each program that answers requests, one for each status. */
const accessLogs: {readonly [program: string]: (status: number, at: number) => string} = {
	'nginx, combined': (status, at) =>
		`10.0.${at % 7}.9 - - [01/Mar/2026:10:00:${String(at % 60).padStart(2, '0')} +0000] "GET /cart/${at} HTTP/1.1" ${status} ${at * 3} "https://shop.example/" "Mozilla/5.0 (X11; Linux)"`,
	'Apache, common': (status, at) =>
		`10.0.${at % 7}.9 - frank [01/Mar/2026:10:00:${String(at % 60).padStart(2, '0')} +0000] "POST /cart/${at} HTTP/1.0" ${status} ${at * 3}`,
	'ingress-nginx': (status, at) =>
		`10.0.${at % 7}.9 - - [01/Mar/2026:10:00:${String(at % 60).padStart(2, '0')} +0000] "GET /cart/${at} HTTP/2.0" ${status} ${at} "-" "curl/8.5" 95 0.0${at % 60} [shop-web-80] [] 10.1.0.4:8080 ${at} 0.0${at % 60} ${status} 9c2f${at}`,
	'Envoy and Istio': (status, at) =>
		`[2026-03-01T10:00:${String(at % 60).padStart(2, '0')}.123Z] "GET /cart/${at} HTTP/1.1" ${status} - via_upstream - "-" 0 ${at} 3 2 "-" "curl/8.5" "0e1-${at}" "web.shop" "10.1.0.4:8080" outbound|80||web.shop 10.1.0.9:4${at} 10.2.0.1:80 10.1.0.9:5${at} - default`,
	Uvicorn: (status, at) => `INFO:     10.0.${at % 7}.9:${at} - "GET /cart/${at} HTTP/1.1" ${status} Answer`,
	'nginx, JSON': (status, at) =>
		JSON.stringify({time: `2026-03-01T10:00:00Z`, request_method: 'GET', uri: `/cart/${at}`, status: String(status), bytes: at}),
	'Envoy, JSON': (status, at) => JSON.stringify({method: 'GET', path: `/cart/${at}`, response_code: status, duration: at}),
	'pino-http': (status, at) =>
		JSON.stringify({level: 30, req: {method: 'GET', url: `/cart/${at}`}, res: {statusCode: status}, msg: 'request completed'}),
	'Elastic Common Schema': (status, at) =>
		JSON.stringify({'log.level': 'info', http: {request: {method: 'GET'}, response: {status_code: status}}, message: 'answered', n: at}),
	Heroku: (status, at) => `at=info method=GET path="/cart/${at}" service=${at}ms status=${status} bytes=${at}`,
};

test.each(Object.entries(accessLogs))('answers of %s are errors and warnings by their status, each in its part', (_name, line) => {
	// Three of a hundred fail, five were asked for in vain.
	const statuses = Array.from({length: 2000}, (_, at) => (at % 100 < 3 ? 503 : at % 100 < 8 ? 404 : at % 100 < 10 ? 302 : 200));
	const mined = mine(statuses.map(line));
	expect(errorShare(mined)).toBeCloseTo(0.03);
	expect(mined.levelled).toBe(2000);
	const [first] = mined.templates;
	expect(first).toMatchObject({count: 2000, level: 'error'});
	expect(first?.levels).toEqual({error: 0.03, warning: 0.05, info: 0.92});
});

test('a few answers that fail are told, and do not make errors of an access log', () => {
	const [first] = mine(Array.from({length: 1000}, (_, at) => accessLogs['nginx, combined']?.(at === 500 ? 502 : 200, at) ?? '')).templates;
	expect(first).toMatchObject({level: 'info', levels: {error: 0.001, info: 0.999}});
});

test.each([
	'sent "GET /x HTTP/1.1" 12345 times',
	'{"status":503,"msg":"the upstream of the queue"}',
	'{"method":"GET","status":"failed"}',
	'retry status=503 after=3s',
])('what only looks like an answer has no level: %s', line => {
	expect(mine([line]).levelled).toBe(0);
});
