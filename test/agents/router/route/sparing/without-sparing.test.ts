import {expect, test} from 'vitest';
import {guards, intents, telling, wholes} from '../../../../../src/agents/router/intents.ts';
import {route} from '../../../../../src/agents/router/route/route.ts';
import {routerWorld, thing} from '../../../../support/router-world.ts';

const workload = (kind: string, name: string, containers: readonly unknown[] = [{name: 'main', image: 'repo/main:1.0'}]) =>
	thing(kind, name, {spec: {replicas: 3, selector: {matchLabels: {app: name}}, template: {spec: {containers}}}});
const world = routerWorld([
	workload('Deployment', 'port/ferry', [
		{
			name: 'engine',
			image: 'repo/engine:1.0',
			env: [
				{name: 'SPEED_MAX', value: '8'},
				{name: 'ROUTE_KEY', value: 'east'},
			],
		},
		{name: 'logger', image: 'repo/logger:1.0'},
	]),
	workload('Deployment', 'port/radar'),
	workload('Deployment', 'port/dock-blue'),
	workload('Deployment', 'port/dock-green'),
	workload('DaemonSet', 'port/beacon'),
	workload('Deployment', 'yard/crane'),
	workload('Deployment', 'yard/ferry'),
	thing('ConfigMap', 'port/tides', {data: {HIGH_AT: '4', LOW_AT: '10'}}),
	thing('ConfigMap', 'port/flags', {data: {fog_horn: 'on'}}),
	thing('ResourceQuota', 'yard/yard-quota', {spec: {hard: {pods: '9', 'requests.memory': '4Gi'}}}),
	thing('Node', 'pier-1'),
	thing('Node', 'pier-2'),
]);

/** The names that a request acts on, or how it is answered. */
async function actsOn(text: string): Promise<readonly unknown[] | string | undefined> {
	const [last] = (await route(text, world, {guards, intents, telling, wholes, nowMs: 0})).slice(-1);
	if (last?.kind !== 'calls') return last?.kind;
	return last.calls.map(({input}) => {
		const name = input.workload ?? input.node ?? input.name ?? /name: (\S+)/.exec(String(input.manifest))?.[1];
		return `${String(name).replace(/.*\//, '')}${/yard/.test(JSON.stringify(input)) ? ' in yard' : ''}`;
	});
}

test.each([
	['Take radar to 5. dock-blue and dock-green are off limits.', ['radar']],
	['crane is not ours, skip it; radar goes to 6 replicas', ['radar']],
	['restart the deployments in port, not counting ferry, its owner is on holiday', ['radar', 'dock-blue', 'dock-green']],
	['Scale all deployments in port to 4, radar excepted.', ['ferry', 'dock-blue', 'dock-green']],
	['scale dock-green to 5. blue not, blue is about to retire', ['dock-green']],
	['cordon pier-2, pier-1 is to keep taking pods', ['pier-2']],
	['Restart ferry, yard stays out of it', ['ferry']],
	['HIGH_AT in tides should be 5, LOW_AT as it is', ['tides']],
	['Neither crane nor beacon may change. Double radar.', ['radar']],
	['The logger stays on 1.0. The engine container of ferry in port goes to tag 1.2.', ['ferry']],
	["Create a configmap buoys in port with COUNT=4; flags isn't to be touched.", ['buoys']],
	['Restart radar and crane; beacon is no concern, hands off it.', ['radar', 'crane in yard']],
	['Move crane to 5 replicas (radar and dock-blue stay at 3).', ['crane in yard']],
	['Scale radar to 4 - crane, though in the yard as well, is not to be touched.', ['radar']],
	['All deployments in port go to 2, radar and ferry aside.', ['dock-blue', 'dock-green']],
	['radar는 5개로, ferry engine의 SPEED_MAX는 그대로', ['radar']],
	['Scale radar and dock-blue to 4; crane had that last week so leave it', ['radar', 'dock-blue']],
	['Take SPEED_MAX off the engine container of ferry in port; everything else in its environment stays.', ['ferry']],
	['Restart all deployments outside of yard.', ['ferry', 'radar', 'dock-blue', 'dock-green']],
	['Delete the configmap flags. crane, which once read it, gets restarted rather than deleted.', ['flags', 'crane in yard']],
	['radar 재시작하되 crane은 건드리지 말아줘', ['radar']],
	['radar는 그대로 두고 crane만 4개로 맞춰줘', ['crane in yard']],
	['crane 5개로 늘려줘. radar는 어제 이미 했으니 그대로.', ['crane in yard']],
	['dock-green만 재시작해줘, 블루는 안 돼', ['dock-green']],
	['ferry 재시작해 주세요, yard 건 아직 점검 중이라 놔두고요', ['ferry']],
	['port 네임스페이스에 buoys 컨피그맵 COUNT=4로 만들어줘. flags는 손대지 말고.', ['buoys']],
])('what stays is in no plan: %s', async (text, expected) => {
	expect(await actsOn(text)).toEqual(expected);
});

test.each([
	['Set SPEED_MAX to 9 on the engine container of ferry in port; ROUTE_KEY must survive', /SPEED_MAX/, /ROUTE_KEY/],
	['Raise the pods of yard-quota to 12; memory in there stays', /hard\/pods/, /memory/],
	['port의 ferry engine 컨테이너 SPEED_MAX를 9로 바꾸고 logger 컨테이너는 바꾸지 마세요', /SPEED_MAX/, /logger/],
])('a part that stays is not written: %s', async (text, is, isNot) => {
	const understood = await route(text, world, {guards, intents, telling, wholes, nowMs: 0});
	expect(JSON.stringify(understood)).toMatch(is);
	expect(understood[0]).toMatchObject({kind: 'calls'});
	expect(JSON.stringify(understood.flatMap(one => (one.kind === 'calls' ? one.calls : [])))).not.toMatch(isNot);
});

test.each([
	'Restart radar, and radar must not be touched.',
	'Restart radar, crane and beacon must not change.',
	'Scale radar to 5; the replicas of radar stay as they are',
	'radar 5개로 늘려줘. radar는 건드리지 마.',
])('an order against itself is asked about: %s', async text => {
	expect(await actsOn(text)).toBe('question');
});
