import {describe, expect, test} from 'vitest';
import type {DeployPorts} from '../../../../src/agents/deploy/ports.ts';
import {runTool} from '../../../../src/core/road/run-tool.ts';
import {hastyClock} from '../../../support/change-run.ts';
import {memoryRoad} from '../../../support/memory-road.ts';
import {obedientCluster} from '../../../support/obedient-cluster.ts';
import {rolloutTool, webWorld} from '../../../support/staged-world.ts';

function world() {
	const fake = obedientCluster(webWorld());
	const ports = {cluster: fake.cluster, metrics: async () => ({why: 'there is none'})} as DeployPorts;
	const {road, trail} = memoryRoad(ports, fake.effector, {clock: hastyClock(), target: fake.cluster.target});
	return {fake, road, trail};
}

describe('runScript', () => {
	test('goes forward to its end and leaves nothing of its own', async () => {
		const {fake, road} = world();
		const outcome = await runTool(rolloutTool(), {}, road);
		expect(outcome).toMatchObject({kind: 'done', output: {ended: 'forward'}});
		expect(fake.sent.map(({op, ref}) => `${op} ${ref.kind} ${ref.name}`)).toMatchInlineSnapshot(`
			[
			  "create Lease mkcoa-rollout-web",
			  "patch Lease mkcoa-rollout-web",
			  "create Secret mkcoa-rollout-web",
			  "create ConfigMap mkcoa-rollout-web",
			  "patch ConfigMap mkcoa-rollout-web",
			  "patch ConfigMap mkcoa-rollout-web",
			  "create Deployment web-canary",
			  "patch ConfigMap mkcoa-rollout-web",
			  "patch Deployment web",
			  "patch ConfigMap mkcoa-rollout-web",
			  "patch ConfigMap mkcoa-rollout-web",
			  "patch Deployment web-canary",
			  "patch Deployment web",
			  "patch ConfigMap mkcoa-rollout-web",
			  "patch Deployment web",
			  "patch Deployment web",
			  "patch ConfigMap mkcoa-rollout-web",
			  "delete Deployment web-canary",
			  "patch ConfigMap mkcoa-rollout-web",
			  "delete ConfigMap mkcoa-rollout-web",
			  "delete Secret mkcoa-rollout-web",
			  "delete Lease mkcoa-rollout-web",
			]
		`);
	});
});
