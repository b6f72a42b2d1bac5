import {expect, test} from 'vitest';
import {caseOf} from '../../../src/analysis/diagnosis/case.ts';
import {ranOtherImages} from '../../../src/analysis/diagnosis/earlier-revision.ts';
import {backRemedy, changeOf} from '../../../src/analysis/diagnosis/template-change.ts';
import type {JsonObject} from '../../../src/core/json.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {object} from '../../support/kube-objects.ts';

const template = (main: string, init: string, labels: JsonObject = {}): JsonObject => ({
	metadata: {labels: {app: 'web', ...labels}},
	spec: {initContainers: [{name: 'assets', image: init}], containers: [{name: 'web', image: main}]},
});
const kept = (apiVersion: string, kind: string, name: string, owner: string, more: {readonly [key: string]: JsonObject}) =>
	object(apiVersion, kind, name, {
		...more,
		metadata: {ownerReferences: [{apiVersion, kind: owner, name: 'web', uid: 'u', controller: true}], ...more.metadata},
	});

const back = (target: KubeObject, ...others: readonly KubeObject[]) => {
	const given = caseOf(target, {namespace: 'shop', objects: [target, ...others]});
	return backRemedy(
		given,
		changeOf(given, earlier => ranOtherImages(given, earlier)),
	).map(({input, text}) => [text.en, input.patch]);
};

test('the image of an init container is put back like any other', () => {
	const revision = (number: string, its: JsonObject) =>
		kept('apps/v1', 'ReplicaSet', `web-${number}`, 'Deployment', {
			metadata: {annotations: {'deployment.kubernetes.io/revision': number}},
			spec: {template: its},
		});
	const web = object('apps/v1', 'Deployment', 'web', {spec: {template: template('web:1', 'assets:gone')}});
	expect(back(web, revision('1', template('web:1', 'assets:1')), revision('2', template('web:1', 'assets:gone')))).toEqual([
		[
			'Set spec.template.spec.initContainers[assets].image of Deployment shop/web back to assets:1, as revision 1 had it',
			'[{"op":"test","path":"/spec/template/spec/initContainers/0/image","value":"assets:gone"},{"op":"replace","path":"/spec/template/spec/initContainers/0/image","value":"assets:1"}]',
		],
	]);
});

test('a CronJob gets back what its last other run had', () => {
	const run = (name: string, at: string, its: JsonObject) =>
		kept('batch/v1', 'Job', name, 'CronJob', {metadata: {creationTimestamp: at}, spec: {template: its}, status: {succeeded: 1}});
	const web = object('batch/v1', 'CronJob', 'web', {
		spec: {schedule: '@daily', jobTemplate: {spec: {template: template('web:gone', 'assets:1')}}},
	});
	const runs = [
		run('web-1', '2026-11-25T03:00:00Z', template('web:1', 'assets:1', {'job-name': 'web-1', 'controller-uid': 'a'})),
		run('web-2', '2026-11-26T03:00:00Z', template('web:2', 'assets:1', {'job-name': 'web-2', 'controller-uid': 'b'})),
	];
	expect(back(web, ...runs)).toEqual([
		[
			'Set spec.jobTemplate.spec.template.spec.containers[web].image of CronJob shop/web back to web:2, as the run of 2026-11-26T03:00:00Z had it',
			'[{"op":"test","path":"/spec/jobTemplate/spec/template/spec/containers/0/image","value":"web:gone"},{"op":"replace","path":"/spec/jobTemplate/spec/template/spec/containers/0/image","value":"web:2"}]',
		],
	]);
});
