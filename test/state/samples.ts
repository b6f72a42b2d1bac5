import type {Json} from '../../src/core/json.ts';
import type {KubeObject} from '../../src/core/kube/kube-object.ts';
import {type Approval, digestOf, type Plan, type Write} from '../../src/core/plan.ts';

export const deployment = (replicas: number, name = 'web'): KubeObject => ({
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	metadata: {name, namespace: 'shop', uid: 'u-1', resourceVersion: '41'},
	spec: {replicas},
});

export const secret = (password: string): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Secret',
	metadata: {name: 'database', namespace: 'shop'},
	stringData: {password},
});

export const scale: Write = {
	op: 'patch',
	ref: {apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web'},
	type: 'merge',
	patch: {spec: {replicas: 5}},
};

export const replaceSecret: Write = {
	op: 'replace',
	ref: {apiVersion: 'v1', kind: 'Secret', namespace: 'shop', name: 'database'},
	manifest: secret('sealed:1'),
};

export function planOf(write: Write = scale, summary = 'Scale shop/web to 5 replicas'): Plan {
	return {
		version: 1,
		tool: 'deployment_scale',
		target: {context: 'prod', cluster: 'prod', clusterId: 'c-1', authority: 'f00d', namespace: 'shop', identity: 'ada'},
		input: {name: 'web', replicas: 5},
		summary,
		risk: {level: 'low', reasons: []},
		steps: [{title: 'Scale', writes: [write]}],
		changes: [
			{
				ref: write.ref,
				operation: 'update',
				fields: [{path: ['spec', {name: 'web'}, 0], operation: 'replace', before: 3, after: 5}],
				computed: 'server',
			},
		],
		consequences: [{id: 'more-pods', severity: 'info', text: 'Two more pods start'}],
		preconditions: [{ref: write.ref, uid: 'u-1', version: '41'}],
		verify: ['Five replicas are ready'],
		undo: {possible: true, how: 'Scale back to 3'},
	};
}

export function entryOf(plan: Plan = planOf(), sealed: {readonly [placeholder: string]: string} = {}) {
	const digest = digestOf(plan);
	const approval: Approval = {digest, by: 'ada', how: 'review'};
	return {plan, digest, approval, sealed};
}

export const doneOutcome = (output: Json = {replicas: 5}) => ({kind: 'done', tool: 'deployment_scale', output}) as const;
