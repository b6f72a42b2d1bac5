import type {Remedy} from '../../../analysis/diagnosis/cause.ts';
import {isJsonObject, type Json} from '../../../core/json.ts';
import {objectAt, textAt} from '../../../core/kube/json-at.ts';
import type {Write} from '../../../core/plan.ts';

/**
 * How much a remedy disturbs, the least first:
 * `setting`: fields of objects that run no pods, or objects that were missing; `scale`: pods come or go; `rolling-restart`: pods are replaced, a few at a time;
 * `made-anew`: an object is deleted and made again; `node`: work on nodes, and on whatever runs there.
 */
export const invasivenessLevels = ['setting', 'scale', 'rolling-restart', 'made-anew', 'node'] as const;
export type Invasiveness = (typeof invasivenessLevels)[number];

/** Each level in words for a person. */
export const invasivenessWords: {readonly [level in Invasiveness]: string} = {
	setting: 'no pod is replaced',
	scale: 'the number of pods changes',
	'rolling-restart': 'pods are replaced, a few at a time',
	'made-anew': 'an object is deleted and made anew',
	node: 'work on a node',
};

const most = (levels: readonly Invasiveness[]): Invasiveness =>
	levels.reduce((one, other) => (invasivenessLevels.indexOf(one) >= invasivenessLevels.indexOf(other) ? one : other), 'setting');

const withTemplate = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Rollout']);

const ofTool: {readonly [tool: string]: Invasiveness} = {
	workload_scale: 'scale',
	workload_restart: 'rolling-restart',
	deployment_rollback: 'rolling-restart',
	deployment_update: 'rolling-restart',
	pod_evict: 'made-anew',
	resource_delete: 'made-anew',
	node_cordon: 'node',
	node_drain: 'node',
};

function ofPatch(kind: string, patch: Json): Invasiveness {
	if (kind === 'Node') return 'node';
	if (!withTemplate.has(kind)) return 'setting';
	if (Array.isArray(patch)) {
		const paths = patch.flatMap(each => textAt(each, 'path') ?? []);
		return most(
			paths.map(path => (path.startsWith('/spec/template') ? 'rolling-restart' : path === '/spec/replicas' ? 'scale' : 'setting')),
		);
	}
	const spec = objectAt(patch, 'spec');
	return 'template' in spec ? 'rolling-restart' : 'replicas' in spec ? 'scale' : 'setting';
}

function ofWrite(write: Write): Invasiveness {
	if (write.op === 'patch') return ofPatch(write.ref.kind, write.patch);
	if (write.op === 'delete' || write.op === 'evict') return 'made-anew';
	return write.op === 'create' || write.op === 'exec' ? 'setting' : ofPatch(write.ref.kind, write.manifest);
}

/** What of the input of a tool is text that holds JSON; a patch in YAML is not looked into. */
function parsed(text: Json | undefined): Json {
	try {
		return typeof text === 'string' ? JSON.parse(text) : {};
	} catch {
		return {};
	}
}

/** How much a remedy disturbs, by what it calls. */
export function invasivenessOf({tool, input, writes}: Remedy): Invasiveness {
	if (writes !== undefined) return most(writes.map(ofWrite));
	if (tool === 'resource_patch') return ofPatch(textAt(input, 'kind') ?? '', parsed(input.patch));
	if (tool !== 'resource_apply') return ofTool[tool] ?? 'setting';
	const manifest = parsed(input.manifest);
	return isJsonObject(manifest) ? ofPatch(textAt(manifest, 'kind') ?? '', manifest) : 'setting';
}
