import type {Json} from '../json.ts';
import {textAt, valueAt} from '../kube/json-at.ts';
import type {KubeObject, Ref} from '../kube/kube-object.ts';
import {fitsMap, fitsSelector} from '../kube/selector.ts';
import type {Change, Consequence, FieldChange, Severity} from '../plan.ts';

/**
 * The live objects around a change, as far as the caller could read them. A list that is left out is not known, and nothing is
 * said of it; an empty list says that there are none. Objects of other namespaces do no harm.
 */
export type Surroundings = {
	readonly pods?: readonly KubeObject[] | undefined;
	readonly replicaSets?: readonly KubeObject[] | undefined;
	readonly pdbs?: readonly KubeObject[] | undefined;
	readonly hpas?: readonly KubeObject[] | undefined;
	readonly services?: readonly KubeObject[] | undefined;
	/** Ready addresses of each Service. */
	readonly endpoints?: readonly {readonly namespace: string; readonly service: string; readonly ready: number}[] | undefined;
	/** PersistentVolumes, for claims. */
	readonly volumes?: readonly KubeObject[] | undefined;
	/** What goes with the object when it is deleted: the contents of a namespace, the objects of a custom kind. */
	readonly contents?: readonly {readonly kind: string; readonly count: number}[] | undefined;
	/** Workloads that the same plan makes; their pods are not there yet. */
	readonly coming?: readonly KubeObject[] | undefined;
};

/** One change of one object. `fields` is what `diffObjects` told of it. */
export type ChangeQuestion = {
	readonly ref: Ref;
	readonly before: KubeObject | null;
	readonly after: KubeObject | null;
	readonly operation: Change['operation'];
	readonly fields: readonly FieldChange[];
	readonly surroundings: Surroundings;
};

/** One kind of consequence. Answers nothing where it does not apply. */
export type Rule = (question: ChangeQuestion) => readonly Consequence[];

/** One consequence of the change of `ref`. The id is stable, for policies and tests; the text is for people. */
export const say = (id: string, severity: Severity, text: string, ref: Ref): Consequence => ({id, severity, text, ref});

/** Whether every program of a pod has ended. */
export const isFinished = (pod: KubeObject) => ['Succeeded', 'Failed'].includes(textAt(pod, 'status', 'phase') ?? '');

/** Pods of a namespace that run or will run. Undefined when pods are not known. */
export const livePods = ({pods}: Surroundings, namespace: string | undefined) =>
	pods?.filter(pod => pod.metadata.namespace === namespace && !isFinished(pod));

/** Pods that a workload selects. */
export const podsOf = (workload: KubeObject, surroundings: Surroundings) =>
	livePods(surroundings, workload.metadata.namespace)?.filter(pod =>
		fitsSelector(valueAt(workload, 'spec', 'selector'), pod.metadata.labels),
	);

/** Services of a namespace that select these labels. */
export const servicesOf = ({services = []}: Surroundings, namespace: string | undefined, labels: Json | undefined) =>
	services.filter(service => service.metadata.namespace === namespace && fitsMap(valueAt(service, 'spec', 'selector'), labels));

/** The workload behind a pod: its controller, or the controller of its ReplicaSet. `Deployment web`; the pod itself where it has none. */
export function workloadName(pod: KubeObject, {replicaSets = []}: Surroundings): string {
	const owner = controllerOf(pod);
	if (owner === undefined) return `Pod ${pod.metadata.name}`;
	const set =
		owner.kind === 'ReplicaSet'
			? replicaSets.find(({metadata}) => metadata.name === owner.name && metadata.namespace === pod.metadata.namespace)
			: undefined;
	const above = set === undefined ? undefined : controllerOf(set);
	if (above !== undefined) return `${above.kind} ${above.name}`;
	// Without its ReplicaSet the name of the Deployment still shows: the set is named after it and the hash of its template.
	const hash = pod.metadata.labels?.['pod-template-hash'];
	return hash !== undefined && owner.name.endsWith(`-${hash}`)
		? `Deployment ${owner.name.slice(0, -hash.length - 1)}`
		: `${owner.kind} ${owner.name}`;
}

/** The owner that controls an object; undefined where it has owners that only keep it, or none. */
export const controllerOf = ({metadata}: KubeObject) => metadata.ownerReferences?.find(({controller}) => controller === true);

/** Whether any changed field lies at or below a path of names, or above it. */
export const touches = (fields: readonly FieldChange[], ...names: readonly string[]) =>
	fields.some(({path}) => names.every((name, index) => path[index] === undefined || path[index] === name) && path.length > 0);
