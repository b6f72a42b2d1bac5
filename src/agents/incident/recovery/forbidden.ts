import {elevatedPrefix} from '../../../core/consequences/elevation.ts';
import {textAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refKey, refText} from '../../../core/kube/kube-object.ts';
import type {Change, Draft, Write} from '../../../core/plan.ts';

/** What may go for a moment, since something makes it again or it holds nothing yet. Everything else is never deleted to mend something. */
const mayGo = new Set(['Pod', 'PersistentVolumeClaim', 'Job', 'EndpointSlice', 'Event', 'Lease']);

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
	const gone = writes.find(write => write.op === 'delete' && !mayGo.has(write.ref.kind) && !isMadeAgain(write, writes));
	if (gone !== undefined) return `it would delete ${refText(gone.ref)}`;
	const data = live.find(holdsData);
	if (data !== undefined) return `${data.kind} ${data.metadata.name} is bound to a volume, and its data would go`;
	const zeroed = changes.find(isZeroed);
	if (zeroed !== undefined) return `it would scale ${refText(zeroed.ref)} to zero`;
	const loosened = changes.find(isLoosened);
	if (loosened !== undefined) return `it would let pods in ${refText(loosened.ref)} do more than its Pod Security level allows`;
	const policy = changes.find(({operation, ref}) => operation === 'delete' && ref.kind === 'NetworkPolicy');
	if (policy !== undefined) return `it would let traffic pass that ${refText(policy.ref)} holds back`;
	const elevated = consequences.find(({id}) => id.startsWith(elevatedPrefix));
	return elevated === undefined ? undefined : `it would give rights beyond the ordinary: ${elevated.text}`;
}
