import {expect, test} from 'vitest';
import {readServingPods} from '../../../../src/agents/deploy/rollout/pod-evidence.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {toolContext} from '../../../support/tool-context.ts';

const pod = (name: string): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name, namespace: 'shop', uid: name},
	spec: {initContainers: [{name: 'migrate'}], containers: [{name: 'main'}]},
	status: {
		phase: 'Running',
		conditions: [{type: 'Ready', status: 'True'}],
		containerStatuses: [{name: 'main', ready: true, restartCount: 0, state: {running: {}}}],
	},
});

test('pods that run and serve badly tell their last lines, two of them', async () => {
	const lines = Array.from({length: 30}, (_, index) => `line ${index}\u001B[31m`);
	const {cluster} = fakeCluster({logs: {'web-1/main': lines, 'web-1/migrate': ['done'], 'web-2/main': []}});
	const {context} = toolContext(cluster);
	const ports = {cluster, metrics: async () => ({why: 'none'})};
	const words = await readServingPods(['web-1', 'web-2', 'web-3'].map(pod), {...context, ports});
	expect(words.map(({name}) => name)).toEqual(['web-1', 'web-2']);
	expect(words[0]?.logs).toEqual([{container: 'main', previous: false, lines: lines.slice(-8).map(line => line.slice(0, -5))}]);
	expect(words[1]).toEqual({name: 'web-2', reason: '', logs: [], events: []});
});
