import {expect, test} from 'vitest';
import {trafficShares} from '../../../../src/agents/deploy/watch/traffic-shares.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {thing} from '../../../support/router-world.ts';

const owned = (object: KubeObject, uid: string): KubeObject => ({
	...object,
	metadata: {...object.metadata, ownerReferences: [{apiVersion: 'apps/v1', kind: 'X', name: 'x', uid, controller: true}]},
});
const template = (image: string) => ({spec: {containers: [{name: 'main', image}]}});
const ready = {conditions: [{type: 'Ready', status: 'True'}]};
const pod = (name: string, {image = 'web:1', set = 'old', labels = {}, status = ready as object} = {}): KubeObject => {
	const made = thing('Pod', `shop/${name}`, {...template(image), status});
	return owned({...made, metadata: {...made.metadata, labels: {app: 'web', ...labels}}}, set);
};
const set = (uid: string, revision: string, image: string): KubeObject => {
	const made = thing('ReplicaSet', `shop/web-${uid}`, {spec: {template: template(image)}});
	return owned({...made, metadata: {...made.metadata, uid, annotations: {'deployment.kubernetes.io/revision': revision}}}, 'web');
};
const workload = (name: string, image: string, track?: string): KubeObject => {
	const made = thing('Deployment', `shop/${name}`, {spec: {template: template(image)}});
	return {...made, metadata: {...made.metadata, uid: name, ...(track === undefined ? {} : {labels: {'mkcoa.dev/track': track}})}};
};
const service = (name: string, selector: object) => thing('Service', `shop/${name}`, {spec: {selector}});

const web = workload('web', 'web:1');
const canary = workload('web-canary', 'web:2', 'canary');
const canaryPod = pod('c', {image: 'web:2', set: 'canary', labels: {'mkcoa.dev/track': 'canary'}});
const none = {services: [], routes: [], sets: [set('old', '1', 'web:1')]};

test('ready pods behind the Service share the requests; others do not count', () => {
	const pods = [pod('a'), pod('b'), pod('late', {status: {}}), canaryPod];
	expect(trafficShares({...none, workloads: [web, canary], pods, services: [service('web', {app: 'web'})]})).toEqual({
		weights: [
			{name: 'new', share: 1 / 3},
			{name: 'stable', share: 1 - 1 / 3},
		],
		weighed: 'by ready pods of Service web',
	});
});

test('a Service that finds the preview alone sends everything there', () => {
	const preview = pod('p', {image: 'web:2', labels: {'mkcoa.dev/track': 'preview'}});
	const services = [service('web', {'mkcoa.dev/track': 'preview'})];
	const shares = trafficShares({
		...none,
		workloads: [web, workload('web-preview', 'web:2', 'preview')],
		pods: [pod('a'), preview],
		services,
	});
	expect(shares.weights[0]).toEqual({name: 'new', share: 1});
});

test('pods of the workload that run the new images since it was promoted are new, too', () => {
	const sets = [set('old', '1', 'web:1'), set('fresh', '2', 'web:2')];
	const pods = [pod('a'), pod('b', {image: 'web:2', set: 'fresh'}), canaryPod];
	expect(trafficShares({...none, sets, workloads: [web, canary], pods}).weights[0]?.share).toBeCloseTo(2 / 3);
});

test('without a copy, pods of the newest template are new; where all are of it, there is one version alone', () => {
	const sets = [set('old', '1', 'web:1'), set('fresh', '2', 'web:2')];
	const fresh = pod('b', {image: 'web:2', set: 'fresh'});
	expect(trafficShares({...none, sets, workloads: [web], pods: [pod('a'), fresh]}).weights[0]?.share).toBe(0.5);
	expect(trafficShares({...none, sets, workloads: [web], pods: [fresh]})).toEqual({weights: []});
});

const route = (weights: readonly number[]) => ({
	...thing('HTTPRoute', 'shop/front', {
		spec: {
			rules: [{backendRefs: [{name: 'other'}]}, {backendRefs: ['web', 'web-canary'].map((name, at) => ({name, weight: weights[at] ?? 0}))}],
		},
	}),
	apiVersion: 'gateway.networking.k8s.io/v1',
});

test.each([
	[[90, 10], 0.1],
	[[0, 100], 1],
	[[3, 1], 0.25],
])('a route with the weights %j decides, whatever pods there are', (weights, share) => {
	const around = {...none, workloads: [web, canary], pods: [pod('a'), canaryPod], routes: [route(weights)]};
	expect(trafficShares({...around, canaryService: 'shop/web-canary'})).toMatchObject({
		weights: [{name: 'new', share}, {}],
		weighed: 'by HTTPRoute front',
	});
	expect(trafficShares(around).weighed).toBe('by ready pods');
});
