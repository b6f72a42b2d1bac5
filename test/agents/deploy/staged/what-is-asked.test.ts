import {expect, test} from 'vitest';
import type {RequestVerb} from '../../../../src/agents/deploy/staged/record/record.ts';
import {whatIsAsked} from '../../../../src/agents/deploy/staged/what-is-asked.ts';
import {smallScript} from '../../../support/staged-world.ts';
import {webDeployment} from '../../../support/web-deployment.ts';

const small = smallScript(webDeployment());
const held = {
	...small,
	acts: small.acts.toSpliced(4, 0, {title: 'Stay at 50 %', writes: [], wait: {kind: 'hold' as const, why: ''}, ifDies: ''}),
};

test.each<[RequestVerb, number, ReturnType<typeof whatIsAsked>]>([
	['promote', 2, {position: 2, title: 'Judge', after: 'grow web-canary to 2; later: stay at 50 %'}],
	['promote', 0, {position: 2, title: 'Judge', after: 'grow web-canary to 2; later: stay at 50 %'}],
	['promote', 4, {position: 4, title: 'Stay at 50 %', after: 'promote'}],
	['promote', 5, {position: 5, title: 'Promote', after: 'remove web-canary'}],
	['promote-full', 2, {position: 2, title: 'Judge', after: 'grow web-canary to 2'}],
	['pause', 3, {position: 3, title: 'Grow web-canary to 2', after: 'stay at 50 %'}],
	['resume', 6, {position: 6, title: 'Remove web-canary', after: 'nothing, it is the last step'}],
])('to %s at act %i', (verb, position, subject) => {
	expect(whatIsAsked(held, position, verb)).toEqual(subject);
});
