import {expect, test} from 'vitest';
import {incidentTimeline} from '../../../src/agents/incident/tools/incident-timeline.ts';
import {fakeCluster} from '../../support/fake-cluster.ts';
import {deployment, object} from '../../support/kube-objects.ts';
import {toolContext} from '../../support/tool-context.ts';

const warning = object('v1', 'Event', 'gone.1', {
	involvedObject: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'gone', namespace: 'shop'},
	type: 'Warning',
	reason: 'FailedCreate',
	message: 'exceeded quota',
	firstTimestamp: '2026-01-01T00:00:00Z',
	lastTimestamp: '2026-01-01T00:00:00Z',
});

const ask = (target: string) => {
	const {cluster} = fakeCluster({objects: [deployment(), warning]});
	const input = incidentTimeline.input.parse({namespace: 'shop', target, since: '900000h'});
	return incidentTimeline.run(input, {...toolContext(cluster).context, ports: {cluster, journal: {list: async () => []}}});
};

test('answers no misspelt name with a timeline of nothing', async () => {
	await expect(ask('deployment/webb')).rejects.toMatchObject({
		trouble: {
			kind: 'usage',
			code: 'not-found',
			what: 'Deployment shop/webb does not exist, and nothing is known of it',
		},
	});
});

test('tells of an object that is gone what events still say', async () => {
	const {happenings} = await ask('deployment/gone');
	expect(happenings.map(({text}) => text)).toEqual(['FailedCreate: exceeded quota']);
});
