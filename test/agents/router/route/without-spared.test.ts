import {expect, test} from 'vitest';
import {guards, intents, telling} from '../../../../src/agents/router/intents.ts';
import {route} from '../../../../src/agents/router/route/route.ts';
import {routerWorld, thing} from '../../../support/router-world.ts';

const workload = (kind: string, name: string) => thing(kind, name, {spec: {replicas: 3, template: {spec: {containers: [{name: 'main'}]}}}});
const world = routerWorld([
	workload('Deployment', 'port/ferry'),
	workload('Deployment', 'port/radar'),
	workload('Deployment', 'port/dock-east'),
	workload('Deployment', 'port/dock-west'),
	workload('DaemonSet', 'port/beacon'),
	workload('Deployment', 'yard/crane'),
	thing('ConfigMap', 'port/tides'),
	thing('ConfigMap', 'port/charts'),
	thing('ConfigMap', 'port/flags'),
	thing('Node', 'pier-1'),
	thing('Node', 'pier-2'),
	thing('Node', 'pier-3'),
]);

/** The names that a request acts on; a question by its kind. */
async function actsOn(text: string): Promise<readonly unknown[] | string | undefined> {
	const [last] = (await route(text, world, {guards, intents, telling, nowMs: 0})).slice(-1);
	return last?.kind === 'calls'
		? last.calls.map(({input}) => String(input.workload ?? input.node ?? input.name).replace(/.*\//, ''))
		: last?.kind;
}

test.each([
	['restart every deployment in port apart from radar', ['ferry', 'dock-east', 'dock-west']],
	['restart everything in port besides the dock ones', ['ferry', 'radar', 'beacon']],
	['restart all of port, leaving out beacon and ferry', ['radar', 'dock-east', 'dock-west']],
	['scale all deployments in port to 5 but keep radar as it is', ['ferry', 'dock-east', 'dock-west']],
	['cordon all nodes aside from pier-2', ['pier-1', 'pier-3']],
	['port에서 radar랑 ferry 제외하고 전부 재시작해줘', ['dock-east', 'dock-west', 'beacon']],
	['port 디플로이먼트 radar만 남겨두고 다 2개로 줄여줘', ['ferry', 'dock-east', 'dock-west']],
	['rather than scaling ferry to 4 scale radar to 4', ['radar']],
	['instead of ferry restart radar', ['radar']],
	['restart ferry in place of crane', ['ferry']],
	['ferry and crane have to become version 2.0; radar stays', ['ferry', 'crane']],
	['ferry and crane have to have 4; radar stays', ['ferry', 'crane']],
	['ferry has to stay up, restart radar', ['radar']],
	['leave ferry alone and restart crane', ['crane']],
	['ferry 대신 radar를 4개로 늘려줘', ['radar']],
	['ferry 재시작하지 말고 crane 재시작해줘', ['crane']],
	['radar 이외의 port 디플로이먼트 전부 재시작', ['ferry', 'dock-east', 'dock-west']],
	['take ferry to 6, hands off radar', ['ferry']],
	['double ferry. No changes to radar', ['ferry']],
	['under no circumstances delete radar, scale ferry to 4', ['ferry']],
	['scale ferry to 4, under no circumstances restart radar', ['ferry']],
	['on no account stop radar; restart ferry', ['ferry']],
	['ferry 6개로 맞춰줘. radar는 건드리면 안 됩니다', ['ferry']],
	['ferry 6개로 늘려주시고 radar 재시작은 하지 말아 주세요', ['ferry']],
	['close pier-1 to new pods, under no circumstances drain it', ['pier-1']],
	['No new pods on pier-1 for now; running ones stay.', ['pier-1']],
	['restart ferry or radar', 'question'],
	['delete namespace port but keep the tides configmap', 'question'],
	['tides랑 charts 중에 tides만 삭제해줘', ['tides']],
	['before restarting ferry restart radar', ['radar']],
	['before you restart ferry, restart radar', ['radar']],
	['ferry 재시작하기 전에 radar부터 재시작해줘', ['radar']],
	['set LEVEL of ferry to low or high', 'question'],
	['crane은 놔두고 ferry만 재시작해줘', ['ferry']],
	['delete all configmaps in port except flags', 'question'],
	['delete the configmaps in port but spare tides and charts', 'question'],
	['port 컨피그맵 중 tides 빼고 다 지워줘', 'question'],
	['delete all configmaps in port except tides, charts and flags', 'question'],
])('what is to be left alone is in no plan: %s', async (text, expected) => {
	expect(await actsOn(text)).toEqual(expected);
});

test('a deletion that is asked about offers nothing that was spared', async () => {
	const [asked] = await route('delete all configmaps in port except flags', world, {guards, intents, telling, nowMs: 0});
	expect(asked).toMatchObject({kind: 'question', choices: [{request: 'Delete ConfigMap tides in port, ConfigMap charts in port'}]});
});
