import {expect, test} from 'vitest';
import {detect} from '../../../src/analysis/detection/detect.ts';
import {surveyOf} from '../../../src/analysis/detection/survey.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {object} from '../../support/kube-objects.ts';
import {ago, detected, node, runs, workload} from './running.ts';

const container = 'Deployment/web spec.template.spec.containers[web]';

/** A workload whose program ended an hour long with these last words. */
const ending = (message: string, podSpec = runs(), before = undefined): readonly KubeObject[] => [
	...workload(podSpec, {
		before,
		pods: [
			{
				ready: false,
				container: {
					restartCount: 9,
					state: {waiting: {reason: 'CrashLoopBackOff'}},
					lastState: {terminated: {exitCode: 1, reason: 'Error', message, startedAt: ago(2), finishedAt: ago(1)}},
				},
			},
		],
	}),
	node(),
];
const account = object('v1', 'ServiceAccount', 'bot');
const refused =
	'pods is forbidden: User "system:serviceaccount:shop:bot" cannot list resource "pods" in API group "" in the namespace "shop"';
const service = (name: string, clusterIP: string) =>
	object('v1', 'Service', name, {spec: {clusterIP, selector: {app: name}, ports: [{port: 5432, targetPort: 5432}]}});

const told = (...objects: readonly (KubeObject | readonly KubeObject[])[]) => detected(...objects).map(each => each.told);

test('what a program does not reach is told as what it shows, by the Service where the address is one', () => {
	const words = 'FATAL dial tcp 10.0.0.7:5432: connect: connection refused';
	expect(told(ending(words))).toEqual([`critical ends-unserved ${container}.image`]);
	const texts = detect(surveyOf({takenAt: ago(0), objects: [...ending(words), service('db', '10.0.0.7')], unread: []})).incidents.map(
		({cause}) => cause.cause.en,
	);
	expect(texts).toContain('Container web ends since Service shop/db (10.0.0.7:5432) does not answer');
});

test('a refusal is explained by the right that is missing, and the workload is what it shows in', () => {
	const found = told(ending(refused, runs({}, {serviceAccountName: 'bot'})), account);
	expect(found).toEqual(['critical right-missing ServiceAccount/bot ']);
});

test('a refusal that no longer holds is told by its last words alone', () => {
	const rules = [{apiGroups: [''], resources: ['pods'], verbs: ['list']}];
	const role = object('rbac.authorization.k8s.io/v1', 'Role', 'bot', {rules});
	const binding = object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'bot', {
		roleRef: {apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'bot'},
		subjects: [{kind: 'ServiceAccount', name: 'bot', namespace: 'shop'}],
	});
	expect(told(ending(refused, runs({}, {serviceAccountName: 'bot'})), account, role, binding)).toEqual([
		`critical ends-refused ${container}.image`,
	]);
});
