import {expect, test} from 'vitest';
import {withoutRecordings} from '../../../src/analysis/alert-rules/noise/without-recordings.ts';
import {alreadyThere} from '../../../src/analysis/alert-rules/same-condition.ts';

const rule = {alert: 'Fails', expr: 'sum by (job) (rate(x_total{a="1",b="2"}[5m])) > 5', labels: {severity: 'warning'}, annotations: {}};
const other = (query: string, name = 'Other', labels = {}) => ({group: 'g', file: 'f', name, query, labels, forSeconds: 0});

test.each([
	['same', other('(sum by(job) (rate(x_total{b="2", a="1"}[300s]))) > 5', 'Fails', {severity: 'warning', more: 'x'})],
	['condition', other('sum by (job) (rate(x_total{a="1",b="2"}[5m])) > 5')],
	['threshold', other('sum by (job) (rate(x_total{a="1",b="2"}[5m])) > 7')],
	['name', other('up == 0', 'Fails', {severity: 'warning'})],
] as const)('finds a rule with %s', (how, loaded) => {
	expect(alreadyThere([{name: 'n', rules: [rule]}], [other('up < 1'), loaded])).toEqual([{rule: 'Fails', other: loaded, how}]);
});

test.each(['sum by (job) (rate(x_total{a="1",b="2"}[5m])) < 5', 'sum by (job) (rate(x_total{a="1"}[5m])) > 5', 'up ==', 'sum(up)'])(
	'%s is another condition',
	query => {
		expect(alreadyThere([{name: 'n', rules: [rule]}], [other(query)])).toEqual([]);
	},
);

test('what is recorded stands as what it is recorded from, also through others', () => {
	const groups = [
		{
			name: 'n',
			rules: [
				{record: 'r:long', expr: 'sum(r:each)', labels: {slo: 'a'}},
				{record: 'r:long', expr: 'vector(2)', labels: {slo: 'b'}},
				{record: 'r:each', expr: 'rate(x_total[5m])'},
			],
		},
	];
	expect(withoutRecordings('r:long{slo="a"} > 1 and r:long{slo="b"} > 1 and up', groups)).toBe(
		'(sum((rate(x_total[5m])))) > 1 and (vector(2)) > 1 and up',
	);
});
