import {listAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {sameJson} from '../../../same-json.ts';
import type {Cluster} from '../../cluster.ts';
import {customCauses} from '../../custom/custom-causes.ts';
import {type Causes, forbidden} from './causes.ts';
import {definitionCauses} from './definitions.ts';
import {immutableRules} from './immutable-fields.ts';
import {metadataCauses} from './metadata.ts';
import {otherChecks} from './other-kinds.ts';
import {roleChecks} from './roles.ts';
import {schemaCauses} from './schema-causes.ts';
import {workloadChecks} from './workloads.ts';

const checks: {readonly [kind: string]: (object: KubeObject) => Causes} = {
	...workloadChecks,
	...roleChecks,
	...otherChecks,
	CustomResourceDefinition: definitionCauses,
};

/**
 * Everything that is wrong with an object about to be stored, in the order the server tells it; empty when it may be stored.
 * @param before the stored object on a change; then also what may not change is checked
 */
export function validateObject(
	{schema, structural}: Pick<Cluster, 'schema' | 'structural'>,
	object: KubeObject,
	before: KubeObject | undefined,
): Causes {
	const metadata = metadataCauses(object, before);
	const custom = structural(object.apiVersion, object.kind);
	if (custom !== undefined) return [...metadata, ...customCauses(custom, object)];
	const type = schema.kind(object.apiVersion, object.kind);
	// What was stored was valid: a change that leaves the content alone is not judged again.
	if (type === undefined || (before !== undefined && sameContent(object, before))) return metadata;
	const own = checks[object.kind]?.(object) ?? [];
	// Who speaks about a strategy as a whole has spoken about its type.
	const spoken = new Set(own.flatMap(({field}) => (field === 'spec.strategy' ? [field, 'spec.strategy.type'] : (field ?? []))));
	const fixed = before === undefined ? [] : (immutableRules[object.kind]?.(object, before) ?? []);
	const early = before === undefined && object.kind === 'Pod' ? earlyDebuggers(object) : [];
	return [...metadata, ...own, ...early, ...schemaCauses(type, object, spoken), ...fixed];
}

/** Containers for debugging come to a pod that is there. */
const earlyDebuggers = (pod: KubeObject): Causes =>
	listAt(pod, 'spec', 'ephemeralContainers').length === 0 ? [] : [forbidden('spec.ephemeralContainers', 'cannot be set on create')];

function sameContent(object: KubeObject, before: KubeObject): boolean {
	const {metadata: _now, status: _nowStatus, ...content} = object;
	const {metadata: _was, status: _wasStatus, ...old} = before;
	return sameJson(content, old);
}
