import {expect, test} from 'vitest';
import type {DeployPorts} from '../../../../src/agents/deploy/ports.ts';
import {canaryManifest} from '../../../../src/agents/deploy/strategies/canary/script/canary-manifest.ts';
import {deploymentStatus} from '../../../../src/agents/deploy/tools/deployment-status.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {object} from '../../../support/kube-objects.ts';
import {toolContext} from '../../../support/tool-context.ts';
import {webDeployment} from '../../../support/web-deployment.ts';

const stable = webDeployment();
const templateOf = ({spec}: KubeObject) => Object(Object(spec).template);
const copy = (track: 'canary' | 'baseline') => canaryManifest(stable, templateOf(stable), 1, track);
const podOf = (owner: KubeObject, name: string): KubeObject =>
	object('v1', 'Pod', name, {
		metadata: {name, namespace: 'shop', labels: templateOf(owner).metadata.labels},
		spec: templateOf(owner).spec,
		status: {phase: 'Running', conditions: [{type: 'Ready', status: 'True'}]},
	});

test('pods of a baseline are named as such, not as stable ones', async () => {
	const [canary, baseline] = [copy('canary'), copy('baseline')];
	const pods = [podOf(stable, 'web-a'), podOf(stable, 'web-b'), podOf(canary, 'web-canary-a'), podOf(baseline, 'web-baseline-a')];
	const {cluster} = fakeCluster({objects: [stable, canary, baseline, ...pods]});
	const {context} = toolContext(cluster);
	const ports: DeployPorts = {cluster, metrics: () => Promise.reject(new Error('nobody asks for metrics'))};
	const status = await deploymentStatus.run({name: 'web', namespace: 'shop'}, {...context, ports});
	expect(status.pods.map(({name, track}) => `${name} ${track}`)).toEqual([
		'web-a stable',
		'web-b stable',
		'web-baseline-a baseline',
		'web-canary-a canary',
	]);
	expect(status.versions.map(({track, pods: count}) => `${count} ${track}`)).toEqual(['2 stable', '1 canary', '1 baseline']);
	expect(deploymentStatus.text(status, {width: 40, terminal: true, nowMs: 0})).toMatch(/25 % +1\/1 +baseline/);
});
