import {expect, test} from 'vitest';
import {strangerIn} from '../../../../src/agents/router/route/stranger.ts';
import {routerWorld, thing} from '../../../support/router-world.ts';

const world = routerWorld([
	thing('Deployment', 'port/ferry'),
	thing('Deployment', 'port/radar'),
	thing('ConfigMap', 'port/tides'),
	thing('Node', 'pier-1'),
]);

test.each([
	['restart ferry and customs', 'customs'],
	['restart customs, ferry and radar', 'customs'],
	['ferry to 3 and the customs deployment to 2', 'customs'],
	['bump ferry to 2.0.0 and towing to 1.4.0', 'towing'],
	['cordon pier-1 plus quay', 'quay'],
	['ferry needs a restart, and so does customs', 'customs'],
	['restart ferry. The same for customs.', 'customs'],
	['delete tides and the config map soundings', 'soundings'],
	['ferry는 재시작하고 customs도 재시작해줘', 'customs'],
	['ferry 3개, customs 2개로', 'customs'],
	['ferry랑 customs를 2개로 늘려줘', 'customs'],
	['restart ferry and radar', undefined],
	['restart ferry and report back', undefined],
	['scale ferry to 3 and memory to 2Gi', undefined],
	['open ferry on port 80, forwarding to 8080', undefined],
	['let the two deployments stay and restart ferry', undefined],
	['ferry의 readiness는 그대로 두고 radar 재시작해줘', undefined],
	// What is told orders nothing.
	['customs and ferry were slow yesterday. restart radar', undefined],
])('%s', async (request, name) => {
	expect(await strangerIn(request, '{"workload":"deployment/ferry"}', world)).toBe(name);
});
