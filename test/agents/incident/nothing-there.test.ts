import {expect, test} from 'vitest';
import {failureDetect} from '../../../src/agents/incident/tools/failure-detect.ts';
import {incidentTimeline} from '../../../src/agents/incident/tools/incident-timeline.ts';
import {fakeCluster} from '../../support/fake-cluster.ts';
import {deployment} from '../../support/kube-objects.ts';
import {toolContext} from '../../support/tool-context.ts';

const namespace = (name: string) => ({apiVersion: 'v1', kind: 'Namespace', metadata: {name}});
const {cluster} = fakeCluster({objects: [namespace('shop'), namespace('idle'), deployment({})]});
const {context} = toolContext(cluster);
const noJournal = {
	list: async () => [],
	entry: async () => undefined,
	effects: async () => [],
	sealed: async () => ({}),
	outcome: async () => undefined,
};

test('a namespace that is not there is not well', async () => {
	await expect(failureDetect.run({namespace: 'shpo'}, context)).rejects.toMatchObject({
		trouble: {code: 'no-such-namespace', what: 'There is no namespace shpo'},
	});
});

test('a namespace in which nothing is is well', async () => {
	expect(await failureDetect.run({namespace: 'idle'}, context)).toMatchObject({incidents: []});
});

test('an object that is not there, and of which nobody knows anything, has no past', async () => {
	const asking = {...context, ports: {...context.ports, journal: noJournal}};
	await expect(incidentTimeline.run({target: 'deployment/wbe', namespace: 'shop', since: '6h'}, asking)).rejects.toMatchObject({
		trouble: {code: 'not-found', what: 'Deployment shop/wbe does not exist, and nothing is known of it'},
	});
});
