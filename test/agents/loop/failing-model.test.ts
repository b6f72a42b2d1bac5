import {describe, expect, test} from 'vitest';
import {MkcoaError} from '../../../src/core/error.ts';
import type {AnyOutcome} from '../../../src/core/outcome.ts';
import {loopRun} from '../../support/loop-run.ts';
import {manualClock} from '../../support/manual-clock.ts';
import {calls, type Script} from '../../support/scripted-model.ts';

const list = calls(['resource_list', {kind: 'pods'}]);

describe('a model that', () => {
	const router = {
		name: 'the built-in router',
		turn: async (_asked: unknown, _tools: unknown, emit: (event: {kind: 'text'; agent: string; delta: string}) => void) => {
			emit({kind: 'text', agent: 'router', delta: 'Three pods.'});
			return 'answered' as const;
		},
	};
	const silent = () => new Promise<never>(() => {});

	test.each<[string, Script, RegExp]>([
		[
			'is down',
			() => Promise.reject(new MkcoaError({kind: 'environment', code: 'model-unreachable', what: 'No answer'})),
			/^No answer\. This goes on with the built-in router\.$/,
		],
		['says nothing', () => [{kind: 'stop', reason: 'end'}], /answers nothing that can be used.*built-in router/],
		['calls what does not exist', (_request, round) => calls(['launch_rockets', {round}]), /answers nothing that can be used/],
	])('%s makes room for the router, with a word of it', async (_name, model, note) => {
		const {ask, notes} = loopRun(model, {
			fallback: router,
			answer: ({tool}) => ({
				kind: 'failed',
				tool,
				error: {kind: 'usage', code: 'unknown-tool', what: 'no'},
				done: [],
				undone: [],
				left: [],
			}),
		});
		expect(await ask('pods?')).toMatchObject({answer: 'Three pods.', reason: 'answered'});
		expect(notes()[0]).toMatch(note);
	});

	test('does not answer in time makes room for the router', async () => {
		const clock = manualClock();
		const {ask, notes} = loopRun((_request, _round) => Promise.race([silent(), ended(clock)]), {
			clock,
			fallback: router,
			limits: {workMs: 5000},
		});
		const turn = ask('pods?');
		await clock.advance(5000);
		expect(await turn).toMatchObject({answer: 'Three pods.'});
		expect(notes()[0]).toMatch(/did not answer within 5 seconds/);
	});

	test('falls silent on the way makes room for the router, where nothing was changed', async () => {
		const clock = manualClock();
		const script: Script = (_request, round) => (round === 0 ? list : Promise.race([silent(), ended(clock)]));
		const {ask, notes} = loopRun(script, {clock, fallback: router, limits: {silenceMs: 5000}});
		const turn = ask('pods?');
		await clock.advance(5000);
		expect(await turn).toMatchObject({answer: 'Three pods.'});
		expect(notes()[0]).toMatch(/did not answer within 5 seconds/);
	});

	/** A script that notices that its time is over as a wire does: it ends with an error. */
	const ended = (clock: ReturnType<typeof manualClock>) =>
		new Promise<never>((_resolve, reject) => clock.schedule(5000, () => reject(new Error('aborted'))));
});

test('a turn is cancelled while a change is under way, and says what it left', async () => {
	const stop = new AbortController();
	const left: AnyOutcome = {
		kind: 'failed',
		tool: 'workload_scale',
		error: {kind: 'environment', code: 'cancelled', what: 'The run was cancelled'},
		journal: '1f3a',
		done: ['patch Deployment shop/web'],
		undone: [],
		left: [],
	};
	const {ask, notes, events} = loopRun(() => calls(['workload_scale', {}]), {
		answer: () => {
			stop.abort();
			return left;
		},
	});
	expect((await ask('scale', stop.signal)).reason).toBe('cancelled');
	expect(events).toContainEqual(expect.objectContaining({kind: 'result', outcome: left}));
	expect(notes()).toEqual([
		'The turn was cancelled. Until then: workload_scale failed half way, journal 1f3a; done: patch Deployment shop/web.',
	]);
});
