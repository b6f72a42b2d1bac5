import {expect, test} from 'vitest';
import type {JsonObject} from '../../../src/core/json.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {object} from '../../support/kube-objects.ts';
import {causes} from './scene.ts';

const template = (image: string, args: readonly string[] = [], name = 'main'): JsonObject => ({
	metadata: {labels: {'controller-uid': 'u', 'job-name': 'x', part: 'sync'}},
	spec: {restartPolicy: 'Never', containers: [{name, image, args}]},
});
type Parts = {readonly args?: readonly string[]; readonly made?: string; readonly of?: string};
const job = (name: string, image: string, status: JsonObject, {args = [], made = '2026-05-01T03:00:00Z', of}: Parts = {}): KubeObject =>
	object('batch/v1', 'Job', name, {
		metadata: {
			creationTimestamp: made,
			...(of === undefined ? {} : {ownerReferences: [{apiVersion: 'batch/v1', kind: 'CronJob', name: of, uid: 'c', controller: true}]}),
		},
		spec: {backoffLimit: 2, selector: {matchLabels: {'controller-uid': 'u'}}, template: template(image, args)},
		status,
	});
const failed = {conditions: [{type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded'}]};
const done = (completionTime = '2026-04-01T03:05:00Z') => ({succeeded: 1, completionTime});
const cronJob = (image: string) =>
	object('batch/v1', 'CronJob', 'sync', {spec: {schedule: '0 3 * * *', jobTemplate: {spec: {template: template(image)}}}});

const told = (...objects: readonly [KubeObject, ...KubeObject[]]) =>
	causes('down', ...objects).map(({id, path, remedies}) => {
		const [first] = remedies;
		return [id, path, first === undefined ? 'no remedy' : `${first.sure ? 'sure' : 'choice'} ${first.text.en}`];
	});

const image = 'spec.template.spec.containers[main].image';
const anew = 'choice Run Job shop/sync-05 anew with shop/sync:4, as Job shop/sync-04 did';

test.each<[string, readonly [KubeObject, ...KubeObject[]], readonly (readonly (string | undefined)[])[]]>([
	[
		'goes back to the image of the same work before',
		[job('sync-05', 'shop/sync:5', failed), job('sync-04', 'shop/sync:4', done())],
		[['run-failed', image, anew]],
	],
	[
		'goes back to the newest of several',
		[
			job('sync-05', 'shop/sync:5', failed),
			job('sync-03', 'shop/sync:3', done('2026-03-01T03:05:00Z')),
			job('sync-04', 'shop/sync:4', done()),
		],
		[['run-failed', image, anew]],
	],
	[
		'has nothing to go back to where the image was the same',
		[job('sync-05', 'shop/sync:4', failed), job('sync-04', 'shop/sync:4', done())],
		[['run-failed', undefined, 'no remedy']],
	],
	[
		'is not compared with other work of the same image',
		[job('sync-05', 'shop/tools:5', failed, {args: ['sync']}), job('clean', 'shop/tools:4', done(), {args: ['clean']})],
		[['run-failed', undefined, 'no remedy']],
	],
	[
		'is not compared with one that failed as well',
		[job('sync-05', 'shop/sync:5', failed), job('sync-04', 'shop/sync:4', failed)],
		[['run-failed', undefined, 'no remedy']],
	],
	[
		'of a CronJob gets the template back of the run that went well',
		[
			cronJob('shop/sync:5'),
			job('sync-2', 'shop/sync:5', failed, {of: 'sync'}),
			job('sync-1', 'shop/sync:4', done(), {of: 'sync', made: '2026-04-01T03:00:00Z'}),
		],
		[
			[
				'run-failed',
				`spec.jobTemplate.${image}`,
				`sure Set spec.jobTemplate.${image} of CronJob shop/sync back to shop/sync:4, as the run of 2026-04-01T03:00:00Z had it`,
			],
		],
	],
	[
		'of a template that was changed since is told no more',
		[cronJob('shop/sync:6'), job('sync-2', 'shop/sync:5', failed, {of: 'sync'})],
		[],
	],
])('a run that failed %s', (_, objects, expected) => {
	expect(told(...objects)).toEqual(expected);
});

test('a Job is made anew without what the server gave it', () => {
	const [cause] = causes('down', job('sync-05', 'shop/sync:5', failed), job('sync-04', 'shop/sync:4', done()));
	const [gone, made] = cause?.remedies[0]?.writes ?? [];
	expect(gone).toMatchObject({op: 'delete', propagation: 'Background', ref: {kind: 'Job', name: 'sync-05'}});
	expect(made).toMatchObject({op: 'create', ref: {kind: 'Job', name: 'sync-05'}});
	expect(made !== undefined && 'manifest' in made ? made.manifest.spec : undefined).toEqual({
		backoffLimit: 2,
		template: {
			metadata: {labels: {part: 'sync'}},
			spec: {restartPolicy: 'Never', containers: [{name: 'main', image: 'shop/sync:4', args: []}]},
		},
	});
});
