import * as z from 'zod';
import type {HpaSpec} from '../../../analysis/autoscaling/hpa/hpa-spec.ts';
import {readHpa} from '../../../analysis/autoscaling/hpa/read-hpa.ts';
import {checkedText} from '../../../core/checked-text.ts';
import {MkcoaError} from '../../../core/error.ts';
import {numberAt} from '../../../core/kube/json-at.ts';
import {groupOf, type KubeObject, type Ref, refOf, refText} from '../../../core/kube/kube-object.ts';
import {count} from '../../../core/text/count.ts';
import {wordAt} from '../../../mcp/kubernetes/model/fields.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {readNeighbours} from '../../../mcp/kubernetes/read-neighbours.ts';
import {deploymentInput} from '../../deploy/inputs.ts';
import {timeText} from '../duration-of.ts';
import {readSubject, type Subject} from '../metrics/subject.ts';

/** Which workload, and how much of its past and of the time to come is looked at. */
export const scaledInput = z.object({
	target: checkedText(317, /^(?:[A-Za-z][A-Za-z0-9.-]*\/)?[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, 'expected NAME or KIND/NAME')
		.describe('Deployment, or KIND/NAME such as statefulset/db')
		.meta({completes: 'workloads'}),
	namespace: deploymentInput.shape.namespace,
	since: timeText.default('14d').describe('How much of the past to learn from'),
	ahead: timeText.default('24h').describe('How far ahead'),
});

/** A workload whose replicas can be set, and what sets them. */
export type ScaledWorkload = {
	readonly ref: Ref;
	readonly object: KubeObject;
	readonly namespace: string;
	readonly subject: Extract<Subject, {kind: 'pods'}>;
	/** Those that are wanted now. */
	readonly replicas: number;
	/** The HorizontalPodAutoscaler of it; undefined where nothing scales it, or it could not be read (`notChecked`). */
	readonly scaler: KubeObject | undefined;
	readonly spec: HpaSpec | undefined;
	/** VerticalPodAutoscalers and ScaledObjects of its namespace, and names that HorizontalPodAutoscalers there have. */
	readonly beside: readonly KubeObject[];
	readonly notChecked: readonly string[];
};

const kinds = ['horizontalpodautoscalers.autoscaling', 'verticalpodautoscalers.autoscaling.k8s.io', 'scaledobjects.keda.sh'] as const;

/** Whether an autoscaler is one of a workload: a version of its API group is as good as another. */
const scales = (scaler: KubeObject, {apiVersion, kind, name}: Ref) => {
	const at = (field: string) => wordAt(scaler, 'spec', 'scaleTargetRef', field);
	return at('kind') === kind && at('name') === name && groupOf(at('apiVersion')) === groupOf(apiVersion);
};

/**
 * A workload with its pods and its autoscaler.
 * @throws MkcoaError `not-found`, `no-pods`, `not-scalable`, and `several-autoscalers` where two would fight already
 */
export async function readScaled(
	cluster: Cluster,
	{target, namespace = cluster.namespace}: Pick<z.output<typeof scaledInput>, 'target' | 'namespace'>,
): Promise<ScaledWorkload> {
	const subject = await readSubject(cluster, {target, namespace});
	const type = subject.ref === undefined ? undefined : await cluster.typeOfRef(subject.ref);
	if (subject.kind === 'nodes' || type?.subresources.includes('scale') !== true)
		throw refused('not-scalable', `${target} cannot be scaled`, 'Name a workload that has replicas, such as a Deployment or a StatefulSet');
	const [object, {objects, notChecked}] = await Promise.all([cluster.get(subject.ref), readNeighbours(cluster, namespace, kinds)]);
	if (object === undefined) throw refused('not-found', `${refText(subject.ref)} does not exist`, 'Look again: it was deleted just now');
	const scalers = objects.filter(each => each.kind === 'HorizontalPodAutoscaler' && scales(each, subject.ref));
	if (scalers.length > 1)
		throw refused(
			'several-autoscalers',
			`${count(scalers.length, 'autoscaler')} set the replicas of ${refText(subject.ref)}, each against the other`,
			`Delete all but one of: ${scalers.map(({metadata}) => metadata.name).join(', ')}`,
		);
	const [scaler] = scalers;
	return {
		...{ref: refOf(object), object, namespace, subject, scaler, notChecked},
		replicas: numberAt(object, 'spec', 'replicas') ?? 1,
		spec: scaler === undefined ? undefined : readHpa(scaler),
		beside: objects,
	};
}

const refused = (code: string, what: string, next: string) => new MkcoaError({kind: 'usage', code, what, next});
