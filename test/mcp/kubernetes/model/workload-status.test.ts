import {expect, test} from 'vitest';
import {workloadStatus} from '../../../../src/mcp/kubernetes/model/workload-status.ts';
import {deployment, objectOf, pod} from '../../../support/shop-objects.ts';

const full = {readyReplicas: 3, updatedReplicas: 3, observedGeneration: 4};
const rows: readonly (readonly [string, Parameters<typeof workloadStatus>[0], string, boolean])[] = [
	['a finished rollout', deployment('web', {metadata: {generation: 4}, status: full}), '3/3 ready', true],
	['a rollout on its way', deployment('web', {status: {readyReplicas: 3, updatedReplicas: 1}}), '3/3 ready, 1 updated', false],
	[
		'a change that nobody has seen',
		deployment('web', {metadata: {generation: 5}, status: full}),
		'3/3 ready, its controller has not seen the last change yet',
		false,
	],
	[
		'a rollout past its deadline',
		deployment('web', {status: {...full, readyReplicas: 2, conditions: [{type: 'Progressing', reason: 'ProgressDeadlineExceeded'}]}}),
		'2/3 ready, its rollout passed its deadline',
		false,
	],
	['a workload of no replicas', deployment('web', {replicas: 0, status: {}}), '0/0 ready', true],
	[
		'a daemon set',
		objectOf('apps/v1', 'DaemonSet', 'd', {spec: {}, status: {desiredNumberScheduled: 2, numberReady: 1, updatedNumberScheduled: 2}}),
		'1/2 ready',
		false,
	],
	['a job', objectOf('batch/v1', 'Job', 'j', {spec: {completions: 2}, status: {succeeded: 1}}), '1/2 complete', true],
	[
		'a failed job',
		objectOf('batch/v1', 'Job', 'j', {spec: {}, status: {conditions: [{type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded'}]}}),
		'failed: BackoffLimitExceeded',
		false,
	],
];

test.each(rows)('reads %s', (_, object, text, healthy) => {
	expect(workloadStatus(object)).toMatchObject({text, healthy});
});

test('has no answer for a kind without pods of its own', () => {
	expect(workloadStatus(pod('p'))).toBeUndefined();
});
