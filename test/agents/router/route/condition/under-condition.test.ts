import {expect, test} from 'vitest';
import {changesOf} from '../../change/harbour.ts';

test.each([
	['if the max of the ferry hpa is under 8, raise it to 8', 'HorizontalPodAutoscaler quay/ferry: replace /spec/maxReplicas 8'],
	[
		"check the minimum of ferry's autoscaler; if it's below 4, set it to 4",
		'HorizontalPodAutoscaler quay/ferry: replace /spec/minReplicas 4',
	],
	['ferry HPA 최대치 확인해보고 8보다 작으면 8로 올려줘', 'HorizontalPodAutoscaler quay/ferry: replace /spec/maxReplicas 8'],
	[
		'If data-ledger-0 is smaller than 40Gi, grow it to 40Gi.',
		'PersistentVolumeClaim quay/data-ledger-0: replace /spec/resources/requests/storage "40Gi"',
	],
	[
		'data-ledger-0이 40Gi보다 작으면 40Gi로 늘려주세요',
		'PersistentVolumeClaim quay/data-ledger-0: replace /spec/resources/requests/storage "40Gi"',
	],
	['In case ferry is still at 3.1.0, take it to 3.2.0.', 'Deployment quay/ferry: replace …/0/image "reg.example.org/port/ferry:3.2.0"'],
	['ferry 이미지가 아직 3.1.0이면 3.2.0으로 올려줘', 'Deployment quay/ferry: replace …/0/image "reg.example.org/port/ferry:3.2.0"'],
	[
		'check whether lights has 1 replica and if so give it 2',
		'workload_scale {"workload":"deployment/lights","replicas":2,"namespace":"quay"}',
	],
	['scale dock-blue to 6 if it has fewer than 6', 'workload_scale {"workload":"deployment/dock-blue","replicas":6,"namespace":"quay"}'],
])('an order whose condition holds of what is live: %s', async (request, ...calls) => {
	expect(await changesOf(request)).toEqual(calls);
});

test.each([
	['In case ferry is still at 3.0.0, take it to 3.2.0.'],
	['if the max of the ferry hpa is under 5, raise it to 5'],
	['data-ledger-0이 10Gi보다 작으면 10Gi로 늘려주세요'],
	['scale dock-blue to 3 if it has fewer than 3'],
])('nothing is changed where it does not hold: %s', async request => {
	expect(await changesOf(request)).toEqual(['answer']);
});

test.each([
	['Look at ferry; if the sea is rough, scale it to 1', /cannot tell|condition/],
	['if ferry is slow, restart it', /cannot tell|condition/],
	['if the memory limit of ferry is under 2Gi, raise it to 2Gi', /cannot tell|condition/],
])('a condition that nobody can look up is asked about: %s', async (request, question) => {
	expect((await changesOf(request)).join()).toMatch(question);
});
