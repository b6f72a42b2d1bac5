import {describe, expect, test} from 'vitest';
import type {AnyOutcome} from '../../../src/core/outcome.ts';
import {modelAnswer} from '../../../src/core/text/model-answer.ts';
import {samplePlan} from '../../../src/tui/sample-plan.ts';

const made = {tool: 'deployment_update', digest: 'sha256:1', plan: samplePlan};
const trouble = {kind: 'environment', code: 'unreachable', what: 'The cluster does not answer', next: 'Check the network'} as const;
const nothing = {done: [], undone: [], left: []};

describe('an outcome says to a model what came of it', () => {
	test.each<[string, AnyOutcome, RegExp]>([
		['a read', {kind: 'done', tool: 'resource_list', output: {rows: []}}, /^{"kind":"done","output":{"rows":\[\]}}$/],
		['a change', {kind: 'done', ...made, output: {}, journal: '1f3a'}, /"did":"Update shop\/web.*"journal":"1f3a"/],
		['a plan alone', {kind: 'planned', ...made}, /spec\.replicas.*Nothing was changed: only the plan/],
		['nothing to do', {kind: 'nothing-to-do', ...made}, /it is so already/],
		[
			'words of the person',
			{kind: 'rejected', ...made, by: 'person', feedback: 'not on Friday'},
			/"words":"not on Friday","means":"Nothing was changed: the person said no/,
		],
		['policy', {kind: 'rejected', ...made, by: 'policy', feedback: 'prod is read-only'}, /policy forbids it, and no other way/],
		['a plan that waits', {kind: 'waiting', ...made, id: 'w1'}, /mkcoa approve w1/],
		['a world that moved', {kind: 'drifted', ...made, moved: ['Deployment shop/web moved']}, /Look again before you plan again/],
		['a failure', {kind: 'failed', tool: 'x', error: trouble, ...nothing}, /The cluster does not answer/],
	])('%s', (_name, outcome, text) => {
		expect(modelAnswer(outcome)).toMatch(text);
	});
});

test('a plan is told as what it changes, without its steps and versions', () => {
	const {plan} = JSON.parse(modelAnswer({kind: 'planned', ...made}));
	expect(plan).toMatchObject({
		summary: samplePlan.summary,
		risk: 'medium',
		changes: [{object: 'Deployment shop/web', operation: 'update', fields: [{at: 'spec.replicas', before: 3, after: 5}, {}, {}]}, {}],
	});
	expect(Object.keys(plan)).toEqual(['summary', 'risk', 'changes', 'consequences', 'undo']);
});

test('a flood is cut, and the model is told of what', () => {
	const output = {lines: Array.from({length: 50_000}, (_, index) => `line ${index} of a pod that never stops`)};
	const text = modelAnswer({kind: 'done', tool: 'pod_logs', output});
	expect(text.length).toBeLessThan(25_000);
	expect(JSON.parse(text).leftOut).toBe('Not shown: 49800 of 50000 entries of output.lines');
});
