import {expect, test} from 'vitest';
import {deploymentCanary} from '../../../../src/agents/deploy/tools/deployment-canary.ts';

test.each([
	['5,25,50,100', true],
	['50', true],
	['1,99', true],
	['100', false],
	['50,25', false],
	['25,25', false],
	['0,50', false],
	['50,101', false],
	['50;100', false],
	['', false],
])('steps %j are taken: %s', (steps, isTaken) => {
	expect(deploymentCanary.input.safeParse({name: 'web', image: 'web:2', steps}).success).toBe(isTaken);
});
