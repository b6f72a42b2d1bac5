import {expect, test} from 'vitest';
import {leftStanding} from '../../../../src/agents/router/route/left-standing.ts';
import {routerWorld, thing} from '../../../support/router-world.ts';

const world = routerWorld([
	thing('Deployment', 'grove/mill-blue', {spec: {replicas: 4}}),
	thing('Deployment', 'grove/mill-green', {spec: {replicas: 4}}),
	thing('Deployment', 'grove/press', {spec: {replicas: 2}}),
]);

test.each([
	['send users to green and leave blue idling with 2', 'send users to green and scale blue to 2 replicas'],
	['send users to green, leaving two blue pods standing', 'send users to green, and scale blue to 2 replicas'],
	['send users to green, with blue parked at a couple of pods for now', 'send users to green, and scale blue to 2 replicas for now'],
	['green takes over; 1 pod of blue may linger', 'green takes over; scale blue to 1 replicas'],
	['add a budget for mill-blue and leave press with 3 pods', 'add a budget for mill-blue and scale press to 3 replicas'],
	['keep press running at five replicas, please', 'scale press to 5 replicas, please'],
	['the mill goes to green; blue stays up with three pods', 'the mill goes to green; scale blue to 3 replicas'],
	['mill을 green으로 돌리고 blue는 2개로 남겨둬', 'mill을 green으로 돌리고 blue 2개로 맞춰줘'],
	['press는 한 개만 대기시키고 mill-blue 재시작해줘', 'press 1개로 맞추고 mill-blue 재시작해줘'],
])('what is left with another number of pods is scaled: %s', async (request, said) => {
	expect(await leftStanding(request, world)).toBe(said);
});

test.each([
	'scale green to 6 and keep blue at 4',
	'restart green and leave press with 2 pods',
	'keep nobody at 3 and restart press',
	"don't leave blue idling with 2",
	'keep press at 3.1',
	'add a budget for press and keep press at 3',
	'add a budget that keeps press at 1',
	'green만 재시작하고 press는 2개로 유지해',
])('what has as many, is forbidden or nothing that runs stays: %s', async request => {
	expect(await leftStanding(request, world)).toBe(request);
});
