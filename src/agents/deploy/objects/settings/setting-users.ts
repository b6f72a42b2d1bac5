import {isJsonObject, type Json, type JsonObject} from '../../../../core/json.ts';
import {type KubeObject, type Ref, refOf} from '../../../../core/kube/kube-object.ts';
import {podNeeds} from '../../../../core/kube/pod-needs.ts';
import {podSpecOf, templatePath} from '../../../../core/kube/pod-spec.ts';
import {pointerTo} from '../../../../core/patch/json-pointer.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import {readNeighbours} from '../../../../mcp/kubernetes/read-neighbours.ts';

export type SettingKind = 'ConfigMap' | 'Secret';

/** Workloads that can be rolled and whose template names a ConfigMap or Secret; and kinds that nobody could look at. */
export type SettingUsers = {readonly users: readonly KubeObject[]; readonly notChecked: readonly string[]};

/** Finds who uses a setting. Pods without a workload that could be rolled are left out. */
export async function settingUsers(cluster: Cluster, {namespace, kind, name}: Ref & {readonly kind: SettingKind}): Promise<SettingUsers> {
	const {objects, notChecked} = await readNeighbours(cluster, namespace, ['deployments.apps', 'statefulsets.apps', 'daemonsets.apps']);
	const users = objects.filter(object => podNeeds(podSpecOf(object)).some(need => need.kind === kind && need.name === name));
	return {users: users.toSorted((a, b) => keyOf(a).localeCompare(keyOf(b))), notChecked};
}

const keyOf = (object: KubeObject) => `${refOf(object).kind} ${object.metadata.name}`;

/** Keys under which a pod spec names a ConfigMap. */
const references = new Set(['configMap', 'configMapRef', 'configMapKeyRef']);

/** JSON patch (RFC 6902) that makes the template of a workload name another ConfigMap, and refuses where the template has moved. */
export function renamedReferences(workload: KubeObject, from: string, to: string): readonly JsonObject[] {
	const path = [...(templatePath(workload) ?? []), 'spec'];
	return [...places(podSpecOf(workload), path, from)].flatMap(place => [
		{op: 'test', path: place, value: from},
		{op: 'replace', path: place, value: to},
	]);
}

function* places(value: Json | undefined, path: readonly string[], name: string): Generator<string> {
	if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* places(item, [...path, String(index)], name);
	if (!isJsonObject(value)) return;
	for (const [key, inner] of Object.entries(value)) {
		if (references.has(key) && isJsonObject(inner) && inner.name === name) yield pointerTo([...path, key, 'name']);
		else yield* places(inner, [...path, key], name);
	}
}
