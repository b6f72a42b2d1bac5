import {digestOf, type Plan} from '../core/plan.ts';

const web = {apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web'};
const budget = {apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', namespace: 'shop', name: 'web'};

/** A plan with something of everything that a screen has to show, for the kitchen sink and for tests. */
export const samplePlan: Plan = {
	version: 1,
	tool: 'deployment_update',
	target: {context: 'prod', cluster: 'eks-prod-eu', clusterId: '3f6d', namespace: 'shop', identity: 'mina@example.com'},
	input: {name: 'web', namespace: 'shop'},
	summary: 'Update shop/web to image 1.43.0 with 5 replicas',
	risk: {level: 'medium', reasons: ['3 ready pods are replaced', 'the namespace is labelled production']},
	steps: [
		{title: 'Set image and replicas of Deployment shop/web', writes: []},
		{title: 'Wait until 5 pods are ready', writes: []},
	],
	changes: [
		{
			ref: web,
			operation: 'update',
			computed: 'server',
			fields: [
				{path: ['spec', 'replicas'], operation: 'replace', before: 3, after: 5, owner: 'kube-controller-manager'},
				{
					path: ['spec', 'template', 'spec', 'containers', {name: 'web'}, 'image'],
					operation: 'replace',
					before: 'registry.example/shop/web:1.42.0',
					after: 'registry.example/shop/web:1.43.0',
				},
				{path: ['metadata', 'annotations', 'example.com/team'], operation: 'add', after: '주문팀'},
			],
		},
		{
			ref: budget,
			operation: 'create',
			computed: 'local',
			why: 'the server does not offer a dry run for it',
			fields: [{path: ['spec'], operation: 'add', after: {minAvailable: 2, selector: {matchLabels: {app: 'web'}}}}],
		},
	],
	consequences: [
		{id: 'hpa', severity: 'info', text: 'HPA web keeps between 3 and 10 replicas'},
		{id: 'capacity', severity: 'warning', text: 'Up to 1 pod fewer serves traffic while the update runs'},
	],
	preconditions: [{ref: web, uid: 'a1', version: '812'}],
	verify: ['5 of 5 pods are ready within 10 minutes', 'No container restarts in the first minute'],
	undo: {possible: true, how: 'mkcoa undo returns to revision 42'},
};

export const sampleDigest = digestOf(samplePlan);

/** A plan that cannot be taken back, named in Korean. */
export const deletionPlan: Plan = {
	...samplePlan,
	tool: 'resource_delete',
	summary: 'Delete PersistentVolumeClaim shop/주문-데이터',
	risk: {level: 'high', reasons: ['data is lost']},
	changes: [
		{
			ref: {apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: 'shop', name: '주문-데이터'},
			operation: 'delete',
			computed: 'server',
			fields: [],
		},
	],
	steps: [{title: 'Delete PersistentVolumeClaim shop/주문-데이터', writes: []}],
	consequences: [{id: 'data', severity: 'danger', text: 'The volume and its 20 GiB are deleted: its reclaim policy is Delete'}],
	verify: ['The claim is gone'],
	undo: {possible: false, how: 'no copy of the data is kept'},
};

/** A plan that changes a text of several lines. */
export const configPlan: Plan = {
	...samplePlan,
	tool: 'config_set',
	summary: 'Set app.yaml of ConfigMap shop/web',
	risk: {level: 'low', reasons: ['pods read it when they start again']},
	changes: [
		{
			ref: {apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'web'},
			operation: 'update',
			computed: 'server',
			fields: [
				{
					path: ['data', 'app.yaml'],
					operation: 'replace',
					before: 'server:\n  port: 8080\n  timeout: 5s\ncache:\n  size: 100\n',
					after: 'server:\n  port: 8080\n  timeout: 15s\n  retries: 2\ncache:\n  size: 100\n',
					owner: 'helm',
				},
			],
		},
	],
	steps: [{title: 'Set data of ConfigMap shop/web', writes: []}],
	consequences: [],
	verify: ['The ConfigMap holds what the plan says'],
};
