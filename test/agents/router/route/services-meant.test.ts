import {expect, test} from 'vitest';
import {guards, intents, telling, wholes} from '../../../../src/agents/router/intents.ts';
import {route} from '../../../../src/agents/router/route/route.ts';
import {routerWorld, thing} from '../../../support/router-world.ts';

const side = (colour: string) => {
	const labels = {app: 'mill', side: colour};
	return thing('Deployment', `grove/mill-${colour}`, {
		labels,
		spec: {
			replicas: 2,
			selector: {matchLabels: labels},
			template: {metadata: {labels}, spec: {containers: [{name: 'mill', image: 'mill:1'}]}},
		},
	});
};
const service = (name: string, selector: object) =>
	thing('Service', `grove/${name}`, {spec: {clusterIP: '10.0.0.9', selector, ports: [{name: 'http', port: 80}]}});
const world = routerWorld([
	side('blue'),
	side('green'),
	service('mill', {app: 'mill', side: 'blue'}),
	service('mill-trial', {app: 'mill', side: 'green'}),
	thing('PodDisruptionBudget', 'grove/mill', {spec: {minAvailable: 1, selector: {matchLabels: {app: 'mill'}}}}),
]);
const read = async (request: string) => {
	const [one] = await route(request, world, {guards, wholes, intents, telling, nowMs: 0});
	return one?.kind === 'calls'
		? one.calls.map(({tool, input}) => `${tool} ${String(input.kind)} ${String(input.name)}`).join(', ')
		: one?.kind;
};

test.each([
	// The Service that leads there already is never the one that is meant.
	['트래픽을 mill-green 쪽으로 옮겨주세요. mill 서비스만요.', 'resource_patch Service mill'],
	['traffic should go over to mill-green', 'resource_patch Service mill'],
	['트래픽을 mill-blue 쪽으로 옮겨주세요', 'resource_patch Service mill'],
	// What leads to the other side stays where it is.
	['mill-blue 트래픽을 green으로 돌려줘', 'resource_patch Service mill'],
	["move mill-blue's traffic to green", 'resource_patch Service mill'],
	// A version that is told is no image of the side that is to serve.
	['1.2.0 went well, so the mill service should now be served by mill-green', 'resource_patch Service mill'],
	// Whether a Service is headless never changes.
	['make service mill headless', 'question'],
	['mill 서비스를 헤드리스로 전환해줘', 'question'],
	['set the clusterIP of service mill to None', 'question'],
	// The kind is that of the name behind it.
	['서비스 mill-trial이랑 PDB mill 둘 다 삭제해줘', 'resource_delete Service mill-trial, resource_delete PodDisruptionBudget mill'],
	// A side that is left with another number of pods is scaled, and the other one is not.
	[
		'shift the mill visitors onto the green pods and leave blue idling with 1',
		'resource_patch Service mill, workload_scale undefined undefined',
	],
	['mill을 green으로 넘기고 blue는 1개만 살려둬', 'resource_patch Service mill, workload_scale undefined undefined'],
	['mill 디플로이먼트 한쪽만 1개로 줄여줘', 'question'],
])('%s: %s', async (request, plan) => {
	expect(await read(request)).toBe(plan);
});
