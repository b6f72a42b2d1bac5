import {expect, test} from 'vitest';
import {readMetrics} from '../../../../../src/agents/deploy/metrics/choosing/read-metrics.ts';
import {troubleOf} from '../../../../../src/core/error.ts';

test('built-in names stand alone or with commas between', () => {
	expect(readMetrics(['error-ratio, latency-p99', 'latency-p99.9;tolerance=25%', 'restarts'])).toEqual([
		{kind: 'built-in', name: 'error-ratio', base: 'error-ratio', tolerance: 0},
		{kind: 'built-in', name: 'latency-p99', base: 'latency', tolerance: 0.1, quantile: 0.99},
		{kind: 'built-in', name: 'latency-p99.9', base: 'latency', tolerance: 0.25, quantile: 0.999},
		{kind: 'built-in', name: 'restarts', base: 'restarts', tolerance: 0},
	]);
});

test.each([
	['lag=max(lag{pod=~"{{pods}}"});worse=higher', {promql: 'max(lag{pod=~"{{pods}}"})', worse: 'higher', tolerance: 0.1}],
	['lag = lag{pod=~"{{ pods }}"} ; tolerance=5.5% ; worse=lower', {promql: 'lag{pod=~"{{ pods }}"}', worse: 'lower', tolerance: 0.055}],
	[`lag=x{a="1;worse=lower",b='\\';',pod=~"{{pods}}"};worse=higher`, {promql: `x{a="1;worse=lower",b='\\';',pod=~"{{pods}}"}`}],
	['lag=a{d="{{workload}}"} == 2,3;worse=higher', {promql: 'a{d="{{workload}}"} == 2,3'}],
	[
		'failed=sum by (pod) (f{pod=~"{{pods}}"});of=sum by (pod) (a{pod=~"{{pods}}"});worse=higher;tolerance=0%',
		{promql: 'sum by (pod) (f{pod=~"{{pods}}"})', of: 'sum by (pod) (a{pod=~"{{pods}}"})', tolerance: 0},
	],
])('a query of one’s own: %s', (text, wanted) => {
	const [metric] = readMetrics([text]);
	expect(metric).toMatchObject({kind: 'named', ...wanted});
});

test.each([
	['errors', 'unknown-metric', /built-in ones are error-ratio, /],
	['latency-p100', 'unknown-metric', /built-in/],
	['latency-p0', 'unknown-metric', /built-in/],
	['', 'unknown-metric', /built-in/],
	['error-ratio,,restarts', 'unknown-metric', /built-in/],
	['error-ratio,error-ratio', 'bad-metric', /given twice/],
	['error-ratio;worse=lower', 'bad-metric', /only its tolerance/],
	['error-ratio,restarts;tolerance=1%', 'bad-metric', /several metrics/],
	['error-ratio;tolerance=10', 'bad-metric', /"tolerance=10" .* not understood/],
	['error-ratio;tolerance=-10%', 'bad-metric', /not understood/],
	['lag=x{pod=~"{{pods}}"}', 'bad-metric', /which way is bad/],
	['lag=x{pod=~"{{pods}}"};worse=more', 'bad-metric', /"worse=more" .* not understood/],
	['lag=x{pod=~"{{pods}}"};tolerence=10%;worse=higher', 'bad-metric', /"tolerence=10%"/],
	['lag=x;worse=higher', 'bad-metric', /asks the same for both versions/],
	['lag=x{namespace="{{namespace}}"};worse=higher', 'bad-metric', /asks the same for both versions/],
	['lag=x{pod="{{pod}}"};worse=higher', 'bad-metric', /unknown placeholder \{\{pod\}\}/],
	['lag=x{pod=~"{{pods}}"};of=y;worse=higher', 'bad-metric', /asks the same for both versions/],
	['error-ratio=x{pod=~"{{pods}}"};worse=higher', 'bad-metric', /is a built-in metric/],
])('refuses %j with what to write instead', (text, code, words) => {
	let trouble: ReturnType<typeof troubleOf> | undefined;
	try {
		readMetrics([text]);
	} catch (error) {
		trouble = troubleOf(error);
	}
	expect(trouble).toMatchObject({kind: 'usage', code, next: expect.any(String)});
	expect(`${trouble?.what}: ${trouble?.why}`).toMatch(words);
});
