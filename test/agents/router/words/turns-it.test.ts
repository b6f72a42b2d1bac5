import {expect, test} from 'vitest';
import {valuesTurned} from '../../../../src/agents/router/words/turns-it.ts';

test.each([
	["demo's budget asks for 3 available pods, lower that to 2", "lower demo's budget available pods to 2"],
	['demo has a 256Mi memory limit; bump it to 1Gi', 'bump demo memory limit to 1Gi'],
	["demo's liveness probe has a period of 5 seconds. Make it 9 seconds", "set demo's liveness probe period to 9 seconds"],
	['demo still runs 1.4.0, make it 1.5.0 from tonight', 'set the image of demo to 1.5.0'],
	['Thanks! demo is at two pods - raise it to four', 'Thanks! raise demo pods to four'],
])('a value that is told and then turned is said in one: %s', (request, said) => {
	expect(valuesTurned(request)).toBe(said);
});

test.each([
	'scale demo to 3, and set it to Recreate',
	'scale demo to 2, make it 4',
	'if demo has 2 pods, raise it to 3',
	'demo is slow, raise it to 4',
	'create demo with 2 pods, label it a=b',
])('what is ordered, conditional or told without a value stays: %s', request => {
	expect(valuesTurned(request)).toBe(request);
});
