import {elevatedPrefix} from '../../../core/consequences/elevation.ts';
import {textAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refKey, refText} from '../../../core/kube/kube-object.ts';
import type {Change, Consequence, Draft, Write} from '../../../core/plan.ts';

/**
 * What may go: something makes it again, it holds nothing yet, or it is a second one that contradicts the first. Everything else is never deleted to mend
 * something.
 */
const mayGo = new Set(['Pod', 'PersistentVolumeClaim', 'Job', 'HorizontalPodAutoscaler', 'PodDisruptionBudget']);

/** What checks every request of others: only a person may have it checked less. */
const checks = /^(?:Validating|Mutating)(?:WebhookConfiguration|AdmissionPolicyBinding)$/;

/** From the strictest; the words of the Pod Security Standards. */
const levels = ['restricted', 'baseline', 'privileged'];

const isZeroed = ({fields}: Change) =>
	fields.some(({path, before, after}) => path.join('.') === 'spec.replicas' && after === 0 && before !== 0 && before !== undefined);

const isLoosened = ({ref, fields}: Change) =>
	ref.kind === 'Namespace' &&
	fields.some(({path, before, after}) => {
		const last = path.at(-1);
		if (typeof last !== 'string' || !last.startsWith('pod-security.kubernetes.io/enforce')) return false;
		return levels.indexOf(String(after ?? 'privileged')) > levels.indexOf(String(before ?? 'privileged'));
	});

/** A claim that was bound has data. */
const holdsData = (object: KubeObject | undefined) =>
	object?.kind === 'PersistentVolumeClaim' &&
	textAt(object, 'spec', 'volumeName') !== undefined &&
	textAt(object, 'spec', 'volumeName') !== '';

const workloads = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Rollout']);

/** Whether the plan makes again what it deletes; a workload keeps its pods meanwhile. */
const isMadeAgain = (write: Write, writes: readonly Write[]) =>
	(!workloads.has(write.ref.kind) || (write.op === 'delete' && write.propagation === 'Orphan')) && makesAgain(write, writes);

const makesAgain = ({ref}: Write, writes: readonly Write[]) =>
	writes.some(({op, ref: other}) => op === 'create' && refKey(other) === refKey(ref));

/**
 * Why a plan is none that mends: it deletes what nothing makes again, scales to zero, or loosens what keeps the cluster safe. Undefined where it is one.
 * @param live objects that the plan deletes, as they are
 */
export function forbidden({steps, changes, consequences}: Draft, live: readonly KubeObject[] = []): string | undefined {
	const writes = steps.flatMap(step => step.writes);
	const gone = writes.find(
		write => write.op === 'delete' && !mayGo.has(write.ref.kind) && !checks.test(write.ref.kind) && !isMadeAgain(write, writes),
	);
	if (gone !== undefined) return `it would delete ${refText(gone.ref)}`;
	const data = live.find(holdsData);
	if (data !== undefined) return `${data.kind} ${data.metadata.name} is bound to a volume, and its data would go`;
	const zeroed = changes.find(isZeroed);
	if (zeroed !== undefined) return `it would scale ${refText(zeroed.ref)} to zero`;
	const loosened = changes.find(isLoosened);
	if (loosened !== undefined) return `it would let pods in ${refText(loosened.ref)} do more than its Pod Security level allows`;
	const elevated = consequences.find(({id}) => id.startsWith(elevatedPrefix));
	return elevated === undefined ? undefined : `it would give rights beyond the ordinary: ${elevated.text}`;
}

/** What would be checked less from then on: nobody but a person may choose that. Undefined where nothing would. */
export function checkedLess({changes}: Pick<Draft, 'changes'>): Consequence | undefined {
	const found = changes.find(
		({ref, operation, fields}) =>
			checks.test(ref.kind) &&
			(operation === 'delete' || fields.some(({path, after}) => path.at(-1) === 'failurePolicy' && after === 'Ignore')),
	);
	if (found === undefined) return undefined;
	return {
		id: 'checked-less',
		severity: 'danger',
		text: `${refText(found.ref)} checks less from then on, and what it held back passes`,
		ref: found.ref,
	};
}
