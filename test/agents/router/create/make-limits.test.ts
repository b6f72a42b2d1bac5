import {expect, test} from 'vitest';
import {made} from './made.ts';

const quotas: readonly (readonly [request: string, hard: object, more: object])[] = [
	[
		'Quota oven-cap for oven: 7 services, 1 of them a load balancer, 9 config maps',
		{services: '7', 'services.loadbalancers': '1', configmaps: '9'},
		{},
	],
	['oven에 쿼터 crumbs 걸어줘: 볼륨 클레임 4개, 크론잡 2개', {persistentvolumeclaims: '4', 'count/cronjobs.batch': '2'}, {}],
	['Make a quota doors in oven: no load balancers or node ports', {'services.loadbalancers': '0', 'services.nodeports': '0'}, {}],
	['Quota gpus for oven: three nvidia.com/gpu at most', {'requests.nvidia.com/gpu': '3'}, {}],
	[
		'oven-scratch, a quota on oven: ephemeral storage up to 20Gi, memory requests 4Gi',
		{'requests.ephemeral-storage': '20Gi', 'requests.memory': '4Gi'},
		{},
	],
	['Quota ice in oven: storage of class fast no more than 70Gi', {'fast.storageclass.storage.k8s.io/requests.storage': '70Gi'}, {}],
	['A quota spare in oven for best-effort pods only: 3 pods', {pods: '3'}, {scopes: ['BestEffort']}],
	[
		'oven may request no more than 9 cores and 20Gi altogether - make that a quota heat-cap',
		{'requests.cpu': '9', 'requests.memory': '20Gi'},
		{},
	],
	['oven의 pvc는 6개까지, 합쳐서 90Gi까지만 쓰게 쿼터 jars 걸어줘', {persistentvolumeclaims: '6', 'requests.storage': '90Gi'}, {}],
	['Create a quota jar-cap in oven: 6 PVCs totalling 90Gi', {persistentvolumeclaims: '6', 'requests.storage': '90Gi'}, {}],
	[
		'Quota runs for oven: 8 cron jobs, 30 jobs (count/cronjobs.batch, count/jobs.batch)',
		{'count/cronjobs.batch': '8', 'count/jobs.batch': '30'},
		{},
	],
	['Quota heat for oven: requests.cpu=9, limits.memory=20Gi', {'requests.cpu': '9', 'limits.memory': '20Gi'}, {}],
	['Quota written in oven with limits.memory 6Gi and count/secrets 12', {'limits.memory': '6Gi', 'count/secrets': '12'}, {}],
];

test.each(quotas)('%s', async (request, hard, more) => {
	expect(await made(request)).toEqual([
		expect.objectContaining({kind: 'ResourceQuota', metadata: expect.objectContaining({namespace: 'oven'}), spec: {hard, ...more}}),
	]);
});

const ranges: readonly (readonly [request: string, limit: object])[] = [
	[
		'LimitRange flour for oven: a container must ask for 10m and 16Mi at least, 1 core and 1Gi at most',
		{type: 'Container', min: {cpu: '10m', memory: '16Mi'}, max: {cpu: '1', memory: '1Gi'}},
	],
	['Make a limit range dough in oven: a pod no larger than 6 cpu and 12Gi', {type: 'Pod', max: {cpu: '6', memory: '12Gi'}}],
	[
		'oven의 PVC는 2Gi 이상 80Gi 이하로 LimitRange trays 만들어줘',
		{type: 'PersistentVolumeClaim', min: {storage: '2Gi'}, max: {storage: '80Gi'}},
	],
	[
		'oven에 리밋레인지 crust 추가: 기본 요청 cpu 30m 메모리 48Mi, 기본 제한 메모리 96Mi',
		{type: 'Container', defaultRequest: {cpu: '30m', memory: '48Mi'}, default: {memory: '96Mi'}},
	],
	['LimitRange swell in oven: the memory limit at most 2 times the request', {type: 'Container', maxLimitRequestRatio: {memory: '2'}}],
];

test.each(ranges)('%s', async (request, limit) => {
	expect(await made(request)).toEqual([expect.objectContaining({kind: 'LimitRange', spec: {limits: [limit]}})]);
});
