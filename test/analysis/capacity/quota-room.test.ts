import {expect, test} from 'vitest';
import {quotaRoom} from '../../../src/analysis/capacity/quota-room.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';

const quota = (name: string, hard: {[what: string]: string}, used: {[what: string]: string}, spec: object = {}): KubeObject => ({
	...{apiVersion: 'v1', kind: 'ResourceQuota', metadata: {name, namespace: 'shop'}},
	spec: {hard, ...spec},
	status: {used},
});
const range: KubeObject = {
	...{apiVersion: 'v1', kind: 'LimitRange', metadata: {name: 'usual', namespace: 'shop'}},
	spec: {limits: [{type: 'Container', defaultRequest: {cpu: '500m'}}]},
};
const pod = {containers: [{name: 'main', resources: {requests: {cpu: '200m', memory: '100Mi'}}}]};

test('the tightest quota tells, and what it counts', () => {
	const quotas = [
		quota('wide', {pods: '50'}, {pods: '10'}),
		quota('tight', {'requests.cpu': '2', 'requests.memory': '10Gi'}, {'requests.cpu': '1', 'requests.memory': '1Gi'}),
	];
	expect(quotaRoom(quotas, pod)).toEqual({quota: 'ResourceQuota shop/tight', pods: 5, what: 'requests.cpu'});
	expect(quotaRoom([range, ...quotas], {containers: [{name: 'main'}]})?.pods).toBe(2);
});

test('what is used beyond the quota leaves no room, and not less', () => {
	expect(quotaRoom([quota('full', {pods: '3'}, {pods: '4'})], pod)?.pods).toBe(0);
});

test('quotas with scopes, and those that count nothing of it, limit nothing', () => {
	expect(quotaRoom([quota('scoped', {pods: '1'}, {pods: '1'}, {scopes: ['Terminating']})], pod)).toBeUndefined();
	expect(quotaRoom([quota('claims', {persistentvolumeclaims: '1'}, {})], pod)).toBeUndefined();
	expect(quotaRoom([], pod)).toBeUndefined();
});
