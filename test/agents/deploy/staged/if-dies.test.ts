import {describe, expect, test} from 'vitest';
import type {Act, Script} from '../../../../src/agents/deploy/staged/act.ts';
import {atStart} from '../../../../src/agents/deploy/staged/draft-rollout.ts';
import {ifDies} from '../../../../src/agents/deploy/staged/if-dies.ts';
import {type Start, stepsOf} from '../../../../src/agents/deploy/staged/layout.ts';
import {rolloutRefs} from '../../../../src/agents/deploy/staged/record/rollout-objects.ts';

const workload = {namespace: 'shop', name: 'web'};
const act = (title: string, stands: string): Act => ({title, writes: [], ifDies: stands});
const script: Script = {
	acts: [act('Start it', 'it serves a part'), act('Judge it', 'it serves a part'), act('Promote it', 'it goes over')],
	wayBack: [act('Bring it back', 'it comes back'), act('Remove it', 'all is as before'), act('Free it', 'all is as before')],
};
const told = (start: Start, opens: boolean) => ifDies(script, start, opens, workload).map(({text}) => text);

describe('what the cluster looks like if mkcoa dies', () => {
	test('is told for every step of the plan, there and back, and steps that leave the same are told together', () => {
		expect(told(atStart, true)).toEqual([
			'All stays as that step left it. From any machine, mkcoa deploy resume web -n shop goes on and mkcoa deploy abort web -n shop takes it back',
			'At steps 1 to 2: nothing of web has changed',
			'At steps 3 to 4: it serves a part',
			'At step 5: it goes over',
			"At step 6: all is done, and mkcoa deploy resume removes what is left of mkcoa's own",
			'While it goes back, at step 7: it comes back',
			'While it goes back, at steps 8 to 9: all is as before',
		]);
	});

	test.each<readonly [string, Start, readonly string[]]>([
		[
			'goes on',
			{phase: 'forward', position: 2, back: 0},
			['step 1: all stays as it is now', 'step 2: it goes over', 'step 3: all is done'],
		],
		[
			'takes back',
			{phase: 'back', position: 2, back: 0},
			['step 1: all stays as it is now', 'step 2: it comes back', 'steps 3 to 4: all is as before', 'step 5: all is done'],
		],
	])('has the numbers of the plan of whoever %s', (_, start, lines) => {
		const forward = told(start, false).filter(text => text.startsWith('At '));
		expect(forward.map(text => text.replace('At ', '').split(',')[0])).toEqual(lines);
	});

	test.each<readonly [Start, boolean]>([
		[atStart, true],
		[{phase: 'forward', position: 1, back: 0}, false],
		[{phase: 'back', position: 1, back: 1}, false],
	])('leaves no step of a plan out (%o)', (start, opens) => {
		const steps = stepsOf(script, start, rolloutRefs(workload), {
			opening: opens ? {lease: [], record: []} : undefined,
			whole: script,
			lease: [],
			isRecorded: true,
		});
		const numbers = told(start, opens).flatMap(text => {
			const [, from, to = from] = /steps? (\d+)(?: to (\d+))?:/.exec(text) ?? [];
			return from === undefined ? [] : Array.from({length: Number(to) - Number(from) + 1}, (_, index) => Number(from) + index);
		});
		expect(numbers).toEqual(steps.map((_, index) => index + 1));
	});
});
