import {describe, expect, test} from 'vitest';
import {neverWhole, refuseUnsettled} from '../../../../src/agents/deploy/rollout/half-rolled.ts';
import type {JsonObject} from '../../../../src/core/json.ts';
import {object} from '../../../support/kube-objects.ts';

const workload = (kind: string, spec: JsonObject, status: JsonObject) =>
	object('apps/v1', kind, 'web', {spec, status: {observedGeneration: 1, ...status}});
const progressing = (reason: string) => ({conditions: [{type: 'Progressing', status: 'True', reason}]});
const deployment = (status: JsonObject, reason = 'ReplicaSetUpdated') =>
	workload('Deployment', {replicas: 3}, {...status, ...progressing(reason)});
const partition = (number: number, start = 0) => ({
	replicas: 3,
	ordinals: {start},
	updateStrategy: {type: 'RollingUpdate', rollingUpdate: {partition: number}},
});
const revisions = {currentRevision: 'web-a', updateRevision: 'web-b'};
const onDelete = {replicas: 3, updateStrategy: {type: 'OnDelete'}};

const rows: readonly (readonly [string, ReturnType<typeof workload>, string | undefined, boolean])[] = [
	['a new pod beside old ones', deployment({replicas: 4, updatedReplicas: 1, readyReplicas: 3}), 'only 1 of 4 pods is of it', true],
	['no new pod yet', deployment({replicas: 3, updatedReplicas: 0, readyReplicas: 3}), 'only 0 of 3 pods are of it', true],
	['all replaced, none ready', deployment({replicas: 3, updatedReplicas: 3}), '0 of 3 pods are ready', false],
	['past its deadline', deployment({replicas: 3, updatedReplicas: 3}, 'ProgressDeadlineExceeded'), '0 of 3 pods are ready', false],
	['failing after it had served', deployment({replicas: 3, updatedReplicas: 3}, 'NewReplicaSetAvailable'), undefined, false],
	[
		'whole',
		deployment({replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3}, 'NewReplicaSetAvailable'),
		undefined,
		false,
	],
	[
		'a StatefulSet at its first batch',
		workload('StatefulSet', {replicas: 3}, {replicas: 3, updatedReplicas: 1, readyReplicas: 2, ...revisions}),
		'only 1 of 3 pods is of it',
		true,
	],
	[
		'a StatefulSet that waits for its last pod',
		workload('StatefulSet', {replicas: 3}, {replicas: 3, updatedReplicas: 3, readyReplicas: 2, availableReplicas: 2, ...revisions}),
		'2 of 3 pods are ready',
		false,
	],
	[
		'a StatefulSet kept so by its partition',
		workload('StatefulSet', partition(2), {replicas: 3, updatedReplicas: 1, readyReplicas: 3, ...revisions}),
		undefined,
		false,
	],
	[
		'one whose numbers begin higher',
		workload('StatefulSet', partition(7, 5), {replicas: 3, updatedReplicas: 1, readyReplicas: 3, ...revisions}),
		undefined,
		false,
	],
	[
		'a StatefulSet below its partition',
		workload('StatefulSet', partition(1), {replicas: 3, updatedReplicas: 1, readyReplicas: 2, ...revisions}),
		'only 1 of 2 pods is of it',
		true,
	],
	[
		'a StatefulSet of OnDelete',
		workload('StatefulSet', onDelete, {replicas: 3, updatedReplicas: 1, readyReplicas: 3, ...revisions}),
		undefined,
		false,
	],
	[
		'a DaemonSet on its way',
		workload('DaemonSet', {}, {currentNumberScheduled: 4, desiredNumberScheduled: 4, updatedNumberScheduled: 1}),
		'only 1 of 4 pods is of it',
		true,
	],
	[
		'a DaemonSet that a node waits for',
		workload('DaemonSet', {}, {currentNumberScheduled: 3, desiredNumberScheduled: 4, updatedNumberScheduled: 3}),
		undefined,
		false,
	],
	['a DaemonSet of OnDelete', workload('DaemonSet', onDelete, {currentNumberScheduled: 4, desiredNumberScheduled: 4}), undefined, false],
];

describe('a version that never served in every pod', () => {
	test.each(rows)('%s', (_, object, why, refused) => {
		expect(neverWhole(object)).toBe(why);
		const refuse = () => refuseUnsettled(object);
		if (refused) expect(refuse).toThrowError(/web is in the middle of a rollout/);
		else expect(refuse).not.toThrow();
	});
});

test.each(['Deployment', 'StatefulSet', 'DaemonSet'])(
	'a %s whose controller has not seen its last change is not known to be whole',
	kind => {
		const numbers = {replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3};
		const seen = workload(kind, {replicas: 3}, {...numbers, currentNumberScheduled: 3, updatedNumberScheduled: 3, numberAvailable: 3});
		expect(() => refuseUnsettled(seen)).not.toThrow();
		const changed = {...seen, metadata: {...seen.metadata, generation: 2}};
		expect(() => refuseUnsettled(changed)).toThrow(
			expect.objectContaining({
				trouble: expect.objectContaining({code: 'rolling-already', why: expect.stringContaining('(generation 2, seen 1)')}),
			}),
		);
	},
);
