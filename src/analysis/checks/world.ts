import type {Json, JsonObject} from '../../core/json.ts';
import {listAt, objectAt} from '../../core/kube/json-at.ts';
import {groupOf, type KubeObject, type Ref, refOf} from '../../core/kube/kube-object.ts';
import {templatePath} from '../../core/kube/pod-spec.ts';

/** A container of a workload, with its path in the object: `spec.template.spec.containers[0]`. */
export type WorkloadContainer = {
	readonly container: JsonObject;
	readonly name: string;
	readonly path: string;
	readonly role: 'init' | 'main' | 'ephemeral';
};

/** An object that runs pods, with its pod template laid open. `specPath` is `spec` for a Pod, `spec.template.spec` for a Deployment. */
export type Workload = {
	readonly object: KubeObject;
	readonly ref: Ref;
	readonly specPath: string;
	readonly podSpec: JsonObject;
	readonly labels: JsonObject;
	readonly annotations: JsonObject;
	readonly containers: readonly WorkloadContainer[];
};

/** The objects of one scan. Checks share what is laid open here, so that none of them goes through all objects for itself. */
export type World = {
	readonly objects: readonly KubeObject[];
	/** @param kind `apps/Deployment`, the core group bare: `Pod` */
	readonly ofKind: (kind: string) => readonly KubeObject[];
	/** Those of one kind in one namespace. A manifest that names none goes to `default` unless told otherwise. */
	readonly within: (kind: string, namespace: string) => readonly KubeObject[];
	readonly named: (kind: string, namespace: string, name: string) => KubeObject | undefined;
	readonly workloads: readonly Workload[];
};

const lists = [
	['initContainers', 'init'],
	['containers', 'main'],
	['ephemeralContainers', 'ephemeral'],
] as const;

function workloadOf(object: KubeObject): Workload | undefined {
	const path = sandboxKinds.has(kindOf(object)) ? ['spec', 'podTemplate'] : templatePath(object);
	if (path === undefined) return undefined;
	const specPath = [...path, 'spec'].join('.');
	const podSpec = objectAt(object, ...path, 'spec');
	const metadata: Json | undefined = objectAt(object, ...path, 'metadata');
	return {
		object,
		ref: refOf(object),
		specPath,
		podSpec,
		labels: objectAt(metadata, 'labels'),
		annotations: objectAt(metadata, 'annotations'),
		containers: lists.flatMap(([list, role]) =>
			listAt(podSpec, list).map((each, index) => {
				const container = objectAt(each);
				return {container, name: String(container.name ?? ''), path: `${specPath}.${list}[${index}]`, role};
			}),
		),
	};
}

const kindOf = ({apiVersion, kind}: KubeObject) => {
	const group = groupOf(apiVersion);
	return group === '' ? kind : `${group}/${kind}`;
};

/** Rooms for programs that nobody trusts. https://agent-sandbox.sigs.k8s.io */
const sandboxKinds: ReadonlySet<string> = new Set(['agents.x-k8s.io/Sandbox', 'extensions.agents.x-k8s.io/SandboxTemplate']);

const workloadKinds = new Set([
	...['Pod', 'ReplicationController', 'apps/Deployment', 'apps/ReplicaSet', 'apps/DaemonSet', 'apps/StatefulSet'],
	...['batch/Job', 'batch/CronJob', 'argoproj.io/Rollout'],
	...sandboxKinds,
]);

/** Most kinds are asked for by nobody: an index is made when the first asks. */
function once<Made>(make: (kind: string) => Made): (kind: string) => Made {
	const known = new Map<string, Made>();
	return kind => {
		const made = known.get(kind) ?? make(kind);
		known.set(kind, made);
		return made;
	};
}

/** Lays the objects of one scan open. */
export function worldOf(objects: readonly KubeObject[]): World {
	const byKind = Map.groupBy(objects, kindOf);
	const ofKind = (kind: string) => byKind.get(kind) ?? [];
	const byNamespace = once((kind: string) => Map.groupBy(ofKind(kind), ({metadata}) => metadata.namespace ?? 'default'));
	const within = (kind: string, namespace: string) => byNamespace(kind).get(namespace) ?? [];
	const byName = once(
		(kind: string) => new Map(ofKind(kind).map(each => [`${each.metadata.namespace ?? 'default'}/${each.metadata.name}`, each])),
	);
	return {
		objects,
		ofKind,
		within,
		named: (kind, namespace, name) => byName(kind).get(`${namespace}/${name}`),
		workloads: objects.flatMap(object => (workloadKinds.has(kindOf(object)) ? (workloadOf(object) ?? []) : [])),
	};
}
