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
	['지난주에 ledger를 재시작했습니다. ferry를 4개로 늘려주세요.', 'ferry를 4개로 늘려주세요.'],
])('%s', async (request, rest) => {
	expect(await withoutAsides(request, world)).toBe(rest);
});

test.each([
	'Restart ferry.',
	'radar and ledger are slow. Restart it.',
	'radar was moved to port 7000. Make a service on the same port for ferry.',
	'Restart ferry. It has been slow.',
	'radar is idle. Restart these.',
])('nothing is left out of: %s', async request => {
	expect(await withoutAsides(request, world)).toBeUndefined();
});
