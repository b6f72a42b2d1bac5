import {diffObjects} from '../../../core/diff/diff.ts';
import type {KubeSchema} from '../../../core/diff/kube-schema.ts';
import {isJsonObject, type JsonObject, withoutKeys} from '../../../core/json.ts';
import {objectAt, valueAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refKey, refOf, refText} from '../../../core/kube/kube-object.ts';
import {mergePatchBetween} from '../../../core/patch/merge-patch.ts';
import type {Write} from '../../../core/plan.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {type Bundle, objectsOf} from './bundle.ts';

/** Objects of a bundle as they are now, by `refKey`. */
export type LiveObjects = ReadonlyMap<string, KubeObject>;

/** What brings a bundle back: writes in their order, and what stays as it is, one sentence each. */
export type Restoring = {readonly writes: readonly Write[]; readonly left: readonly string[]};

/** Reads what is there now of a bundle's objects. Rejects as the cluster does. */
export async function liveObjects(cluster: Cluster, bundle: Bundle): Promise<LiveObjects> {
	const found = await Promise.all(objectsOf(bundle).map(object => cluster.get(refOf(object))));
	return new Map(found.flatMap(object => (object === undefined ? [] : [[refKey(refOf(object)), object] as const])));
}

/**
 * The writes that make the live objects what the bundle keeps; an object that is so already takes none. Of the workload the pod template comes
 * back and not the number of pods, which today's load decides. What pods need comes first, so that new ones start with their own settings; then
 * the workload, then what leads to it.
 */
export function restoreBundle(bundle: Bundle, live: LiveObjects, schema: KubeSchema): Restoring {
	const parts = objectsOf(bundle).map(kept => restoreOne(kept, live.get(refKey(refOf(kept))), schema));
	return {
		writes: parts.flatMap(({write}) => write ?? []),
		left: [...parts.flatMap(({left}) => left ?? []), ...bundle.leftOut.map(text => `Not kept with that revision: ${text}`)],
	};
}

type Part = {readonly write?: Write; readonly left?: string};

function restoreOne(kept: KubeObject, live: KubeObject | undefined, schema: KubeSchema): Part {
	const ref = refOf(kept);
	if (live === undefined) return {write: {op: 'create', ref, manifest: creatable(kept)}};
	if (kept.kind === 'Secret' && valueAt(live, 'type') !== valueAt(kept, 'type'))
		return {left: `${refText(ref)} stays as it is: it was made again with another type`};
	const wanted = withContentOf(live, kept);
	if (diffObjects(live, wanted, schema).length === 0) return {};
	if (valueAt(live, 'immutable') === true) return {left: `${refText(ref)} stays as it is: it is immutable now, and holds something else`};
	if (isWorkload(kept))
		return {
			write: {
				op: 'patch',
				ref,
				type: 'json',
				patch: [{op: 'replace', path: '/spec/template', value: valueAt(kept, 'spec', 'template') ?? {}}],
			},
		};
	return {write: {op: 'patch', ref, type: 'merge', patch: mergePatchBetween(live, wanted)}};
}

const isWorkload = ({kind}: KubeObject) => ['Deployment', 'StatefulSet', 'DaemonSet'].includes(kind);

/** The live object with the content that was kept: what others labelled, and what the server gave it, stays. */
function withContentOf(live: KubeObject, kept: KubeObject): KubeObject {
	switch (kept.kind) {
		case 'ConfigMap':
		case 'Secret':
			return withKeys(live, kept, ['data', 'binaryData']);
		case 'HorizontalPodAutoscaler':
		case 'PodDisruptionBudget':
			return withKeys(live, kept, ['spec']);
		case 'Service':
			return {...withAnnotations(live, kept), spec: {...objectAt(kept, 'spec'), ...pick(objectAt(live, 'spec'), allocated)}};
		case 'Deployment':
		case 'StatefulSet':
		case 'DaemonSet':
			return {...live, spec: {...objectAt(live, 'spec'), template: valueAt(kept, 'spec', 'template')}};
		default:
			return withKeys(withAnnotations(live, kept), kept, ['spec']);
	}
}

/** Fields of a Service that the cluster gives out and does not take back. */
const allocated = ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy', 'healthCheckNodePort'];

function withKeys(live: KubeObject, kept: KubeObject, keys: readonly string[]): KubeObject {
	const {apiVersion, kind, metadata, ...rest} = live;
	return {...withoutKeys(rest, new Set(keys)), ...pick(kept, keys), apiVersion, kind, metadata};
}

const pick = (object: JsonObject, keys: readonly string[]): JsonObject =>
	Object.fromEntries(keys.filter(key => object[key] !== undefined).map(key => [key, object[key]]));

/** Ingress controllers and load balancers are told by annotations. Those that the server and kubectl keep for themselves stay. */
function withAnnotations(live: KubeObject, kept: KubeObject): KubeObject {
	const own = Object.entries(live.metadata.annotations ?? {}).filter(([key]) => bookkeeping.test(key));
	const wanted = {...kept.metadata.annotations, ...Object.fromEntries(own)};
	const {annotations: _, ...metadata} = live.metadata;
	return {...live, metadata: {...metadata, name: live.metadata.name, ...(Object.keys(wanted).length === 0 ? {} : {annotations: wanted})}};
}

const bookkeeping = /^(kubectl\.kubernetes\.io|endpoints\.kubernetes\.io|control-plane\.alpha\.kubernetes\.io)\//;

/** As it may be made again. Its former address may be another's by now; a headless Service has none, and says so. */
function creatable({metadata, ...kept}: KubeObject): KubeObject {
	const {uid: _, ...rest} = metadata;
	const made: KubeObject = {...kept, apiVersion: kept.apiVersion, kind: kept.kind, metadata: {...rest, name: metadata.name}};
	if (kept.kind !== 'Service' || valueAt(kept, 'spec', 'clusterIP') === 'None' || !isJsonObject(kept.spec)) return made;
	return {...made, spec: withoutKeys(kept.spec, new Set(['clusterIP', 'clusterIPs', 'healthCheckNodePort']))};
}
