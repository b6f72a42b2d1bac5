import {expect, test} from 'vitest';
import {withRunWrites} from '../../../src/analysis/detection/with-run-writes.ts';
import type {Cause} from '../../../src/analysis/diagnosis/cause.ts';
import {exchange, merge} from '../../../src/analysis/diagnosis/patch-remedy.ts';
import {inOrder} from '../../../src/analysis/diagnosis/writes-remedy.ts';
import type {JsonObject} from '../../../src/core/json.ts';
import {type KubeObject, refOf} from '../../../src/core/kube/kube-object.ts';
import {object} from '../../support/kube-objects.ts';
import {survey} from './found-in.ts';

const template = (host: string): JsonObject => ({spec: {containers: [{name: 'main', env: [{name: 'HOST', value: host}]}]}});
const cronJob = (policy: string) =>
	object('batch/v1', 'CronJob', 'copy', {spec: {concurrencyPolicy: policy, jobTemplate: {spec: {template: template('wrong')}}}});
const run = (name: string, host: string, conditions: JsonObject[] = []) =>
	object('batch/v1', 'Job', name, {
		metadata: {ownerReferences: [{apiVersion: 'batch/v1', kind: 'CronJob', name: 'copy', uid: 'c', controller: true}]},
		spec: {template: template(host)},
		status: {conditions},
	});
const words = {en: 'Name the right host', ko: '올바른 호스트를 씁니다'};
const rest = {side: 'workload', sure: true, text: words} as const;
const place = ['spec', 'jobTemplate', 'spec', 'template', 'spec', 'containers', 0, 'env', 0, 'value'];
const inTemplate = (job: KubeObject) => exchange(job, [{path: place, from: 'wrong', to: 'right'}], rest);

const freed = (objects: readonly [KubeObject, ...KubeObject[]], remedy = inTemplate(objects[0])) => {
	const cause: Cause = {
		id: 'named-service-not-there',
		resource: {apiVersion: 'batch/v1', kind: 'CronJob', namespace: 'shop', name: 'copy'},
		cause: words,
		evidence: [],
		remedies: [remedy],
	};
	const [way] = withRunWrites(cause, survey(objects)).remedies;
	return [way?.text.en, ...(way?.writes ?? []).map(({op, ref}) => `${op} ${ref.kind}/${ref.name}`)];
};
const alone = ['Name the right host'];
const ended = ['Name the right host, and end Job shop/copy-1', 'patch CronJob/copy', 'delete Job/copy-1'];

test.each<[string, readonly [KubeObject, ...KubeObject[]], readonly string[]]>([
	['a run of the faulty template is ended where the next waits for it', [cronJob('Forbid'), run('copy-1', 'wrong')], ended],
	['runs that do not wait for each other are left', [cronJob('Allow'), run('copy-1', 'wrong')], alone],
	['a run that is over is left', [cronJob('Forbid'), run('copy-1', 'wrong', [{type: 'Complete', status: 'True'}])], alone],
	['a run of an earlier template is left', [cronJob('Forbid'), run('copy-1', 'right')], alone],
])('%s', (_, objects, told) => {
	expect(freed(objects)).toEqual(told);
});

test('a remedy that leaves the template alone ends nothing', () => {
	const job = cronJob('Forbid');
	expect(freed([job, run('copy-1', 'wrong')], merge(job, {spec: {suspend: false}}, rest))).toEqual(alone);
	expect(freed([job, run('copy-1', 'wrong')], exchange(job, [{path: ['spec', 'schedule'], to: '@daily'}], rest))).toEqual(alone);
});

test('a Job whose template is mended is made anew, since it never changes', () => {
	const job = object('batch/v1', 'Job', 'once', {spec: {template: template('wrong')}, status: {active: 1}});
	const path = ['spec', 'template', 'spec', 'containers', 0, 'env', 0, 'value'];
	expect(freed([job], exchange(job, [{path, from: 'wrong', to: 'right'}], rest))).toEqual([
		'Name the right host, and run it anew',
		'delete Job/once',
		'create Job/once',
	]);
	expect(freed([job], merge(job, {spec: {suspend: false}}, rest))).toEqual(alone);
});

test('a run that waits for a ConfigMap that is mended is ended, and a Job made anew', () => {
	const settings = {op: 'patch', ref: refOf(object('v1', 'ConfigMap', 'settings')), type: 'merge', patch: {data: {HOST: 'right'}}} as const;
	const mark = (job: KubeObject) => ({op: 'patch', ref: refOf(job), type: 'merge', patch: {spec: {}}}) as const;
	const job = object('batch/v1', 'Job', 'once', {spec: {template: template('wrong')}, status: {active: 1}});
	expect(freed([job], inOrder([settings, mark(job)], rest)).slice(1)).toEqual([
		'patch ConfigMap/settings',
		'delete Job/once',
		'create Job/once',
	]);
	const cron = cronJob('Forbid');
	expect(freed([cron, run('copy-1', 'wrong')], inOrder([settings, mark(cron)], rest)).slice(1)).toEqual([
		'patch ConfigMap/settings',
		'patch CronJob/copy',
		'delete Job/copy-1',
	]);
});
