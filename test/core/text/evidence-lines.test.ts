import {describe, expect, test} from 'vitest';
import type {CanaryEvidence, MetricEvidence} from '../../../src/core/canary-evidence.ts';
import {amountText} from '../../../src/core/text/amount-text.ts';
import {evidenceLines} from '../../../src/core/text/evidence-lines.ts';
import {condensed, sparkLine} from '../../../src/core/text/spark-line.ts';
import {lineText} from '../../../src/core/text/styled.ts';
import {textWidth} from '../../../src/core/text/text-width.ts';

const errors: MetricEvidence = {
	metric: 'error-ratio',
	verdict: 'fail',
	reason: '12.1 % of the canary failed, 0.1 % of the stable version',
	test: 'sequential test of two proportions',
	evidence: 5123.4,
	worse: 'higher',
	tolerance: 0,
	unit: 'ratio',
	query: 'sum by (pod, job, instance, code) (http_requests_total{namespace="shop",pod=~"web-1|web-2"})',
	source: 'Prometheus monitoring/prometheus:9090 through the API server',
	spanMs: 90_000,
	canary: {value: 0.121, samples: 231, looks: [null, 0, 0.08, 0.16, 0.12]},
	stable: {value: 0.001, samples: 1510, looks: [0, 0.002, 0, 0.001, 0.002]},
};
const latency: MetricEvidence = {
	...errors,
	...{metric: 'latency-p99', verdict: 'pass', reason: 'no more than 10 % slower', unit: 'seconds', tolerance: 0.1},
	canary: {value: 0.31, samples: 231, looks: [0.3, 0.31]},
	stable: {value: 0.3, samples: 1510, looks: [0.3, 0.3]},
};
const evidence: CanaryEvidence = {
	metrics: [errors, latency],
	pods: {canary: ['web-canary-1'], stable: ['web-1', 'web-2']},
	words: [
		{
			name: 'web-canary-1',
			reason: '',
			logs: [{container: 'main', previous: false, lines: ['cannot reach \u001B[31mdb', 'answering 500']}],
			events: ['Unhealthy: Readiness probe failed'],
		},
	],
};
const drawn = (layout: {width?: number; unicode?: boolean; detail?: 'short' | 'bad' | 'all'} = {}, of = evidence) =>
	evidenceLines(of, {width: 80, unicode: true, detail: 'short', ...layout}).map(lineText);

test('both versions stand under each other on one scale', () => {
	expect(drawn()).toEqual([
		'✗ error-ratio: 12.1 % of the canary failed, 0.1 % of the stable version',
		'  canary  12.1 % of 231   ·▁▅█▆',
		'  stable   0.1 % of 1510  ▁▁▁▁▁',
		'                          0.0 % to 16.0 %, 90s',
		'✓ latency-p99: no more than 10 % slower',
		'  canary  310 ms of 231   ██',
		'  stable  300 ms of 1510  ██',
		'                          0 s to 310 ms, 90s',
	]);
});

test('a reason that stands above is not said again', () => {
	const told = `${errors.reason}; ${latency.reason}, all in all`;
	expect(evidenceLines(evidence, {width: 80, unicode: true, detail: 'short', told}).map(lineText)).toEqual(
		drawn().map(line => (/^[✓✗]/.test(line) ? line.slice(0, line.indexOf(':')) : line)),
	);
});

test('how errors came before stands among the facts', () => {
	const before = 'in the 120 minutes before, errors came in bunches, each with about 4 others';
	const of = {...evidence, metrics: [{...errors, before}]};
	expect(drawn({detail: 'bad'}, of).join(' ').replaceAll(/\s+/g, ' ')).toContain(`before ${before} query`);
	expect(Math.max(...drawn({width: 40, detail: 'all'}, of).map(textWidth))).toBeLessThanOrEqual(40);
});

test('without Unicode digits are the heights', () => {
	expect(drawn({unicode: false}).slice(0, 4)).toEqual([
		'✗ error-ratio: 12.1 % of the canary failed, 0.1 % of the stable version',
		'  canary  12.1 % of 231   -0597',
		'  stable   0.1 % of 1510  00000',
		'                          0.0 % to 16.0 % as 0 to 9, 90s',
	]);
});

test('in full with test, query, pods and their words, at 40 columns too', () => {
	for (const width of [80, 40]) expect(Math.max(...drawn({width, detail: 'all'}).map(textWidth))).toBeLessThanOrEqual(width);
	const text = drawn({width: Number.POSITIVE_INFINITY, detail: 'all'});
	expect(text).toContain('  test    sequential test of two proportions, evidence 5120 to 1; higher is worse');
	expect(text).toContain(`  query   ${errors.query}`);
	expect(text).toContain(`  from    ${errors.source}`);
	expect(text.slice(-8)).toEqual([
		'canary  web-canary-1',
		'stable  web-1 and web-2',
		'- web-canary-1',
		'  last lines of main',
		'    | cannot reach db',
		'    | answering 500',
		'  last events',
		'    | Unhealthy: Readiness probe failed',
	]);
});

test('of metrics that passed neither test nor query, where only the bad ones are of interest', () => {
	const [all, bad] = (['all', 'bad'] as const).map(detail =>
		drawn({width: Number.POSITIVE_INFINITY, detail}).filter(line => /^ {2}query/.test(line)),
	);
	expect([all?.length, bad?.length]).toEqual([2, 1]);
});

test('evidence that speaks for the canary is small, however small', () => {
	const metric = {...latency, evidence: 1.25e-138};
	expect(drawn({width: Number.POSITIVE_INFINITY, detail: 'all'}, {...evidence, metrics: [metric]})).toContain(
		'  test    sequential test of two proportions, evidence below 0.01 to 1; higher is worse, up to 10.0 % does not matter',
	);
});

test('a narrow screen has the bars below the numbers', () => {
	const looks = Array.from({length: 48}, (_, index) => index / 480);
	const many = {...evidence, metrics: [{...errors, canary: {...errors.canary, looks}, stable: {...errors.stable, looks}}]};
	const lines = drawn({width: 40}, many);
	expect(lines.filter(line => line.includes('█')).map(line => textWidth(line.trim()))).toEqual([30, 30]);
	expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(40);
});

test('nothing counted has no chart, and says how long it may take and what is missing', () => {
	const none = {samples: 0, looks: [null, null]};
	const metric: MetricEvidence = {
		...{...errors, canary: none, stable: none, verdict: 'not-enough-data', reason: '0 requests'},
		...{minutesMore: 4, missing: 'Prometheus is away'},
	};
	expect(drawn({width: Number.POSITIVE_INFINITY}, {...evidence, metrics: [metric]})).toEqual([
		'- error-ratio: 0 requests; about 4 minutes more at this traffic; nothing is counted now: Prometheus is away',
		'  canary  - of 0',
		'  stable  - of 0',
	]);
});

describe('sparkLine', () => {
	test.each([
		[[0, 1, 2, 3], '0369'],
		[[3, 3, 3], '999'],
		[[-1, 0, null, 5, Number.NaN], '00-9-'],
		[[], ''],
	])('%j', (values, text) => expect(sparkLine(values, {bottom: 0, top: 3}, false)).toBe(text));

	test('a scale without height is flat', () => expect(sparkLine([0, 0], {bottom: 0, top: 0}, true)).toBe('▁▁'));

	test('more values than columns are put together', () => {
		expect(condensed([1, 3, null, null, 5, null], 3)).toEqual([2, null, 5]);
		expect(condensed([1, 2], 3)).toEqual([1, 2]);
	});
});

test.each([
	[0, 'ratio', '0.0 %'],
	[0.0004, 'ratio', '0.040 %'],
	[0.1234, 'ratio', '12.3 %'],
	[0, 'seconds', '0 s'],
	[0.000_25, 'seconds', '250 µs'],
	[0.0123, 'seconds', '12.3 ms'],
	[1.2345, 'seconds', '1.23 s'],
	[1234.5, 'number', '1230'],
] as const)('%d as %s is %s', (value, unit, text) => expect(amountText(value, unit)).toBe(text));
