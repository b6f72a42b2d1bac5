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
	readonly workloads: readonly Workload[];
};

const lists = [
	['initContainers', 'init'],
	['containers', 'main'],
	['ephemeralContainers', 'ephemeral'],
] as const;

function workloadOf(object: KubeObject): Workload | undefined {
	const path = templatePath(object);
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

const workloadKinds = new Set([
	...['Pod', 'ReplicationController', 'apps/Deployment', 'apps/ReplicaSet', 'apps/DaemonSet', 'apps/StatefulSet'],
	...['batch/Job', 'batch/CronJob', 'argoproj.io/Rollout'],
]);

/** Lays the objects of one scan open. */
export function worldOf(objects: readonly KubeObject[]): World {
	const byKind = Map.groupBy(objects, kindOf);
	return {
		objects,
		ofKind: kind => byKind.get(kind) ?? [],
		workloads: objects.flatMap(object => (workloadKinds.has(kindOf(object)) ? (workloadOf(object) ?? []) : [])),
	};
}
