import {valueAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import {fitsSelector} from '../../core/kube/selector.ts';
import type {Scene} from '../diagnosis/case.ts';
import {perNamespace} from './per-namespace.ts';
import type {Snapshot, Unread} from './snapshot.ts';
import {sharedKinds} from './snapshot-kinds.ts';

/** What keeps pods running, or runs them to their end. */
export const workloadKinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job', 'ReplicaSet', 'Pod'] as const;

/** A snapshot that can be asked: thousands of objects are found by their names and owners, and not looked through one by one. */
export type Survey = {
	readonly snapshot: Snapshot;
	/** Of the snapshot, in milliseconds since 1970. */
	readonly nowMs: number;
	/** Namespaces that have objects, or the one that was looked at. */
	readonly namespaces: readonly string[];
	/** Every object of a kind; of one namespace if it is named. */
	readonly all: (kind: string, namespace?: string) => readonly KubeObject[];
	/** By its name; the namespace is undefined for what has none. */
	readonly find: (kind: string, namespace: string | undefined, name: string) => KubeObject | undefined;
	/** What nothing else owns: Deployments, StatefulSets, DaemonSets, CronJobs, and Jobs, ReplicaSets and pods that stand alone. */
	readonly workloads: (namespace?: string) => readonly KubeObject[];
	/** Pods of a workload that are not on their way out. */
	readonly podsOf: (workload: KubeObject) => readonly KubeObject[];
	/** What an object controls itself: of a Deployment its ReplicaSets, of a StatefulSet its revisions and pods. */
	readonly ownedBy: (owner: KubeObject) => readonly KubeObject[];
	/** What nothing owns above an object: of a pod its Deployment. The object itself where nothing that was read owns it. */
	readonly topOf: (object: KubeObject) => KubeObject;
	/** Whether a kind was read whole in a namespace: only then does absence mean that there is none. Undefined asks for what has no namespace. */
	readonly isRead: (kind: string, namespace?: string) => boolean;
	/** Why it was not. */
	readonly whyUnread: (kind: string, namespace?: string) => string | undefined;
	/** One namespace, with what has none, as the causes of one case are looked for. */
	readonly scene: (namespace: string) => Scene;
};

const controllerOf = ({metadata}: KubeObject) => metadata.ownerReferences?.find(({controller}) => controller === true);

const isTop = (object: KubeObject) => controllerOf(object) === undefined;

/** Whether something that was not read was wanted there. */
const isWanted = ({except, namespace: within}: Unread, namespace: string | undefined) =>
	(except === undefined || except !== namespace) && (within === undefined || namespace === undefined || within === namespace);

/** Indexes a snapshot. */
export function surveyOf(snapshot: Snapshot): Survey {
	const {objects, unread} = snapshot;
	const byKind = Map.groupBy(objects, ({kind}) => kind);
	const byPlace = Map.groupBy(objects, ({kind, metadata}) => `${kind} ${metadata.namespace ?? ''}`);
	const byName = namesIn(objects);
	const found = new Set(objects.flatMap(({metadata}) => metadata.namespace ?? []));
	const namespaces = snapshot.namespace === undefined ? [...found].toSorted() : [snapshot.namespace];
	const find: Survey['find'] = (kind, namespace, name) => byName.get(kind)?.get(namespace)?.get(name);
	const all: Survey['all'] = (kind, namespace) => (namespace === undefined ? byKind.get(kind) : byPlace.get(`${kind} ${namespace}`)) ?? [];

	const ownerOf = (object: KubeObject) => {
		const owner = controllerOf(object);
		return owner === undefined ? undefined : find(owner.kind, object.metadata.namespace, owner.name);
	};
	const byOwner = Map.groupBy(objects, ownerOf);
	const topOf: Survey['topOf'] = object => {
		const above = ownerOf(object);
		return above === undefined ? object : topOf(above);
	};
	const workloads = workloadKinds.flatMap(kind => all(kind).filter(isTop));
	const workloadsIn = Map.groupBy(workloads, ({metadata}) => metadata.namespace ?? '');
	const podsByTop = Map.groupBy(byKind.get('Pod') ?? [], pod => topOf(pod));

	const only = snapshot.namespace;
	const isOutside = (kind: string, namespace: string | undefined) =>
		only !== undefined && namespace !== undefined && namespace !== only && !sharedKinds.some(shared => shared === kind);
	const whyUnread: Survey['whyUnread'] = (kind, namespace) =>
		isOutside(kind, namespace)
			? `only namespace ${only} was looked at`
			: unread.find(each => each.kind === kind && isWanted(each, namespace))?.why;
	const wide = objects.filter(({metadata}) => metadata.namespace === undefined);
	const byNamespace = Map.groupBy(objects, ({metadata}) => metadata.namespace ?? '');
	return {
		snapshot,
		nowMs: Date.parse(snapshot.takenAt),
		namespaces,
		all,
		find,
		topOf,
		ownedBy({kind, metadata}) {
			const owner = find(kind, metadata.namespace, metadata.name);
			return (owner === undefined ? undefined : byOwner.get(owner)) ?? [];
		},
		workloads: namespace => (namespace === undefined ? workloads : (workloadsIn.get(namespace) ?? [])),
		podsOf(workload) {
			const owned = podsByTop.get(workload) ?? selectedPods(workload, podsByTop, all('Pod', workload.metadata.namespace));
			return owned.filter(({metadata}) => metadata.deletionTimestamp === undefined);
		},
		isRead: (kind, namespace) => whyUnread(kind, namespace) === undefined,
		whyUnread,
		scene: perNamespace(namespace => {
			const own = byNamespace.get(namespace) ?? [];
			const kinds = [...new Set(unread.filter(each => isWanted(each, namespace)).map(({kind}) => kind))];
			return {namespace, objects: [...own, ...wide], unread: kinds};
		}),
	};
}

/** By kind, namespace and name: a text that joins them would have to be made and hashed for each of thousands of questions. */
function namesIn(objects: readonly KubeObject[]) {
	const names = new Map<string, Map<string | undefined, Map<string, KubeObject>>>();
	for (const object of objects) {
		const {kind, metadata} = object;
		const ofKind = names.get(kind) ?? new Map<string | undefined, Map<string, KubeObject>>();
		const inPlace = ofKind.get(metadata.namespace) ?? new Map<string, KubeObject>();
		names.set(kind, ofKind.set(metadata.namespace, inPlace.set(metadata.name, object)));
	}
	return names;
}

/** Where the ReplicaSets between were not read, the selector tells whose pods they are. */
function selectedPods(
	workload: KubeObject,
	byTop: ReadonlyMap<KubeObject, readonly KubeObject[]>,
	pods: readonly KubeObject[],
): readonly KubeObject[] {
	const selector = valueAt(workload, 'spec', 'selector');
	if (workload.kind !== 'Deployment' || selector === undefined) return [];
	return pods.filter(pod => byTop.has(pod) && controllerOf(pod)?.kind === 'ReplicaSet' && fitsSelector(selector, pod.metadata.labels));
}
