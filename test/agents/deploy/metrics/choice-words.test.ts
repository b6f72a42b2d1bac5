import {expect, test} from 'vitest';
import {choiceNotes, choiceWords} from '../../../../src/agents/deploy/metrics/choice-words.ts';
import type {Choice} from '../../../../src/agents/deploy/metrics/choose-metrics.ts';

const metric = (name: string, kind: 'query' | 'saturation' = 'saturation'): Choice['chosen'][number] => ({
	metric: {name, kind: 'gauge', worse: 'higher', tolerance: 0},
	reading: kind === 'query' ? {kind, promql: 'x', everyMs: 1} : {kind, from: 'containers'},
	query: 'x',
	source: 'Prometheus',
});
const byPods = ['restarts', 'readiness'] as const;
const away = [
	{metric: 'error-ratio', why: 'there is no Prometheus'},
	{metric: 'latency-p99', why: 'there is no Prometheus'},
];

test.each<[string, Choice, readonly string[]]>([
	[
		'error ratio and latency p99 beside the stable version, readiness and restarts',
		{chosen: [metric('error-ratio'), metric('latency-p99')], byPods, leftOut: [], source: 'Prometheus'},
		['Numbers come from Prometheus'],
	],
	[
		'error ratio and queue-lag beside the stable version',
		{
			chosen: [metric('error-ratio'), metric('queue-lag', 'query')],
			byPods: [],
			leftOut: [{metric: 'latency-p99', why: 'no histogram'}],
			source: 'P',
		},
		['Numbers come from P', 'Not judged by latency-p99: no histogram'],
	],
	['readiness and restarts alone, because there is no Prometheus', {chosen: [], byPods, leftOut: away}, []],
	['readiness alone', {chosen: [], byPods: ['readiness'], leftOut: []}, []],
])('%s', (words, choice, notes) => {
	expect(choiceWords(choice)).toBe(words);
	expect(choiceNotes(choice)).toEqual(notes);
});
