import {describe, expect, test} from 'vitest';
import {idleAnswer, stageAnswer} from '../../../../../../src/agents/deploy/strategies/canary/judging/kayenta-verdict.ts';
import {judgeKayenta, type KayentaSamples} from '../../../../../../src/analysis/canary/kayenta/judge-kayenta.ts';
import {kayentaConfig} from '../../../../../../src/analysis/canary/kayenta/kayenta-config.ts';

const steady = (at: number) => Array.from({length: 30}, (_, point) => at + Math.sin(point * 7) * 0.5);
const good = {control: steady(10), experiment: steady(10.1)};
const bad = {control: steady(10), experiment: steady(20)};
const none = {control: steady(10), experiment: Array.from({length: 30}, () => Number.NaN)};
const zeros = {control: steady(0), experiment: Array.from({length: 30}, () => 0)};
const silence = {control: none.experiment, experiment: none.experiment};

const thresholds = {pass: 95, marginal: 60};
/** Metrics of one group by their points; `replace` takes missing points for zero. */
function answer(
	samples: {readonly [name: string]: KayentaSamples},
	more: {readonly isLast?: boolean; readonly requests?: number | undefined; readonly uncounted?: string} = {},
	canary: object = {},
) {
	const metrics = Object.keys(samples).map(name => ({
		name,
		groups: ['all'],
		analysisConfigurations: {canary: {direction: 'increase', ...canary}},
	}));
	const config = kayentaConfig.parse({metrics, classifier: {groupWeights: {all: 100}, scoreThresholds: thresholds}});
	const pairs = Object.fromEntries(Object.entries(samples).map(([name, pair]) => [name, [pair]]));
	const {verdict, reason} = stageAnswer(judgeKayenta(config, pairs), {thresholds, isLast: false, requests: 100, ...more});
	return `${verdict}: ${reason}`;
}

describe('what a score means for a step', () => {
	test.each([
		['a pass', {cpu: good}, {}, {}, "pass: Kayenta's score is 100, and 95 passes"],
		[
			'a marginal score goes on',
			{cpu: good, ram: good, errors: bad},
			{},
			{},
			"pass: Kayenta's score is 66.67: marginal, below 95, so it goes on and the last step has to pass: errors is High",
		],
		[
			'and fails at the last step',
			{cpu: good, ram: good, errors: bad},
			{isLast: true},
			{},
			"fail: Kayenta's score is 66.67 at the last step, which needs 95: errors is High",
		],
		['a failure', {cpu: good, errors: bad}, {}, {}, "fail: Kayenta's score is 50, and 60 is the least to go on: errors is High"],
		[
			'a critical failure',
			{cpu: good, ram: good, errors: bad},
			{},
			{critical: true},
			"fail: Kayenta's score is 0, since critical metric errors is High",
		],
		['half without data', {cpu: good, ram: none}, {}, {}, 'not-enough-data: 1 of 2 metrics have no data'],
		[
			'data that must be there',
			{cpu: good, ram: none},
			{},
			{mustHaveData: true},
			"fail: Kayenta's score is 50, and 60 is the least to go on: ram is NodataFailMetric",
		],
	])('%s', (_name, samples, more, canary, expected) => expect(answer(samples, more, canary)).toBe(expected));
});

describe('a test that cannot find anything is no pass', () => {
	const few = {control: [1, 1, 2, 1], experiment: [2, 1, 2]};
	const gaps = {control: steady(10), experiment: [...steady(10).slice(0, 4), ...none.experiment.slice(4)]};
	test.each([
		[
			'few points',
			{errors: few},
			{},
			/^not-enough-data: with fewer than 5 points on a side hardly anything can look worse.*errors \(3 points\)$/,
		],
		['few that are not missing', {errors: gaps}, {}, /^not-enough-data: .*errors \(4 points\)$/],
		['missing ones that are zero by the config', {errors: gaps}, {nanStrategy: 'replace'}, /^pass/],
		['one of several', {errors: few, cpu: good, ram: good}, {}, /^pass/],
	])('%s', (_name, samples, canary, expected) => expect(answer(samples, {}, canary)).toMatch(expected));
});

describe('no traffic is never a pass', () => {
	const replace = {nanStrategy: 'replace'};
	test.each([
		['no request', {cpu: good}, {requests: 0}, {}, /^not-enough-data: no request reached the canary in this step/],
		[
			'requests that cannot be counted any more',
			{cpu: good},
			{requests: undefined, uncounted: 'Prometheus is away'},
			{},
			/^not-enough-data: .*Prometheus is away$/,
		],
		[
			'nothing measured, and zero by the config',
			{errors: silence},
			{requests: undefined},
			replace,
			/^not-enough-data: every value of the canary is zero or missing/,
		],
		[
			'nothing measured, and requests',
			{errors: silence},
			{requests: 9},
			replace,
			'not-enough-data: errors has no numbers of either version, and zeros for half of the metrics or more say nothing',
		],
		[
			'nothing measured of a critical metric',
			{errors: silence, cpu: good, ram: good},
			{requests: 9},
			{...replace, critical: true},
			'not-enough-data: errors has no numbers of either version, and it is critical',
		],
		[
			'nothing measured of one of several',
			{errors: silence, cpu: good, ram: good},
			{requests: 9},
			replace,
			"pass: Kayenta's score is 100, and 95 passes; errors has no numbers of either version, taken for zero",
		],
		['zeros alone', {errors: zeros}, {requests: undefined}, replace, /^not-enough-data: every value of the canary is zero or missing/],
		['zeros alone, and requests', {errors: zeros}, {requests: 9}, replace, /^pass/],
		['something measured, and nobody counts requests', {errors: zeros, cpu: good}, {requests: undefined}, replace, /^pass/],
	])('%s', (_name, samples, more, canary, expected) => expect(answer(samples, more, canary)).toMatch(expected));

	test('errors of the canary alone are seen where the stable version has no series', () => {
		expect(answer({errors: {control: silence.control, experiment: steady(3)}}, {}, replace)).toMatch(/^fail: .*errors is High$/);
	});
});

describe('a step in which the stable version gets no requests has no score', () => {
	test.each([
		['and passes by its pods', {requests: 9}, /^pass: Kayenta gives no score at 100 %, since the stable version gets no requests/],
		['also where nobody counts requests', {requests: undefined}, /^pass: Kayenta gives no score/],
		['and needs requests', {requests: 0}, /^not-enough-data: no request reached the canary in this step/],
		['that can be counted', {requests: undefined, uncounted: 'Prometheus is away'}, /^not-enough-data: .*Prometheus is away$/],
	])('%s', (_name, counted, expected) => {
		const {verdict, reason} = idleAnswer(counted);
		expect(`${verdict}: ${reason}`).toMatch(expected);
	});
});
