import {describe, expect, test} from 'vitest';
import {surveyOf} from '../../../src/analysis/detection/survey.ts';
import {autoscalerMaxima} from '../../../src/analysis/forecast/autoscaler-maxima.ts';
import {certificateEnds} from '../../../src/analysis/forecast/certificate-ends.ts';
import {disksFilling, quotasFilling, volumesFilling} from '../../../src/analysis/forecast/filling.ts';
import type {Forecasts} from '../../../src/analysis/forecast/forecast.ts';
import {memoryLeaks} from '../../../src/analysis/forecast/memory-leaks.ts';
import {isRising, restartRise} from '../../../src/analysis/forecast/restart-rise.ts';
import type {JsonObject} from '../../../src/core/json.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {deployment, object} from '../../support/kube-objects.ts';
import {seriesOf} from './random-series.ts';

const day = 86_400_000;
const takenAt = new Date(day).toISOString();
const survey = (...objects: readonly KubeObject[]) => surveyOf({takenAt, objects, unread: []});
const wide = (kind: string, name: string, rest: JsonObject) => object('v1', kind, name, {metadata: {namespace: undefined}, ...rest});
const mib = 2 ** 20;

const resources = {limits: {memory: '512Mi'}, requests: {cpu: '500m', memory: '256Mi'}};
const web = deployment({replicas: 2, container: {resources}});
const owner = (kind: string, name: string) => ({ownerReferences: [{apiVersion: 'apps/v1', kind, name, uid: name, controller: true}]});
const replicaSet = object('apps/v1', 'ReplicaSet', 'web-1', {metadata: owner('Deployment', 'web')});
const pod = (name: string, startedAt = '1970-01-01T00:00:00Z') =>
	object('v1', 'Pod', name, {
		metadata: owner('ReplicaSet', 'web-1'),
		spec: {nodeName: 'node-1', containers: [{name: 'web', resources}]},
		status: {phase: 'Running', containerStatuses: [{name: 'web', state: {running: {startedAt}}}]},
	});
const node = wide('Node', 'node-1', {
	status: {
		allocatable: {cpu: '2', memory: '2Gi', pods: '110'},
		conditions: [{type: 'Ready', status: 'True'}],
		addresses: [{address: '10.0.0.1'}],
	},
});
const autoscaler = (maxReplicas: number) =>
	object('autoscaling/v2', 'HorizontalPodAutoscaler', 'web', {
		spec: {maxReplicas, scaleTargetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web'}},
	});
const quota = (hard: JsonObject, used: JsonObject) => object('v1', 'ResourceQuota', 'team', {spec: {hard}, status: {used}});

const told = ({found}: Forecasts) =>
	found.map(({severity, id, resource, path, remedies}) => ({
		what: `${severity} ${id} ${resource?.kind}/${resource?.name} ${path ?? ''}`.trim(),
		remedies: remedies.map(({tool, text}) => `${tool}: ${text}`),
	}));
/** Mebibytes that grow by so much in each quarter of an hour. */
const growing = (from: number, step: number, labels: {readonly [name: string]: string}) => ({
	labels: {namespace: 'shop', ...labels},
	points: seriesOf(index => (from + step * index) * mib),
});

describe('memory', () => {
	const world = survey(web, replicaSet, pod('web-1-a'), pod('web-1-b', new Date(day - 3_600_000).toISOString()));
	const of = (name: string, step: number) => growing(100, step, {pod: name, container: 'web'});

	test('that grows towards its limit is told once for its workload, with the time left and what buys time', () => {
		const all = memoryLeaks([of('web-1-a', 3)], world, 14 * day);
		expect(told(all)).toEqual([
			{
				what: 'high memory-leak Deployment/web spec.template.spec.containers[web].resources.limits.memory',
				remedies: [
					'workload_restart: Restart Deployment shop/web in time, pod by pod, until its leak is found',
					'resource_patch: Raise the memory limit of web of Deployment shop/web from 512Mi to 1024Mi',
				],
			},
		]);
		// 512 less 388 MiB at 12 MiB an hour.
		expect(all.found[0]?.timeLeft).toEqual({seconds: 37_200, earliestSeconds: 37_200, latestSeconds: 37_200});
	});

	test.each([
		['of which a few samples are known since it was started', of('web-1-b', 3), 14 * day, 'too few samples since they were started'],
		['that gets there after the time that is asked for', of('web-1-a', 0.1), day, undefined],
		['that stays', of('web-1-a', 0), 14 * day, undefined],
		['of a pod that is gone', of('web-0-z', 3), 14 * day, undefined],
	])('%s is no leak', (_, series, within, why) => {
		const all = memoryLeaks([series], world, within);
		expect(all.found).toEqual([]);
		expect(all.notChecked[0]?.why).toBe(why);
	});
});

describe('what fills up', () => {
	const claim = object('v1', 'PersistentVolumeClaim', 'data', {spec: {storageClassName: 'fast', resources: {requests: {storage: '1Gi'}}}});
	const storageClass = (allowVolumeExpansion: boolean) => wide('StorageClass', 'fast', {allowVolumeExpansion});
	const used = [growing(400, 2, {persistentvolumeclaim: 'data'})];
	const capacity = [growing(1024, 0, {persistentvolumeclaim: 'data'})];
	const none = {inodesUsed: [], inodes: []};

	test.each([
		[true, ['resource_patch: Let PersistentVolumeClaim shop/data grow from 1Gi to 1536Mi (it cannot shrink again)']],
		[false, []],
	])('a claim; its class lets it grow: %s', (canGrow, remedies) => {
		const all = volumesFilling({used, capacity, ...none}, survey(claim, storageClass(canGrow)), 14 * day);
		expect(told(all)).toEqual([{what: 'medium volume-filling PersistentVolumeClaim/data spec.resources.requests.storage', remedies}]);
	});

	test('inodes of a volume', () => {
		const all = volumesFilling({used: [], capacity: [], inodesUsed: used, inodes: capacity}, survey(claim), 14 * day);
		expect(all.found.map(({id}) => id)).toEqual(['volume-inodes-filling']);
	});

	test.each([
		['by its name', {node: 'node-1', mountpoint: '/'}],
		['by its address', {instance: '10.0.0.1:9100', mountpoint: '/'}],
	])('the disk of a node that the metrics know %s', (_, labels) => {
		const all = disksFilling([growing(400, 2, labels)], [growing(1000, 0, labels)], survey(node), 14 * day);
		expect(told(all)).toEqual([{what: 'medium node-disk-filling Node/node-1', remedies: []}]);
		// The kubelet evicts from 90 % on: 900 less 592 MiB at 8 MiB an hour.
		expect(all.found[0]?.timeLeft?.seconds).toBe(138_600);
	});

	test('a quota', () => {
		const world = survey(quota({'requests.memory': '1Gi'}, {'requests.memory': '592Mi'}));
		const labels = {resourcequota: 'team', resource: 'requests.memory'};
		expect(told(quotasFilling([growing(400, 2, labels)], world, 14 * day))).toEqual([
			{
				what: 'medium quota-filling ResourceQuota/team spec.hard[requests.memory]',
				remedies: ['resource_patch: Raise requests.memory of ResourceQuota shop/team from 1Gi to 1536Mi'],
			},
		]);
		expect(quotasFilling([growing(400, 0, labels)], world, 14 * day).found).toEqual([]);
	});
});

describe('room for the maxima of autoscalers', () => {
	const pods = [pod('web-1-a'), pod('web-1-b')];
	const found = (max: number, ...more: readonly KubeObject[]) =>
		told(autoscalerMaxima(survey(web, replicaSet, ...pods, autoscaler(max), ...more)));
	test.each([
		['enough', found(4, node, quota({pods: '4'}, {pods: '2'})), []],
		['at the maximum already', found(2, node, quota({pods: '2'}, {pods: '2'})), []],
		[
			'a quota that refuses some',
			found(4, node, quota({pods: '3'}, {pods: '2'})),
			['low quota-below-autoscaler-maximum ResourceQuota/team spec.hard[pods]'],
		],
		[
			'a quota that refuses the next one',
			found(4, node, quota({'requests.cpu': '1'}, {'requests.cpu': '1'})),
			['medium quota-below-autoscaler-maximum ResourceQuota/team spec.hard[requests.cpu]'],
		],
		[
			'nodes that have room for two of four',
			found(6, node),
			['low room-below-autoscaler-maximum HorizontalPodAutoscaler/web spec.maxReplicas'],
		],
		['nodes that come by themselves', found(6, {...node, metadata: {...node.metadata, labels: {'karpenter.sh/nodepool': 'a'}}}), []],
	])('%s', (_, is, expected) => {
		expect(is.map(({what}) => what)).toEqual(expected);
	});
});

describe('restarts', () => {
	test.each([
		[0, 7, true],
		[0, 6, false],
		[10, 12, false],
		[10, 30, true],
		[5000, 5100, false],
		[5000, 9000, true],
		[20, 3, false],
	])('%d and then %d: rising is %s', (earlier, later, rising) => {
		expect(isRising(earlier, later)).toBe(rising);
	});

	test('are told for the workload', () => {
		const at = (index: number) => (index < 60 ? 0 : index - 60);
		const series = [{labels: {namespace: 'shop', pod: 'web-1-a', container: 'web'}, points: seriesOf(at)}];
		expect(restartRise(series, survey(web, replicaSet, pod('web-1-a')), 24).found[0]).toMatchObject({
			id: 'restarts-rising',
			resource: {kind: 'Deployment', name: 'web'},
			cause: expect.stringContaining('36 times in the last 12 hours, 0 times in those before'),
		});
	});
});

describe('certificates', () => {
	const secret = (days: number) =>
		object('v1', 'Secret', 'shop-tls', {
			type: 'kubernetes.io/tls',
			facts: {certificates: [{subject: 'CN=shop.example.com', notAfter: new Date((days + 1) * day).toISOString()}]},
		});
	test.each([
		[0.5, ['high certificate-expires Secret/shop-tls data[tls.crt]']],
		[2, ['medium certificate-expires Secret/shop-tls data[tls.crt]']],
		[10, ['low certificate-expires Secret/shop-tls data[tls.crt]']],
		[20, []],
		[-1, []],
	])('that end in %d days', (days, expected) => {
		expect(told(certificateEnds(survey(secret(days)), 14 * day)).map(({what}) => what)).toEqual(expected);
	});

	test('of which nothing was read are told', () => {
		const {facts, ...bare} = secret(1);
		expect(facts).toBeDefined();
		expect(certificateEnds(survey(bare), 14 * day)).toEqual({
			found: [],
			looked: 0,
			notChecked: [{what: 'certificates of 1 Secret', why: 'nothing was read of when they end'}],
		});
	});
});
