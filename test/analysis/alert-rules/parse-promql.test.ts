import {expect, test} from 'vitest';
import {alertCatalogue} from '../../../src/analysis/alert-rules/alert-catalogue.ts';
import {durationMs, durationText} from '../../../src/analysis/alert-rules/promql/duration-ms.ts';
import {PromqlError, parsePromql} from '../../../src/analysis/alert-rules/promql/parse-promql.ts';

/** Without places, to be read at a glance. */
const shape = (text: string) => JSON.parse(JSON.stringify(parsePromql(text), (key, value) => (key === 'at' ? undefined : value)));
const x = {kind: 'selector', metric: 'x', matchers: []};

test.each<[string, object]>([
	['1e3', {kind: 'number', value: 1000}],
	['-Inf', {kind: 'number', value: null}],
	['12h', {kind: 'number', value: 43_200}],
	['(x)', x],
	['x offset 5m', x],
	['x @ end()', x],
	['{__name__="x"}', x],
	['{"x"}', x],
	[
		'x{a="b",c!~`d\\.`}',
		{
			...x,
			matchers: [
				{label: 'a', op: '=', value: 'b'},
				{label: 'c', op: '!~', value: 'd\\.'},
			],
		},
	],
	['rate(x[1h30m])', {kind: 'call', name: 'rate', args: [{kind: 'range', of: x, windowMs: 5_400_000}]}],
	['max_over_time(x[1h:5m])', {kind: 'call', name: 'max_over_time', args: [{kind: 'subquery', of: x, windowMs: 3_600_000}]}],
	['-x', {kind: 'negated', of: x}],
	['time()', {kind: 'call', name: 'time', args: []}],
	['sum(x)', {kind: 'aggregation', op: 'sum', of: x}],
	['SUM without (a, b) (x)', {kind: 'aggregation', op: 'sum', of: x, grouping: {how: 'without', labels: ['a', 'b']}}],
	[
		'topk(3, x) by (a)',
		{kind: 'aggregation', op: 'topk', of: x, parameter: {kind: 'number', value: 3}, grouping: {how: 'by', labels: ['a']}},
	],
	['x > bool 1', {kind: 'binary', op: '>', left: x, right: {kind: 'number', value: 1}, isBool: true}],
	[
		'x * on (a) group_left (b) x',
		{kind: 'binary', op: '*', left: x, right: x, isBool: false, matching: {how: 'on', labels: ['a'], many: 'left', include: ['b']}},
	],
	[
		'x unless ignoring () x',
		{kind: 'binary', op: 'unless', left: x, right: x, isBool: false, matching: {how: 'ignoring', labels: [], include: []}},
	],
])('reads %s', (text, expected) => {
	expect(shape(text)).toEqual(expected);
});

test('and binds closer than or, comparison closer than and', () => {
	expect(shape('x or x and x > 1')).toMatchObject({op: 'or', right: {op: 'and', right: {op: '>'}}});
});

test.each(['', 'sum(', 'x{', 'a b', 'x >', 'rate(x[5q])', 'x{a="b}', `${'('.repeat(300)}x${')'.repeat(300)}`])('refuses %s', text => {
	expect(() => parsePromql(text)).toThrow(PromqlError);
});

test('reads every rule of the catalogue', () => {
	for (const {rules} of alertCatalogue()) for (const {expr} of rules) expect(() => parsePromql(expr)).not.toThrow();
});

test('reads and writes durations', () => {
	expect(['5m', '1h30m', '4d', '1w', '500ms', '90', '', '5q'].map(durationMs)).toEqual([
		...[300_000, 5_400_000, 345_600_000, 604_800_000, 500, 90_000],
		...[undefined, undefined],
	]);
	expect([0, 500, 5_400_000, 345_600_000].map(durationText)).toEqual(['0s', '500ms', '1h30m', '4d']);
});
