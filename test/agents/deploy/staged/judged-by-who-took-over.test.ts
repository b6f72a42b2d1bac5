import {expect, test} from 'vitest';
import type {JudgeStage} from '../../../../src/agents/deploy/staged/wait-for.ts';
import {before, rolloutProcesses} from '../../../support/rollout-processes.ts';
import {controlTool, rolloutTool} from '../../../support/staged-world.ts';

const says =
	(verdict: 'pass' | 'fail'): JudgeStage =>
	async () => ({verdict, reason: 'as the test says', judgedBy: ['readiness']});

/** A rollout whose client died before anything was judged, and one who goes on with it. */
async function takenOver(verdict: 'pass' | 'fail') {
	const here = rolloutProcesses();
	here.fake.fateOf = (_, {op, ref}) => (op === 'create' && ref.kind === 'Deployment' ? 'killed after' : 'done');
	await here.process('alice@here/1').run(rolloutTool());
	here.fake.fateOf = () => 'done';
	here.fake.revive();
	await here.minute();
	const outcome = await here.process('bob@there/2').run(controlTool('resume', {}, () => says(verdict)));
	return {here, outcome};
}

test('who goes on with a rollout answers with the steps that were judged', async () => {
	const {outcome} = await takenOver('pass');
	expect(outcome).toMatchObject({
		kind: 'done',
		output: {result: 'promoted', stages: [{weight: 25, share: 0.25, verdict: {verdict: 'pass', reason: 'as the test says'}}]},
	});
});

test('and so where a step is worse, beside the failure', async () => {
	const {here, outcome} = await takenOver('fail');
	expect(outcome).toMatchObject({
		kind: 'failed',
		error: {code: 'canary-failed'},
		output: {result: 'went-back', reason: 'as the test says', stages: [{weight: 25, verdict: {verdict: 'fail'}}]},
	});
	expect(here.standing()).toEqual(before);
});
