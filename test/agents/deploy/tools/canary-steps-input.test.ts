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

test.each([
	['50,25', 'each step is higher than the one before it'],
	['25,25', 'each step is higher than the one before it'],
	['50,101', 'a step is a percentage from 1 to 100'],
	['0,50', 'a step is a percentage from 1 to 100'],
	['100', 'the first step is below 100, so that both versions serve'],
	['a', 'steps are percentages in rising order, such as 25,50,100'],
])('steps %j are refused in words of their own', (steps, words) => {
	const {error} = deploymentCanary.input.safeParse({name: 'web', image: 'web:2', steps});
	expect(error?.issues[0]?.message).toBe(words);
});
