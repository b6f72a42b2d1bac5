import {describe, expect, test} from 'vitest';
import {separateCopy} from '../../../../src/agents/deploy/traffic/copy/separate-copy.ts';
import {trafficOf} from '../../../../src/agents/deploy/traffic/traffic-of.ts';
import type {JsonObject} from '../../../../src/core/json.ts';
import {objectAt} from '../../../../src/core/kube/json-at.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {jsonPatch} from '../../../../src/core/patch/json-patch.ts';
import type {Write} from '../../../../src/core/plan.ts';
import {app, byService, running} from '../../../sandbox/traffic/routed-world.ts';
import {httpRoute} from '../../../support/http-route.ts';
import type {SandboxWorld} from '../../../support/sandbox-world.ts';
import {virtualService} from '../../../support/virtual-service.ts';

function carryOut({machine}: SandboxWorld, writes: readonly Write[]) {
	for (const write of writes) {
		const {kind, namespace, name} = write.ref;
		if (write.op === 'create') machine.create(write.manifest, 'mkcoa');
		if (write.op === 'delete') machine.remove(kind, namespace, name);
		const live = machine.get(kind, namespace, name);
		if (write.op === 'patch' && live !== undefined) machine.update(jsonPatch(live, write.patch) as KubeObject, 'mkcoa');
	}
}

const rules: readonly JsonObject[] = [{backendRefs: [{name: 'web', port: 80}]}];
const http: readonly JsonObject[] = [{route: [{destination: {host: 'web'}}]}];

describe.each([
	['HTTPRoute', httpRoute('web', rules)],
	['VirtualService', virtualService('web', http)],
] as const)('%s', (_, route) => {
	test('the canary gets its part of the requests, and none before and after', async () => {
		// The Service web-canary of this world is the one that the canary brings along.
		const world = await running([app('web', '1.0', 3), route], 60);
		const {machine} = world;
		machine.remove('Service', 'app', 'web-canary');
		const web = machine.get('Deployment', 'app', 'web');
		if (web === undefined) throw new Error('web is gone');
		const objects = {objects: ['Service', route.kind].flatMap(kind => machine.list(kind)), notChecked: []};
		const traffic = trafficOf(objects, web);
		const copy = separateCopy(web, machine.list('Service'), {suffix: 'canary', template: objectAt(web, 'spec', 'template'), replicas: 1});
		carryOut(world, traffic.prepare);
		machine.create(copy.manifest, 'mkcoa');
		await world.advance(200);
		expect((await byService(world))['web-canary']).toBeUndefined();
		carryOut(world, traffic.toWeight(20));
		await world.advance(400);
		const shared = await byService(world);
		expect((shared['web-canary'] ?? 0) / ((shared.web ?? 0) + (shared['web-canary'] ?? 0))).toBeCloseTo(0.2, 1);
		carryOut(world, traffic.restore);
		await world.advance(200);
		expect((await byService(world))['web-canary']).toBe(0);
		carryOut(world, traffic.cleanup);
		expect(machine.get(route.kind, 'app', 'web')?.spec).toEqual(route.spec);
	});
});
