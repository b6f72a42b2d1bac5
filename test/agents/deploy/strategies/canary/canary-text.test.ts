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
