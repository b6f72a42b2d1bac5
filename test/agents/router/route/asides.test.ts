import {expect, test} from 'vitest';
import {withoutAsides} from '../../../../src/agents/router/route/asides.ts';
import {routerWorld, thing} from '../../../support/router-world.ts';

const world = routerWorld([
	thing('Deployment', 'quay/ferry', {spec: {replicas: 3}}),
	thing('Deployment', 'quay/radar', {spec: {replicas: 1}}),
	thing('StatefulSet', 'quay/ledger', {spec: {replicas: 1}}),
	thing('ConfigMap', 'quay/tides', {data: {}}),
]);

test.each([
	['radar was restarted on Sunday and is well again. Now restart ferry.', 'Now restart ferry.'],
	['ledger ran out of disk last night because of radar. Give radar 2Gi.', 'Give radar 2Gi.'],
	['Scale ferry to 4. radar was done on Thursday.', 'Scale ferry to 4.'],
	['ferry went up to 9 for the regatta and came down to 3 afterwards. It needs 5 now.', 'ferry needs 5 now.'],
	['radar was scaled to 4 in spring and somebody took it back to 1. Make it 2 now.', 'scale radar in quay to 2'],
	['1.4.0 has been verified. Scale radar to 2.', 'Scale radar to 2.'],
	['점검은 다 끝났습니다. ferry를 4개로 늘려주세요.', 'ferry를 4개로 늘려주세요.'],
	['so that radar stops shouting: LEVEL=warn on it', 'LEVEL=warn on radar'],
	['before the crew moves ferry on Friday: a job sweep in quay, sweep:1.0', 'a job sweep in quay, sweep:1.0'],
	['지난주에 ledger를 재시작했습니다. ferry를 4개로 늘려주세요.', 'ferry를 4개로 늘려주세요.'],
])('%s', async (request, rest) => {
	expect((await withoutAsides(request, world))?.rest).toBe(rest);
});

test.each([
	'Restart ferry.',
	'radar was moved to port 7000. Make a service on the same port for ferry.',
	'Restart ferry. It has been slow.',
	'before you restart radar: scale ferry to 2',
	'radar is idle. Restart these.',
	'Was radar restarted? Show ferry.',
	'Create an ingress bell in quay for bell.acme.io to ferry. Settings from tides.',
	'Create a pod bell in quay from bell:1.0. Each line comes out of tides.',
])('nothing is left out of: %s', async request => {
	expect(await withoutAsides(request, world)).toBeUndefined();
});

test('an order that may point at several things stands alone no more', async () => {
	const told = await withoutAsides('radar and ledger were restarted on Sunday. Restart it.', world);
	expect(told).toEqual({rest: undefined, isHistory: true, names: ['radar', 'ledger']});
});
