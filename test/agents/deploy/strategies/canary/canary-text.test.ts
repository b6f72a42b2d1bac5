import {expect, test} from 'vitest';
import {canaryText} from '../../../../../src/agents/deploy/strategies/canary/canary-text.ts';

test('a step that somebody promoted is not shown as one that passed', () => {
	const stage = (reason: string, judgedBy: readonly string[]) => ({
		weight: 25,
		share: 0.25,
		verdict: {verdict: 'pass', reason, judgedBy, metrics: []} as const,
	});
	const stages = [stage('all ready', ['readiness']), stage('promoted by ada@laptop', [])];
	const view = {width: 200, terminal: false, nowMs: 0};
	const text = canaryText({verdict: 'promoted', reason: 'promoted by ada@laptop', image: 'web:2', stages}, view);
	expect(
		text
			.split('\n')
			.slice(2)
			.map(line => line.split('\t')[2]),
	).toEqual(['pass', 'by hand']);
});

test('a step that a Kayenta config judged shows its score and what it is made of', () => {
	const kayenta = {
		score: 66.67,
		...{pass: 95, marginal: 60, metrics: []},
		groups: [
			{name: 'errors', score: 50, weight: 70},
			{name: 'traffic', score: 100, weight: 30},
		],
	};
	const verdict = {verdict: 'pass', reason: 'marginal', judgedBy: ['errors'], metrics: [], kayenta} as const;
	const stages = [{weight: 25, share: 0.25, verdict}];
	const view = {width: 200, terminal: false, nowMs: 0};
	expect(canaryText({verdict: 'promoted', reason: 'marginal', image: 'web:2', stages}, view).split('\n').slice(1)).toEqual([
		'STEP\tSHARE\tVERDICT\tSCORE\tGROUPS',
		'25 %\t25 %\tpass\t66.67\terrors 50, traffic 100',
	]);
});
