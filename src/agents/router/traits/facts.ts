import type {Json} from '../../../core/json.ts';
import {listAt, numberAt, objectAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../core/kube/pod-spec.ts';
import {quantityOf} from '../../../core/kube/quantity.ts';
import {fitsMap, fitsSelector} from '../../../core/kube/selector.ts';
import {carries} from '../names/by-label.ts';
import {columnsOf} from '../read/columns/asked-columns.ts';
import {has} from '../read/columns/column.ts';
import {pointersTo} from '../read/pointers-to.ts';
import type {World} from '../world.ts';
import {type Bound, isWithin} from './comparison.ts';
import type {Trait} from './trait.ts';

const columnKinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job', 'Service', 'Ingress', 'PersistentVolumeClaim', 'Node'];
const containers = (object: KubeObject) => listAt(podSpecOf(object), 'containers');
const filled = (value: Json | undefined) => Object.keys(objectAt(value)).length > 0;

export const hasReplicas =
	(bound: Bound): Trait =>
	object =>
		/^(?:Deployment|StatefulSet|ReplicaSet|Rollout)$/.test(object.kind) && isWithin(numberAt(object, 'spec', 'replicas') ?? 1, bound);

/** A label of the object or of the pods that it makes. */
export const hasLabel =
	(key: string, value: string): Trait =>
	object =>
		carries(object, [{key: keyIn(object, key), value, at: 0}]);

export const hasLabelKey =
	(key: string): Trait =>
	({metadata}) =>
		Object.keys(metadata.labels ?? {}).some(each => isKey(each, key));

/** `zone` is `topology.kubernetes.io/zone`. */
export const isKey = (key: string, said: string) => key.toLowerCase() === said || key.toLowerCase().endsWith(`/${said}`);
const keyIn = ({metadata}: KubeObject, said: string) =>
	Object.keys(metadata.labels ?? {}).find(key => key === said || isKey(key, said.toLowerCase())) ?? said;

type Resource = {readonly field: 'requests' | 'limits'; readonly name?: 'cpu' | 'memory'};

/** Whether every container has it: one that lacks it makes the workload lack it. */
export const hasResource =
	({field, name}: Resource): Trait =>
	object => {
		const all = containers(object);
		return (
			all.length > 0 &&
			all.every(each =>
				name === undefined ? filled(valueAt(each, 'resources', field)) : valueAt(each, 'resources', field, name) !== undefined,
			)
		);
	};

/** Whether a container has any of these. */
export const hasSomeResource =
	(fields: readonly Resource['field'][]): Trait =>
	object =>
		containers(object).some(each => fields.some(field => filled(valueAt(each, 'resources', field))));

export const resourceWithin =
	({field, name = 'memory'}: Resource, bound: Bound): Trait =>
	object =>
		containers(object).some(each => {
			const value = valueAt(each, 'resources', field, name);
			const size = typeof value === 'string' || typeof value === 'number' ? quantityOf(value) : undefined;
			return size !== undefined && isWithin(size, bound);
		});

export const hasProbe =
	(names: readonly string[]): Trait =>
	object =>
		containers(object).some(each => names.some(name => filled(valueAt(each, name))));

export const hasVariable =
	(key: string, value?: string): Trait =>
	object =>
		containers(object).some(each =>
			listAt(each, 'env').some(one => textAt(one, 'name') === key && (value === undefined || textAt(one, 'value') === value)),
		);

export const isSuspended: Trait = object => valueAt(object, 'spec', 'suspend') === true || valueAt(object, 'spec', 'paused') === true;
export const isCordoned: Trait = object => valueAt(object, 'spec', 'unschedulable') === true;

/** An image, its tag, or a part of its name between slashes. */
export const runsImage =
	(said: RegExp): Trait =>
	object =>
		containers(object).some(each => {
			const image = textAt(each, 'image') ?? '';
			return [image, image.split('/').at(-1) ?? '', tagOf(image), /([^/:]+)(?::[^/]*)?$/.exec(image)?.[1] ?? ''].some(part =>
				said.test(part),
			);
		});

const tagOf = (image: string) => /:([^:/@]+)$/.exec(image)?.[1] ?? 'latest';

export const whole = (text: string) => new RegExp(`^${RegExp.escape(text)}$`, 'i');
export const releaseCandidate = /(?:^|[\d.-])rc\.?\d*$/i;

async function podsOf(object: KubeObject, world: World): Promise<readonly KubeObject[]> {
	if (object.kind === 'Pod') return [object];
	const pods = await world.objects('Pod', object.metadata.namespace);
	return pods.filter(({metadata}) => fitsSelector(valueAt(object, 'spec', 'selector'), metadata.labels));
}

const waits = (pod: KubeObject, reason: RegExp) =>
	listAt(pod, 'status', 'containerStatuses').some(each => reason.test(textAt(each, 'state', 'waiting', 'reason') ?? ''));

export const isCrashing: Trait = async (object, world) => (await podsOf(object, world)).some(pod => waits(pod, /^CrashLoopBackOff$/));
export const isPending: Trait = async (object, world) =>
	(await podsOf(object, world)).some(pod => textAt(pod, 'status', 'phase') === 'Pending');

const isPodReady = (pod: KubeObject) =>
	listAt(pod, 'status', 'conditions').some(each => textAt(each, 'type') === 'Ready' && textAt(each, 'status') === 'True');
export const isReady: Trait = object => {
	if (object.kind === 'Node') return isPodReady(object);
	const wanted = numberAt(object, 'spec', 'replicas') ?? numberAt(object, 'status', 'desiredNumberScheduled') ?? 1;
	const ready = numberAt(object, 'status', 'readyReplicas') ?? numberAt(object, 'status', 'numberReady') ?? 0;
	return object.kind === 'Pod' ? isPodReady(object) : ready >= wanted;
};

/** Whether an autoscaler or a budget is about it. */
export const isGuardedBy =
	(kind: 'HorizontalPodAutoscaler' | 'PodDisruptionBudget'): Trait =>
	async (object, world) => {
		const all = await world.objects(kind, object.metadata.namespace);
		return all.some(each =>
			kind === 'HorizontalPodAutoscaler'
				? textAt(each, 'spec', 'scaleTargetRef', 'kind') === object.kind &&
					textAt(each, 'spec', 'scaleTargetRef', 'name') === object.metadata.name
				: fitsSelector(valueAt(each, 'spec', 'selector'), objectAt(object, 'spec', 'template', 'metadata', 'labels')),
		);
	};

/** Whether a Service selects what is said: a value of its selector, or pods of the workload of that name. */
export const selects =
	(said: string): Trait =>
	async (service, world) => {
		const selector = valueAt(service, 'spec', 'selector');
		if (Object.values(objectAt(selector)).includes(said)) return true;
		const workloads = (
			await Promise.all(['Deployment', 'StatefulSet', 'DaemonSet'].map(kind => world.objects(kind, service.metadata.namespace)))
		).flat();
		return workloads.some(
			({spec, metadata}) => metadata.name === said && fitsMap(selector, objectAt(spec, 'template', 'metadata', 'labels')),
		);
	};

export const isOfType =
	(type: string): Trait =>
	service =>
		(textAt(service, 'spec', 'type') ?? 'ClusterIP').toLowerCase() === type.toLowerCase();

export const isOfClass =
	(name: string): Trait =>
	object =>
		[textAt(object, 'spec', 'storageClassName'), textAt(object, 'spec', 'ingressClassName')].includes(name);

export const claimsWithin =
	(bound: Bound): Trait =>
	claim => {
		const size = quantityOf(textAt(claim, 'spec', 'resources', 'requests', 'storage'));
		return claim.kind === 'PersistentVolumeClaim' && size !== undefined && isWithin(size, bound);
	};
/** Whether it uses something of this name: a ConfigMap, a Secret, a claim, an account. */
export const uses =
	(name: string): Trait =>
	async (object, world) => {
		const all = await Promise.all(
			['ConfigMap', 'Secret', 'PersistentVolumeClaim', 'ServiceAccount'].map(kind => world.objects(kind, object.metadata.namespace)),
		);
		return all.flat().some(thing => thing.metadata.name === name && pointersTo(thing, [object]).length > 0);
	};

const columns = columnsOf(columnKinds);
const spokenAs = (word: string) => word.replaceAll('_', ' ');
/** What fields are called that answers tell of: `priority class`, `node selector`. The longest first. */
export const columnNames = [...new Set(columns.flatMap(({words}) => words.split(' ')))]
	.filter(word => /^[a-z_]{3,}$/.test(word))
	.map(spokenAs)
	.toSorted((a, b) => b.length - a.length);

/** Whether anything stands in the field of this name. */
export function hasColumn(said: string): Trait {
	const found = columns.filter(({words}) => words.split(' ').some(word => spokenAs(word) === said.toLowerCase()));
	return object => found.some(column => column.kinds.includes(object.kind) && has(column, object));
}
