import {configMap, namespace} from '../objects.ts';
import {cronJob, job, statefulSet} from '../workloads.ts';
import {app, type BrokenThing, brokenNamespace, thing} from './fault.ts';

const set = (tag: string) =>
	statefulSet({
		namespace: brokenNamespace,
		name: 'stateful-update-stuck',
		image: `registry.example/broken/app:${tag}`,
		replicas: 2,
		port: 8080,
		storage: '1Gi',
		cpu: '20m/200m',
		memory: '32Mi/64Mi',
	});

/** Changes that do not come to an end. */
export const rolloutFaults: readonly BrokenThing[] = [
	thing(
		'rollout-stuck',
		'the new version never becomes ready',
		[app('rollout-stuck', '1.0', {replicas: 2, spec: {progressDeadlineSeconds: 120}})],
		{
			later: [app('rollout-stuck', '1.1-unready', {replicas: 2, spec: {progressDeadlineSeconds: 120}})],
		},
	),
	thing('rollout-paused', 'somebody paused it and left', [app('rollout-paused', '1.0', {replicas: 2})], {
		later: [app('rollout-paused', '1.1', {replicas: 2, spec: {paused: true}})],
	}),
	thing('stateful-update-stuck', 'the updated pod crashes, so the next one waits', [set('1.0')], {later: [set('1.1-crash')]}),
	thing('job-failed', 'its pods fail more often than it allows', [
		job({namespace: brokenNamespace, name: 'job-failed', image: 'registry.example/broken/job:1.0-fail', spec: {backoffLimit: 2}}),
	]),
	thing('cron-job-failing', 'each run fails', [
		cronJob(
			{namespace: brokenNamespace, name: 'cron-job-failing', image: 'registry.example/broken/job:1.0-fail', spec: {backoffLimit: 0}},
			'*/10 * * * *',
		),
	]),
	thing(
		'stuck-terminating',
		'a finalizer that nobody removes holds the namespace',
		[
			namespace('stuck-terminating'),
			{
				...configMap('stuck-terminating', 'held', {reason: 'cleanup'}),
				metadata: {name: 'held', namespace: 'stuck-terminating', finalizers: ['example.com/cleanup']},
			},
		],
		{
			namespace: 'stuck-terminating',
			also: machine => machine.remove('Namespace', undefined, 'stuck-terminating'),
		},
	),
];
