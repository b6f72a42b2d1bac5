import {expect, test} from 'vitest';
import {readRecord} from '../../../../../src/agents/deploy/staged/record/record.ts';
import {evidenceText, lastEvidence, readEvidence} from '../../../../../src/agents/deploy/staged/record/record-evidence.ts';
import type {JudgeStage} from '../../../../../src/agents/deploy/staged/wait-for.ts';
import type {MetricEvidence} from '../../../../../src/core/canary-evidence.ts';
import {textAt} from '../../../../../src/core/kube/json-at.ts';
import {sampleRollout} from '../../../../../src/tui/samples/sample-rollout.ts';
import {rolloutProcesses} from '../../../../support/rollout-processes.ts';
import {rolloutTool} from '../../../../support/staged-world.ts';

const [errors] = sampleRollout.metrics;
if (errors === undefined) throw new Error('the sample has a metric');
const seen = (metrics: readonly MetricEvidence[], reason = 'no worse so far') => ({
	verdict: 'not-enough-data',
	reason,
	evidence: {metrics, pods: {canary: ['web-canary-1'], stable: ['web-1']}, words: []},
});

test('numbers of both versions come back without queries, sources and what pods said', () => {
	const secret = {name: 'web-canary-1', reason: '', events: [], logs: [{container: 'main', previous: false, lines: ['token=abc']}]};
	const {evidence, ...said} = seen([{...errors, canary: {...errors.canary, looks: [0.123456789, null]}}]);
	const text = evidenceText(0.25, {...said, evidence: {...evidence, words: [secret]}});
	expect(text).not.toMatch(/token|http_requests|prometheus|web-canary-1/);
	expect(readEvidence(text)).toEqual({
		share: 0.25,
		...said,
		metrics: [{...errors, query: '', source: '', canary: {...errors.canary, looks: [0.1235, null]}}],
	});
});

test('nothing that was measured is nothing to keep', () => {
	expect(evidenceText(0.25, seen([]))).toBe('');
	expect(lastEvidence([{weight: 25, share: 0.25, verdict: {verdict: 'pass', reason: 'as the test says'}}])).toBeUndefined();
});

test('it stays small, whatever was measured', () => {
	const arm = {...errors.canary, looks: Array.from({length: 500}, (_, at) => at / 7)};
	const many = Array.from({length: 40}, () => ({...errors, reason: 'x'.repeat(10_000), canary: arm, stable: arm}));
	expect(evidenceText(0.25, seen(many, 'y'.repeat(10_000))).length).toBeLessThan(20_000);
});

test.each(['', 'no JSON', '{"share":1}', '{"share":1,"verdict":"pass","reason":"","metrics":[{"metric":"x"}]}', 'null'])(
	'%j is no evidence',
	text => expect(readEvidence(text)).toBeUndefined(),
);

test('words of who else may write the record cannot move the cursor, nor fill the screen', () => {
	const text = evidenceText(0.25, seen([{...errors, metric: 'a\u001B[2Jb'}]));
	expect(readEvidence(text.replace('no worse so far', 'x'.repeat(5000)))?.reason.length).toBeLessThan(400);
	expect(readEvidence(text)?.metrics[0]?.metric).toBe('ab');
});

test('a record of an older version has none, and is read', () => {
	const data = {strategy: 'canary', input: '{}', phase: 'forward', position: '2', digest: 'd'};
	expect(readRecord({apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'r'}, data})).toMatchObject({evidence: '', position: 2});
});

test('a rollout keeps what it sees while a stage lasts, and what its last verdict rests on', async () => {
	const here = rolloutProcesses();
	const evidence = seen([errors]).evidence;
	const recorded = () => textAt(here.fake.object('ConfigMap', 'mkcoa-rollout-web'), 'data', 'evidence') ?? '';
	let meanwhile = '';
	const judge: JudgeStage = async (_stage, look) => {
		await look.seen?.(seen([errors], 'too early'));
		expect(recorded()).toBe('');
		await here.minute();
		await look.seen?.(seen([errors], 'still open'));
		meanwhile = recorded();
		return {verdict: 'fail', reason: 'it is worse', evidence};
	};
	let last = '';
	here.fake.afterWrite = () => {
		last = recorded() || last;
	};
	await here.process('alice@here/1').run(rolloutTool(judge));
	expect(readEvidence(meanwhile)).toMatchObject({share: 0.25, verdict: 'not-enough-data', reason: 'still open'});
	expect(readEvidence(last)).toMatchObject({share: 0.25, verdict: 'fail', reason: 'it is worse'});
});
