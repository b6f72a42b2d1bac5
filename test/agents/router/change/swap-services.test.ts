import {expect, test} from 'vitest';
import {guards, intents, telling, wholes} from '../../../../src/agents/router/intents.ts';
import {route} from '../../../../src/agents/router/route/route.ts';
import {routerWorld, thing} from '../../../support/router-world.ts';

const labels = (track: string) => ({app: 'ferry', track});
const side = (track: string) =>
	thing('Deployment', `port/ferry-${track}`, {
		spec: {
			replicas: 2,
			selector: {matchLabels: labels(track)},
			template: {metadata: {labels: labels(track)}, spec: {containers: [{name: 'main', image: `reg.example.org/ferry:${track}`}]}},
		},
	});
const service = (name: string, track: string) => thing('Service', `port/${name}`, {spec: {selector: labels(track), ports: [{port: 80}]}});
const world = routerWorld([side('blue'), side('green'), service('ferry', 'blue'), service('ferry-preview', 'green')]);

const plan = async (text: string) =>
	(await route(text, world, {guards, wholes, intents, telling, nowMs: 0})).flatMap(one =>
		one.kind === 'calls'
			? one.calls.map(({tool, input}) => `${tool} ${input.name ?? input.workload} ${input.patch ?? input.replicas}`)
			: [one.kind],
	);

test.each([
	'Swap ferry and ferry-preview: live goes to green, preview to blue.',
	'swap the selectors of services ferry and ferry-preview',
	'Swap the ferry services: live on green, preview on blue.',
	'ferry -> green pods, ferry-preview -> blue pods',
	'Trade places: service ferry serves green from now on, ferry-preview serves blue.',
	'서비스 두 개를 맞바꿔줘. ferry는 green으로, ferry-preview는 blue로.',
	'서비스 ferry랑 ferry-preview 서로 맞바꿔 주세요',
])('%s: each gets the side of the other', async text => {
	expect((await plan(text)).toSorted()).toEqual([
		'resource_patch ferry [{"op":"replace","path":"/spec/selector/track","value":"green"}]',
		'resource_patch ferry-preview [{"op":"replace","path":"/spec/selector/track","value":"blue"}]',
	]);
});

test.each([
	'should we swap services ferry and ferry-preview?',
	'Swap services ferry and ferry-preview: ferry goes to blue, preview to green.',
])('%s: is no swap', async text => expect(await plan(text)).not.toContainEqual(expect.stringMatching(/ ferry .*green/)));

test.each([
	'ferry 서비스는 green으로 넘기고 ferry-blue는 1개만 남겨줘',
	'운영 트래픽(ferry)을 그린이 받게 하고 블루는 1개로 줄여 주세요',
	'Let green serve ferry, and blue shrinks to 1 pod',
	'Point service ferry at green, then take ferry-blue down to 1.',
])('%s: the side that is to serve is not scaled', async text =>
	expect((await plan(text)).toSorted()).toEqual([
		'resource_patch ferry [{"op":"replace","path":"/spec/selector/track","value":"green"}]',
		'workload_scale deployment/ferry-blue 1',
	]),
);

test.each(['Passengers should be served by ferry-green from now on.', "Move ferry-blue's traffic to green."])(
	'only the Service that is to lead elsewhere changes: %s',
	async text => {
		expect((await plan(text)).filter(call => !call.endsWith(' []'))).toEqual([expect.stringMatching(/ ferry .*green/)]);
	},
);
