import {expect, test} from 'vitest';
import {guards, intents, telling, wholes} from '../../../../src/agents/router/intents.ts';
import {route} from '../../../../src/agents/router/route/route.ts';
import {routerWorld, thing} from '../../../support/router-world.ts';

const runs = (name: string) =>
	thing('Deployment', `port/${name}`, {
		spec: {
			replicas: 2,
			selector: {matchLabels: {app: name}},
			template: {metadata: {labels: {app: name}}, spec: {containers: [{name, image: `reg.example.org/port/${name}:1.0`}]}},
		},
	});
const world = routerWorld([
	runs('ferry'),
	runs('crane'),
	thing('Job', 'port/refill', {spec: {suspend: true}}),
	thing('Namespace', 'port', {}),
	thing('Namespace', 'default', {}),
]);

const understood = async (text: string) => route(text, world, {guards, wholes, intents, telling, nowMs: 0});

test.each([
	['a variable whose value nobody says', 'add the env var TIDE_URL to ferry', 'TIDE_URL|value'],
	['a sidecar that is not there', 'bump the sidecar of crane to 3.1', 'no sidecar'],
	['a sidecar that is not there', 'crane 사이드카를 3.1로 올려줘', '사이드카가 없'],
	['a number that others are to decide', 'scale crane to 4 and ferry to however many the captain likes', 'ferry'],
	['an image beside a number', 'ferry 이미지 바꿔주시고 crane은 4개로요', 'ferry'],
	['an amount that the plan has not', 'Give crane more memory, and ferry 2Gi as its limit.', '2Gi|more memory|How much'],
	['the place of what is made', 'crane 때문에 필요합니다. 컨피그맵 loads를 MAX=5로 만들어줘', 'port'],
])('%s is asked about: %s', async (_, text, about) => {
	expect(await understood(text)).toMatchObject([{kind: 'question', text: expect.stringMatching(about)}]);
});

test.each([
	'Create a configmap tides with LOW=06:10.',
	'The skippers of ferry are waiting for it. Create a configmap tides with LOW=06:10 in default.',
	'The skippers of ferry are waiting for it. Create a configmap tides with LOW=06:10 in port.',
])('%s: the place is clear', async text => expect((await understood(text)).map(({kind}) => kind)).toEqual(['calls']));

test('a quoted name keeps its name before a Korean particle', async () =>
	expect(JSON.stringify(await understood("네임스페이스 'tide-lab'을 만들고 그 안에 파드 12개짜리 쿼터 'tide-cap'도 넣어줘."))).toMatch(
		/name: tide-cap\b/,
	));

test.each(['Delete the job refill in port, nobody will resume it.', 'Get rid of job refill, because no one is going to resume it.'])(
	'what nobody will do is not done: %s',
	async text => expect(JSON.stringify(await understood(text))).not.toContain('resource_patch'),
);

test.each([
	'Both ferry pods are stuck in Pending. It can run anywhere, so look what ties it to nodes we do not have and take that out.',
	'crane does not start: find out why and remove it.',
])('the object of a complaint is not deleted for its cause: %s', async text =>
	expect(JSON.stringify(await understood(text))).not.toContain('resource_delete'),
);

test("a scale between two bounds is an autoscaler's, and its target no request of the pods", async () => {
	const [one] = await understood("I'd like crane to scale between two and five pods, with an average of 300m CPU per pod as target.");
	expect(one).toMatchObject({kind: 'calls', calls: [{tool: 'resource_apply'}]});
	expect(JSON.stringify(one)).toMatch(/HorizontalPodAutoscaler.*minReplicas: 2.*maxReplicas: 5.*300m/);
});
