import {expect, test} from 'vitest';
import {guards, intents} from '../../../../src/agents/router/intents.ts';
import {route} from '../../../../src/agents/router/route/route.ts';
import {routerWorld, thing} from '../../../support/router-world.ts';

const world = routerWorld([
	thing('Deployment', 'shop/web', {spec: {replicas: 3, template: {spec: {containers: [{name: 'web', image: 'r.example/web:1'}]}}}}),
	thing('Node', 'node-1', {spec: {unschedulable: true}}),
]);
const understood = (request: string) => route(request, world, {guards, intents, nowMs: 0});

test.each([
	['restart web in namespace bank', 'restart web in namespace shop'],
	['delete deployment web in the bank namespace', 'delete deployment web in the shop namespace'],
	['scale web to 5 in bank', 'scale web to 5 in shop'],
	['restart web -n bank', 'restart web -n shop'],
	['bank 네임스페이스의 web을 재시작해줘', 'shop 네임스페이스의 web을 재시작해줘'],
])('%s: is asked about, for there is no such namespace', async (request, choice) => {
	const [one] = await understood(request);
	expect(one).toMatchObject({kind: 'question', text: expect.stringContaining('bank'), choices: [{text: 'shop', request: choice}]});
});

test.each([
	'scale web to 5 in shop',
	'restart web in namespace shop',
	'uncordon node-1, put it back in rotation',
	'create namespace bank',
	'set the env REGION of web in shop to bank',
])('%s: is planned', async request => {
	expect((await understood(request)).map(({kind}) => kind)).toContain('calls');
});
