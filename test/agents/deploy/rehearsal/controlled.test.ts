import {expect, test} from 'vitest';
import {type RehearsalPorts, rehearse} from '../../../../src/agents/deploy/rehearsal/rehearse.ts';
import {deployToolset} from '../../../../src/agents/deploy/toolset.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {withRolloutKinds} from '../../../support/rollout-kinds.ts';
import {toolContext} from '../../../support/tool-context.ts';
import {webDeployment} from '../../../support/web-deployment.ts';

test('what a controller rolls out is not rehearsed where that controller is not', async () => {
	const {metadata, spec} = webDeployment();
	const rollout = {apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: {...metadata, ownerReferences: []}, spec};
	const {cluster} = fakeCluster({kinds: withRolloutKinds, objects: [rollout]});
	const ports = {
		cluster,
		changeTool: async (wanted: string) => deployToolset.find(({name}) => name === wanted),
	} as unknown as RehearsalPorts;
	const {context} = toolContext(cluster);
	const asked = {tool: 'deployment_update', input: JSON.stringify({name: 'web', namespace: 'shop', image: 'registry.example/shop/web:9'})};
	await expect(rehearse.run(asked, {...context, ports})).rejects.toMatchObject({
		trouble: {
			code: 'not-rehearsable',
			why: 'Rollout shop/web rolls it out, and a copy has no controller for that Rollout',
			next: 'Leave --rehearse out, and read the plan with --dry-run',
		},
	});
});
