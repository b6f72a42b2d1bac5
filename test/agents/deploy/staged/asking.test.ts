import {describe, expect, test} from 'vitest';
import {TurnBack} from '../../../../src/agents/deploy/staged/turn-back.ts';
import type {JudgeStage} from '../../../../src/agents/deploy/staged/wait-for.ts';
import type {AnyOutcome} from '../../../../src/core/outcome.ts';
import type {Effector} from '../../../../src/core/tool.ts';
import {rolloutProcesses} from '../../../support/rollout-processes.ts';
import {controlTool, rolloutTool} from '../../../support/staged-world.ts';

type Here = ReturnType<typeof rolloutProcesses>;
type Verb = Parameters<typeof controlTool>[0];

const wait = (here: Here) => new Promise<void>(resolve => void here.clock.schedule(2000, resolve));

/** A server that takes its time, so that who asked can see what is done. */
const slowly = (here: Here): Effector => ({
	...here.fake.effector,
	async send(...write) {
		await wait(here);
		return here.fake.effector.send(...write);
	},
});

/** What becomes of requests that others make while the stage is judged, and what the one who is at it says. */
async function asking(...asked: readonly (readonly [Verb, {readonly full?: boolean}?])[]) {
	const here = rolloutProcesses();
	const outcomes: Promise<AnyOutcome>[] = [];
	const judge: JudgeStage = async (_stage, {between}) => {
		for (const [index, [verb, options]] of asked.entries())
			outcomes.push(here.process(`bob${index}@there/2`).run(controlTool(verb, options)));
		for (let look = 0; look < 1000; look++) {
			await wait(here);
			await between();
		}
		return {verdict: 'pass', reason: 'as the test says'};
	};
	const end = await here.process('alice@here/1', {effector: slowly(here)}).run(rolloutTool(judge));
	return {end, outcomes: await Promise.all(outcomes)};
}

const step = {number: 5, of: 9, title: 'Judge'};
const after = 'grow web-canary to 2';

describe('who asks for something is told what it was about', () => {
	test('to promote: the step that is let through, and what comes next', async () => {
		const {outcomes} = await asking(['promote']);
		expect(outcomes).toMatchObject([
			{
				kind: 'done',
				output: {result: 'let-through', step, after, next: ['mkcoa deploy status web -n shop', 'mkcoa deploy abort web -n shop']},
				plan: {summary: expect.stringMatching(/^Ask alice@here, .* to end the wait that it is at, and go on; it is at step 5 of 9$/)},
			},
		]);
	});

	test('to promote in full', async () => {
		const {end, outcomes} = await asking(['promote', {full: true}]);
		expect(outcomes).toMatchObject([{output: {result: 'promoted-in-full', step, after}}]);
		expect(end).toMatchObject({output: {ended: 'forward'}});
	});

	test('to pause, and to let it go on again', async () => {
		const here = rolloutProcesses();
		let paused: AnyOutcome | undefined;
		let resumed: AnyOutcome | undefined;
		const judge: JudgeStage = async (_stage, {between}) => {
			const asked = (async () => {
				paused = await here.process('bob@there/2').run(controlTool('pause'));
				resumed = await here.process('bob@there/3').run(controlTool('resume'));
			})();
			await wait(here);
			await between();
			await asked;
			return {verdict: 'pass', reason: 'as the test says'};
		};
		await here.process('alice@here/1', {effector: slowly(here)}).run(rolloutTool(judge));
		expect(paused).toMatchObject({
			output: {result: 'paused', step, next: ['mkcoa deploy resume web -n shop', 'mkcoa deploy abort web -n shop']},
		});
		expect(resumed).toMatchObject({output: {result: 'going-on', step, after}});
	});

	test('to take it back: where it stood', async () => {
		const {outcomes} = await asking(['abort']);
		expect(outcomes).toMatchObject([{output: {result: 'taken-back', reason: 'bob0@there asked for it', step: {number: 5, of: 9}}}]);
	});
});

test('of two who ask at once, the one who was not heard is told so', async () => {
	const {outcomes} = await asking(['pause'], ['promote']);
	expect(outcomes.map(({kind}) => kind)).toEqual(['failed', 'done']);
	expect(outcomes[0]).toMatchObject({
		error: {
			code: 'request-unheard',
			what: 'The request to pause the rollout of web was not done',
			why: 'another one came first: bob1@there asked to promote',
			next: 'See how it stands, then ask again: mkcoa deploy status web -n shop',
		},
	});
});

test('a rollout on its way back is not promoted, and says why it goes back', async () => {
	const here = rolloutProcesses();
	let asked: Promise<AnyOutcome> | undefined;
	here.fake.afterWrite = ({ref, op}) => {
		if (ref.name === 'web' && op === 'patch' && isBack) asked ??= here.process('bob@there/2').run(controlTool('promote'));
	};
	let isBack = false;
	const judge: JudgeStage = async () => {
		isBack = true;
		throw new TurnBack('stuck', 'its pods do not start');
	};
	await here.process('alice@here/1', {effector: slowly(here)}).run(rolloutTool(judge));
	expect(await asked).toMatchObject({kind: 'failed', error: {code: 'goes-back', why: 'its pods do not start'}});
});
