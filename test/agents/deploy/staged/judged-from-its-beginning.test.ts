import {expect, test} from 'vitest';
import type {JudgeStage} from '../../../../src/agents/deploy/staged/wait-for.ts';
import {textAt} from '../../../../src/core/kube/json-at.ts';
import {rolloutProcesses} from '../../../support/rollout-processes.ts';
import {controlTool, rolloutTool} from '../../../support/staged-world.ts';

/** Notes since when a stage is judged. */
function noting() {
	const began: (number | undefined)[] = [];
	const judge: JudgeStage = async (_stage, {beganMs}) => {
		began.push(beganMs);
		return {verdict: 'pass', reason: 'as the test says', judgedBy: []};
	};
	return {began, judge};
}

test('a stage that somebody goes on with is judged from where it began', async () => {
	const here = rolloutProcesses();
	here.fake.fateOf = (_, {ref, ...write}) =>
		ref.kind === 'ConfigMap' && JSON.stringify(write).includes('"title":"Judge"') ? 'killed after' : 'done';
	const first = noting();
	await here.process('alice@here/1').run(rolloutTool(first.judge));
	expect(first.began).toEqual([]);
	const since = Date.parse(textAt(here.fake.object('ConfigMap', 'mkcoa-rollout-web'), 'data', 'since') ?? '');
	here.fake.fateOf = () => 'done';
	here.fake.revive();
	await here.minute();
	const second = noting();
	await here.process('bob@there/2').run(controlTool('resume', {}, () => second.judge));
	expect(second.began).toEqual([since]);
	expect(here.clock.now() - since).toBeGreaterThanOrEqual(60_000);
});

test('a stage that is new to it begins with it, whoever began the rollout', async () => {
	const here = rolloutProcesses();
	here.fake.fateOf = (_, {op, ref}) => (op === 'create' && ref.kind === 'Deployment' ? 'killed after' : 'done');
	await here.process('alice@here/1').run(rolloutTool());
	here.fake.fateOf = () => 'done';
	here.fake.revive();
	await here.minute();
	const {began, judge} = noting();
	await here.process('bob@there/2').run(controlTool('resume', {}, () => judge));
	expect(began).toEqual([undefined]);
});

test.each([
	['by the clock of its judge', Date.UTC(2025, 11, 31, 23, 54)],
	['anew where that clock told nothing when it began', undefined],
])('a stage that somebody goes on with is judged %s', async (_, nowMs) => {
	const here = rolloutProcesses();
	here.fake.fateOf = (_write, {ref, ...write}) =>
		ref.kind === 'ConfigMap' && JSON.stringify(write).includes('"title":"Judge"') ? 'killed after' : 'done';
	const {began, judge} = noting();
	const timed = Object.assign(judge, {now: async () => nowMs});
	await here.process('alice@here/1').run(rolloutTool(timed));
	here.fake.fateOf = () => 'done';
	here.fake.revive();
	await here.minute();
	await here.process('bob@there/2').run(controlTool('resume', {}, () => timed));
	expect(began).toEqual([nowMs]);
});
