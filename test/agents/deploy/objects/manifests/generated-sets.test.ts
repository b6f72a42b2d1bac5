import {describe, expect, test} from 'vitest';
import {readAnswers} from '../../../../../src/agents/deploy/objects/manifests/answers.ts';
import {answersInput} from '../../../../../src/agents/deploy/objects/manifests/answers-input.ts';
import {workloadManifests} from '../../../../../src/agents/deploy/objects/manifests/workload-manifests.ts';
import {checkSet} from '../../../../../src/analysis/coherence/check-set.ts';
import {podViolations} from '../../../../../src/analysis/pod-security/standard.ts';
import {valueAt} from '../../../../../src/core/kube/json-at.ts';

const image = 'registry.example/shop/web:1.0';
const setOf = (input: object) => workloadManifests(readAnswers(answersInput.parse({image, ...input}), 'shop'));
const kindsOf = (input: object) => setOf(input).map(({kind}) => kind);
const find = (input: object, kind: string) => setOf(input).find(object => object.kind === kind);

const everywhere = ['NetworkPolicy', 'ServiceAccount'];

test.each<[object, readonly string[]]>([
	[{}, [...everywhere, 'Service', 'PodDisruptionBudget', 'Deployment', 'HorizontalPodAutoscaler']],
	[{replicas: 1, maxReplicas: 1}, [...everywhere, 'Service', 'Deployment']],
	[{replicas: 3, maxReplicas: 3}, [...everywhere, 'Service', 'PodDisruptionBudget', 'Deployment']],
	[{port: ['none']}, [...everywhere, 'PodDisruptionBudget', 'Deployment', 'HorizontalPodAutoscaler']],
	[{volume: ['data:/var/data:5Gi']}, [...everywhere, 'PersistentVolumeClaim', 'Service', 'Deployment']],
	[
		{volume: ['data:/var/data:5Gi:shared']},
		[...everywhere, 'PersistentVolumeClaim', 'Service', 'PodDisruptionBudget', 'Deployment', 'HorizontalPodAutoscaler'],
	],
])('%j makes %j', (input, kinds) => {
	expect(kindsOf(input)).toEqual(kinds);
});

describe('whatever the answers, the set fits together and passes the level restricted', () => {
	const around = {
		namespace: 'shop',
		objects: [],
		scrapers: ['monitoring'],
		unread: new Map([
			['nodes', 'no'],
			['storageclasses', 'no'],
		]),
	};
	test.each([
		{},
		{allowFrom: ['monitoring', '10.0.0.0/8'], allowTo: ['data', '10.1.0.0/16:5432'], health: '/healthz', port: ['8080', 'metrics=9090']},
		{allowFrom: ['*'], allowTo: ['*'], replicas: 5, cpuLimit: '1', env: ['MODE=fast', 'EMPTY=']},
		{volume: ['data:/var/data:5Gi'], allowFrom: ['monitoring'], writable: ['/tmp', '/var/cache']},
		{port: ['none'], replicas: 1},
	])('%j', input => {
		const set = setOf({allowFrom: ['monitoring'], ...input});
		expect(checkSet(set, around).filter(({status}) => status === 'fail')).toEqual([]);
		for (const object of set) expect(podViolations('restricted', object)).toEqual([]);
		expect(setOf({allowFrom: ['monitoring'], ...input})).toEqual(set);
	});
});

test('a policy that lists whom the pods may call always lets them ask DNS', () => {
	expect(valueAt(find({allowTo: ['data', '10.1.0.0/16:5432']}, 'NetworkPolicy') ?? null, 'spec', 'egress')).toEqual([
		{
			ports: [
				{port: 53, protocol: 'UDP'},
				{port: 53, protocol: 'TCP'},
			],
		},
		{to: [{podSelector: {}}, {namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name': 'data'}}}]},
		{to: [{ipBlock: {cidr: '10.1.0.0/16'}}], ports: [{port: 5432, protocol: 'TCP'}]},
	]);
});

test('a workload that an autoscaler sizes names no replicas, and one without says how many', () => {
	expect(valueAt(find({}, 'Deployment') ?? null, 'spec', 'replicas')).toBeUndefined();
	expect(valueAt(find({replicas: 3, maxReplicas: 3}, 'Deployment') ?? null, 'spec', 'replicas')).toBe(3);
});

test.each([
	['registry.example:5000/shop/web:1.0', 'web'],
	['nginx', 'nginx'],
	[`ghcr.io/acme/my_app@sha256:${'0123'.repeat(16)}`, 'my-app'],
])('the image %s names the workload %s', (named, name) => {
	expect(readAnswers(answersInput.parse({image: named}), 'shop').name).toBe(name);
});

test.each<[object, string, RegExp]>([
	[{image: undefined}, 'no-image', /no image/],
	[{image: '-rf'}, 'bad-image', /is not an image/],
	[{image: '0.1'}, 'bad-name', /cannot name a Service/],
	[{replicas: 5, maxReplicas: 2}, 'bad-replicas', /At most 2 pods are less than at least 5/],
	[{port: ['8080', 'admin=8080']}, 'bad-ports', /same number/],
	[{env: ['DB_PASSWORD=Violet-otter-seven']}, 'secret-in-argument', /^The value of DB_PASSWORD looks like a secret/],
])('%j is refused as %s, with a way on and no value', (input, code, what) => {
	const refused = () => setOf(input);
	expect(refused).toThrow(
		expect.objectContaining({trouble: expect.objectContaining({code, what: expect.stringMatching(what), next: expect.any(String)})}),
	);
	expect(refused).not.toThrow(/Violet/);
});
