import {expect, test} from 'vitest';
import type {Progress} from '../../../../src/agents/deploy/backends/progress.ts';
import {controlledPicture, controlledShares} from '../../../../src/agents/deploy/watch/controlled-picture.ts';
import {newsOf} from '../../../../src/agents/deploy/watch/told-after.ts';
import type {RolloutPicture} from '../../../../src/core/rollout-picture.ts';

const picture: RolloutPicture = {
	summary: 'Canary of shop/web',
	target: 'prod, namespace shop',
	state: 'running',
	step: {index: 3, of: 9, title: 'Judge 25 %'},
	weights: [],
	metrics: [],
	tree: [],
	told: [],
};
const pod = {name: 'web-1', state: 'bad', text: 'CrashLoopBackOff, 3 restarts', children: []} as const;
const set = {name: 'ReplicaSet web', state: 'bad', text: '0/1 ready', children: [pod]} as const;

test.each<[string, Partial<RolloutPicture> | undefined, Partial<RolloutPicture>, readonly string[]]>([
	['the first picture tells where it is', undefined, {}, ['step 4 of 9: Judge 25 %']],
	['a picture like the one before is no news', {}, {}, []],
	['a new step', {}, {step: {index: 4, of: 9, title: 'Grow'}}, ['step 5 of 9: Grow']],
	['a verdict that decides', {}, {verdict: {verdict: 'pass', text: 'no worse'}}, ['pass: no worse']],
	['a look that does not decide is none', {}, {verdict: {verdict: 'pass', text: 'so far', isOpen: true}}, []],
	['a pause', {}, {state: 'paused'}, ['it is paused']],
	['its end', {state: 'paused'}, {}, ['it goes on']],
	['the way back with its reason', {}, {state: 'aborting', reason: 'bob asked for it'}, ['it goes back: bob asked for it']],
	['the end with its reason', {state: 'aborting', reason: 'a'}, {state: 'failed', reason: 'taken back'}, ['it is over: taken back']],
	['a rollout after another one', {state: 'done'}, {step: undefined}, ['a rollout begins']],
	['the lowest thing that cannot run, once', {}, {tree: [set]}, ['web-1: CrashLoopBackOff, 3 restarts']],
	['what could not run before is none', {tree: [set]}, {tree: [set]}, []],
	['a cluster that is away, once', {}, {away: {since: 0, why: 'no answer'}}, ['the cluster does not answer: no answer']],
	['and nothing else meanwhile', {away: {since: 0, why: 'no answer'}}, {away: {since: 0, why: 'no answer'}, state: 'stopped'}, []],
	['its return', {away: {since: 0, why: 'no answer'}}, {}, ['the cluster answers again']],
	['words of others cannot move the cursor', {}, {step: {index: 0, of: 1, title: 'a\u001B[2Jb'}}, ['step 1 of 1: ab']],
])('%s', (_, before, now, news) => {
	expect(newsOf(before === undefined ? undefined : {...picture, ...before}, {...picture, ...now})).toEqual(news);
});

const progress: Progress = {
	controller: 'flagger',
	object: 'Canary shop/web',
	state: 'rolling-out',
	phase: 'Progressing',
	message: 'advance web weight 20',
	waits: false,
	weight: 20,
	facts: [],
	analyses: [],
	notChecked: [],
};
const analysis = (phase: string): Progress['analyses'][number] => ({
	name: 'errors',
	phase,
	message: '',
	metrics: [{name: 'rate', phase, value: '0.2', condition: 'fails where result > 0.1', message: ''}],
});

test.each<[Partial<Progress>, Partial<RolloutPicture>]>([
	[{}, {state: 'running', led: 'Flagger', isControlled: true, progress: {text: 'Progressing; advance web weight 20'}}],
	[
		{state: 'healthy', phase: 'Succeeded', message: ''},
		{state: 'done', reason: 'Succeeded'},
	],
	[
		{state: 'degraded', phase: 'Failed', message: 'too many errors'},
		{state: 'failed', reason: 'Failed; too many errors'},
	],
	[
		{state: 'paused', step: {index: 2, of: 4, title: 'pause'}},
		{state: 'paused', step: {index: 1, of: 4, title: 'pause'}},
	],
	[{analyses: [analysis('Successful')]}, {verdict: {verdict: 'pass', text: 'errors Successful, rate 0.2 (fails where result > 0.1)'}}],
	[{analyses: [analysis('Running')]}, {verdict: {verdict: 'not-enough-data', text: expect.any(String)}}],
	[{analyses: [analysis('Failed')]}, {verdict: {verdict: 'fail', text: expect.stringMatching(/^errors: metric rate Failed \(value 0\.2/)}}],
])('a controller that tells %j', (change, seen) => {
	expect(controlledPicture({...progress, ...change})).toMatchObject(seen);
});

test('shares are those of the controller, where it tells any', () => {
	expect(controlledShares(progress)).toEqual({
		weights: [
			{name: 'new', share: 0.2},
			{name: 'stable', share: 0.8},
		],
		weighed: 'as Flagger has it',
	});
	expect(controlledShares({...progress, weight: undefined})).toEqual({weights: []});
});
