import {expect, test} from 'vitest';
import {guards, intents, telling} from '../../../../src/agents/router/intents.ts';
import {route} from '../../../../src/agents/router/route/route.ts';
import {routerWorld, thing} from '../../../support/router-world.ts';

const pod = (uses: object) => ({
	template: {metadata: {labels: {app: 'web'}}, spec: {containers: [{name: 'web', image: 'web:1', ...uses}]}},
});
const world = routerWorld([
	thing('Deployment', 'shop/web', {
		labels: {app: 'web'},
		spec: {
			replicas: 3,
			selector: {matchLabels: {app: 'web'}},
			...pod({envFrom: [{configMapRef: {name: 'rates'}}], resources: {limits: {memory: '1Gi'}}}),
		},
		status: {replicas: 3, readyReplicas: 3, updatedReplicas: 3, availableReplicas: 3},
	}),
	thing('Deployment', 'shop/cart', {spec: {replicas: 5, ...pod({resources: {limits: {memory: '2Gi'}}})}}),
	thing('ConfigMap', 'shop/rates', {data: {LEVEL: 'info'}}),
	thing('ConfigMap', 'shop/notes'),
	thing('Service', 'shop/web', {spec: {selector: {app: 'web'}}}),
	thing('Node', 'node-1'),
]);
const asked = async (text: string) => {
	const understood = await route(text, world, {guards, intents, telling, nowMs: 0});
	expect(understood.map(({kind}) => kind)).toEqual(['answer']);
	return understood.map(one => (one.kind === 'answer' ? one.text : '')).join('\n');
};

test.each([
	['should I restart web?', /Nothing is changed.*3 of 3.*“restart deployment web in shop”/s],
	['web 재시작하는 게 좋을까?', /아무것도 바꾸지 않습니다.*재시작해줘/s],
	['is it safe to delete rates?', /1 would notice.*Deployment web/s],
	['what breaks if I delete rates?', /Deployment web/],
	['If rates were deleted, which workloads would be hit?', /Deployment web/],
	['would deleting notes break anything?', /Nothing was found that uses it/],
	['rates 지우면 뭐가 영향 받아?', /Deployment web/],
	['can I safely drain node-1?', /“drain node node-1”/],
	['should I restart web? it never gets ready', /Nothing is changed/],
	['who changed web?', /no people.*replicas now/s],
	['has anybody scaled web to zero?', /replicas now\*\*: 3/],
	['누가 web을 재시작했어?', /감사 로그/],
	['which deployment in shop has the highest memory limit per pod? name only', /cart\*\*: 2Gi/],
	['which deployment in shop has the most replicas, one name only', /cart\*\*: 5/],
])('%s is answered, and changes nothing', async (text, words) => {
	expect(await asked(text)).toMatch(words);
});

test.each([
	['I was wondering if you could restart web?', ['workload_restart deployment/web']],
	['If you get a chance could you restart web?', ['workload_restart deployment/web']],
	['if you have a minute, scale web to 5', ['workload_scale deployment/web']],
	['web: restart; cart: leave it', ['workload_restart deployment/web']],
	["don't touch cart, just restart web", ['workload_restart deployment/web']],
	['The sale starts at noon. Scale web to 5', ['workload_scale deployment/web']],
	['keep web at 4 replicas', ['workload_scale deployment/web']],
	['should I restart web? And restart cart', 'question'],
	['cordon node-1. No drain though.', ['node_cordon undefined']],
	['should I restart cart, or scale web to 5', 'answer'],
])('%s', async (text, expected) => {
	const [one] = (await route(text, world, {guards, intents, telling, nowMs: 0})).slice(-1);
	expect(one?.kind === 'calls' ? one.calls.map(({tool, input}) => `${tool} ${input.workload}`) : one?.kind).toEqual(expected);
});
