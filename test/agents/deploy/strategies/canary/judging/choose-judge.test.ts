import {expect, test} from 'vitest';
import {chooseJudge} from '../../../../../../src/agents/deploy/strategies/canary/judging/choose-judge.ts';
import {fakeCluster} from '../../../../../support/fake-cluster.ts';
import {metricsOver} from '../../../../../support/metrics-over.ts';
import {webDeployment} from '../../../../../support/web-deployment.ts';

const ofGateway = {reporter: 'source', destination_service_name: 'web', destination_service_namespace: 'shop', response_code: '200'};

/** A Deployment behind a route whose requests the gateway counts, and its pods do not. */
function choose(asked: {readonly mirror: boolean}) {
	const server = metricsOver();
	server.set('istio_requests_total', ofGateway, 5);
	const ports = {...{cluster: fakeCluster().cluster}, ...server.ports};
	return chooseJudge(ports as never, webDeployment(), {metrics: [], service: 'web', baseline: false, ...asked});
}

test('copies that only a gateway could count are refused before the rollout, because it leaves copies out', async () => {
	await expect(choose({mirror: true})).rejects.toMatchObject({
		trouble: {
			code: 'copies-not-counted',
			what: 'Copies of requests cannot be judged by error-ratio',
			next: expect.stringContaining('--mirror'),
		},
	});
});

test('requests that a gateway counts are judged by it', async () => {
	expect(await choose({mirror: false})).toMatchObject({chosen: [{reading: {place: {by: 'service'}}}], notes: []});
});
