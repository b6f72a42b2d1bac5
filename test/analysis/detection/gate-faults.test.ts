import {expect, test} from 'vitest';
import {detect} from '../../../src/analysis/detection/detect.ts';
import {focusOn} from '../../../src/analysis/detection/live/focus-on.ts';
import {surveyOf} from '../../../src/analysis/detection/survey.ts';
import type {JsonObject} from '../../../src/core/json.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {ago, detected, pod, runs, workload} from './running.ts';

const gated = (...types: readonly string[]) => runs({}, {readinessGates: types.map(conditionType => ({conditionType}))});
const conditions = (minutes: number, ...more: readonly JsonObject[]) => ({
	status: {
		conditions: [
			{type: 'ContainersReady', status: 'True', lastTransitionTime: ago(minutes)},
			{type: 'Ready', status: 'False', reason: 'ReadinessGatesNotReady'},
			...more,
		],
	},
});
const held = [{ready: false, ...conditions(9)}];
const [type, other] = ['lb.example.com/attached', 'lb.example.com/atached'];
const sets = pod({
	name: 'other',
	status: {
		conditions: [
			{type: 'Ready', status: 'True'},
			{type, status: 'True'},
		],
	},
});
const path = 'spec.template.spec.readinessGates[0].conditionType';

test.each([
	['a release brought', workload(gated(type), {before: runs(), pods: held}), 'sure remove spec/readinessGates'],
	[
		'a release brought beside another one',
		workload(gated(type, 'a.io/b'), {before: gated('a.io/b'), pods: [{ready: false, ...conditions(9, {type: 'a.io/b', status: 'True'})}]}),
		expect.stringMatching(/^sure .*readinessGates/),
	],
	['was always there', workload(gated(type), {before: gated(type), pods: held}), 'choice replace spec/readinessGates=[]'],
	['is misspelt', [...workload(gated(other), {pods: held}), sets], `sure replace 0/conditionType="${type}"`],
	['is of a StatefulSet', workload(gated(type), {kind: 'StatefulSet', before: runs(), pods: held}), 'sure remove spec/readinessGates'],
])('a gate that nobody opens and that %s', (_, objects, what) => {
	const kind = objects[0]?.kind;
	const told = detected(objects).map(each => [each.told, each.what]);
	expect(told).toEqual([[`critical readiness-gate-never-set ${kind}/web ${path}`, what]]);
});

const gates = (objects: readonly KubeObject[]) => detected(objects).filter(({told}) => told.includes('readiness-gate'));

test.each([
	[
		'that was opened',
		workload(gated(type), {
			pods: [
				{
					status: {
						conditions: [
							{type: 'Ready', status: 'True'},
							{type, status: 'True'},
						],
					},
				},
			],
		}),
	],
	['that is closed on purpose', workload(gated(type), {pods: [{ready: false, ...conditions(9, {type, status: 'False'})}]})],
	['that is opened for others, and here slowly', [...workload(gated(type), {pods: held}), sets]],
	['that waits for a moment only', workload(gated(type), {pods: [{ready: false, ...conditions(0.5)}]})],
	['while containers are not ready', workload(gated(type), {pods: [{ready: false}]})],
	['of a condition that the kubelet sets', workload(gated('Initialized'), {pods: held})],
])('a gate %s is no fault', (_, objects) => {
	expect(gates(objects)).toEqual([]);
});

test('a pod that stands alone is told of without a remedy', () => {
	expect(gates([pod({name: 'alone', ready: false, spec: gated(type), ...conditions(9)})])).toMatchObject([{what: 'no remedy'}]);
});

test('a condition that somebody sets in another namespace is one while a namespace is judged by itself, too', () => {
	const objects = workload(gated(type), {pods: held});
	const [{metadata} = sets] = objects;
	const elsewhere = {...sets, metadata: {...sets.metadata, namespace: 'lb'}};
	const namespace = (name: string): KubeObject => ({apiVersion: 'v1', kind: 'Namespace', metadata: {name}});
	const own = metadata.namespace ?? '';
	const all = [...objects, elsewhere, namespace(own), namespace('lb')];
	const idsIn = (given: readonly KubeObject[]) =>
		detect(focusOn(surveyOf({takenAt: ago(0), objects: given, unread: []}), own)).incidents.map(({cause}) => cause.id);
	expect(idsIn(all)).not.toContain('readiness-gate-never-set');
	expect(idsIn(all.filter(each => each !== elsewhere))).toContain('readiness-gate-never-set');
});
