import {expect, test} from 'vitest';
import {containerChecks} from '../../../src/analysis/checks/workload/container-checks.ts';
import {scan} from '../../../src/analysis/scan/scan.ts';
import {scoreOf} from '../../../src/analysis/scan/score.ts';
import type {Json} from '../../../src/core/json.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';

const containers = (privileged: boolean): Json => [{name: 'web', image: 'web:1', securityContext: {privileged}}];
const owned = (kind: string, name: string) => ({
	ownerReferences: [{apiVersion: 'apps/v1', kind, name, uid: name, controller: true}],
});
const deployment = (name: string, privileged: boolean): KubeObject => ({
	...{apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name, namespace: 'shop'}},
	spec: {template: {spec: {containers: containers(privileged)}}},
});
const replicaSet = (name: string, privileged: boolean): KubeObject => ({
	...deployment(`${name}-1`, privileged),
	kind: 'ReplicaSet',
	metadata: {name: `${name}-1`, namespace: 'shop', ...owned('Deployment', name)},
});
const pod = (name: string, privileged: boolean, more: readonly Json[] = []): KubeObject => ({
	...{apiVersion: 'v1', kind: 'Pod', metadata: {name: `${name}-1-x`, namespace: 'shop', ...owned('ReplicaSet', `${name}-1`)}},
	spec: {containers: [...(containers(privileged) as readonly Json[]), ...more]},
});
const checks = containerChecks.filter(({id}) => id === 'privileged-container');
const ask = (objects: readonly KubeObject[], more: Partial<Parameters<typeof scan>[0]> = {}) =>
	scan({objects, checks, unread: new Map(), exceptions: [], nowMs: 0, ...more});
const names = ({failures}: ReturnType<typeof scan>) => failures.map(({resource}) => `${resource.kind} ${resource.name}`);

test('a fault of a template is one fault, at what owns the pods', () => {
	const found = ask([deployment('web', true), replicaSet('web', true), pod('web', true)]);
	expect(names(found)).toEqual(['Deployment web']);
	expect(found).toMatchObject({judged: 1, atOwner: 2});
});

test('a container that somebody put into a pod is judged there', () => {
	const injected = {name: 'debug', image: 'x', securityContext: {privileged: true}};
	expect(names(ask([deployment('web', false), replicaSet('web', false), pod('web', false, [injected])]))).toEqual(['Pod web-1-x']);
});

test('a pod whose owner was not read is judged by itself', () => {
	expect(names(ask([pod('web', true)]))).toEqual(['Pod web-1-x']);
});

test('what could not be read is not checked, and what was found counts all the same', () => {
	const unread = new Map([['batch/Job', 'may not be listed']]);
	expect(ask([deployment('web', false)], {unread}).results).toMatchObject([{state: 'not-checked', passed: 1, failed: 0}]);
	expect(ask([deployment('web', true)], {unread}).results).toMatchObject([{state: 'fail', failed: 1, why: ['not read: batch/Job']}]);
	expect(ask([]).results).toMatchObject([{state: 'not-applicable'}]);
	expect(ask([]).score).toBeUndefined();
});

test('an exception takes a fault out of score and state, and says so', () => {
	const exceptions = [{check: 'privileged-container', object: 'Deployment/shop/web', owner: 'ops', reason: 'x', expires: '2030-01-01'}];
	const found = ask([deployment('web', true), deployment('api', false)], {exceptions});
	expect(found.results).toMatchObject([{state: 'pass', passed: 1, failed: 0, excepted: 1}]);
	expect(found.score).toBe(100);
	expect(found.failures).toMatchObject([{exception: {owner: 'ops'}}]);
});

test('the level of the Pod Security Standards is told for each workload', () => {
	expect(ask([deployment('web', true), deployment('api', false)]).levels.map(({level}) => level)).toEqual(['privileged', 'baseline']);
});

test('the score weighs checks by severity and objects by their share', () => {
	expect(
		scoreOf([
			{severity: 'critical', passed: 1, failed: 1},
			{severity: 'medium', passed: 3, failed: 0},
		]),
	).toBe(54);
	expect(scoreOf([{severity: 'low', passed: 999, failed: 1}])).toBe(99);
	expect(scoreOf([{severity: 'low', passed: 0, failed: 0}])).toBeUndefined();
});
