import {expect, test} from 'vitest';
import type {DeployPorts} from '../../../../src/agents/deploy/ports.ts';
import {deploymentBlueGreen} from '../../../../src/agents/deploy/tools/deployment-blue-green.ts';
import {deploymentStatus} from '../../../../src/agents/deploy/tools/deployment-status.ts';
import {runTool} from '../../../../src/core/road/run-tool.ts';
import {hastyClock} from '../../../support/change-run.ts';
import {object} from '../../../support/kube-objects.ts';
import {memoryRoad} from '../../../support/memory-road.ts';
import {type Fate, obedientCluster} from '../../../support/obedient-cluster.ts';
import {toolContext} from '../../../support/tool-context.ts';
import {webDeployment} from '../../../support/web-deployment.ts';

const service = object('v1', 'Service', 'web', {spec: {selector: {app: 'web'}, ports: [{name: 'http', port: 80}]}});

/** The status after a terminal died right behind the write that moves the requests over. */
async function statusAfterSwitch() {
	const fake = obedientCluster({objects: [webDeployment(), service]});
	const ports = {cluster: fake.cluster, metrics: async () => ({why: 'there is none'})} as DeployPorts;
	const {road} = memoryRoad(ports, fake.effector, {clock: hastyClock(), target: fake.cluster.target});
	fake.fateOf = (_, {ref}): Fate => (ref.kind === 'Service' && ref.name === 'web' ? 'killed after' : 'done');
	await runTool(deploymentBlueGreen, {name: 'web', namespace: 'shop', image: 'web:2'}, {...road, journal: fake.mortal(road.journal)}).catch(
		() => {},
	);
	fake.revive();
	const {context} = toolContext(fake.cluster);
	return deploymentStatus.run({name: 'web', namespace: 'shop'}, {...context, ports});
}

test('in the middle of a blue-green rollout the status names the preview and who serves', async () => {
	const status = await statusAfterSwitch();
	expect(status).toMatchObject({
		state: 'healthy',
		canary: {name: 'web-preview', track: 'preview', apart: true, desired: 4, ready: 4},
		rollout: {stands: 'web-preview serves everything with 4 pods; web stands beside it at full size with the old version'},
	});
	const text = deploymentStatus.text(status, {width: 80, terminal: true, nowMs: 0});
	expect(text).toContain('preview web-preview: 4/4 ready, web=web:2');
	expect(text.replaceAll(/\s+/g, ' ')).toContain('web-preview serves everything with 4 pods; web stands beside it');
	expect(text).not.toContain('SHARE');
});
