import {isJsonObject} from '../../../core/json.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {type PodNeed, podNeeds} from '../../../core/kube/pod-needs.ts';
import {podSpecOf} from '../../../core/kube/pod-spec.ts';
import {controllerOf} from '../../../mcp/kubernetes/model/owner-chain.ts';
import type {RehearsalFinding, World} from './copy-world.ts';

/**
 * What pods name and the namespace does not have. Optional references do not count, nor does what was missing before. Templates are read instead of
 * pods: of those that need a missing ServiceAccount there are none.
 */
export function brokenReferences(start: World) {
	const before = new Set([...start.values()].flatMap(object => missingOf(object, start)).map(textOf));
	/** What was missing when its template came. A template that was taken back is none the less told. */
	let unmet: readonly Missing[] = [];
	return {
		see(object: KubeObject, world: World) {
			unmet = [...unmet.filter(({need, namespace}) => !isThere(need, namespace, world)), ...missingOf(object, world)];
		},
		findings(world: World): readonly RehearsalFinding[] {
			const missing = [...unmet, ...[...world.values()].flatMap(object => missingOf(object, world))];
			const found = new Map(missing.map(each => [textOf(each), each.need.how === pulling ? 'mind' : 'bad'] as const));
			return [...found].filter(([text]) => !before.has(text)).map(([text, level]) => ({id: 'broken-reference', level, text}));
		},
	};
}

/** Kubernetes goes on without such a Secret, and public images need none. */
const pulling = 'image pull secret';

/** `hasObject`: only the key is missing. */
type Missing = {readonly maker: string; readonly namespace: string; readonly need: PodNeed; readonly hasObject: boolean};

function missingOf(object: KubeObject, world: World): readonly Missing[] {
	const {namespace = '', name, deletionTimestamp} = object.metadata;
	if (deletionTimestamp !== undefined || controllerOf(object) !== undefined) return [];
	return podNeeds(podSpecOf(object))
		.filter(need => !need.optional && !isThere(need, namespace, world))
		.map(need => ({maker: name, namespace, need, hasObject: objectOf(need, namespace, world) !== undefined}));
}

const objectOf = ({kind, name}: PodNeed, namespace: string, world: World) => world.get(`/${kind}/${namespace}/${name}`);

function isThere(need: PodNeed, namespace: string, world: World): boolean {
	// Kubernetes makes this one in every namespace.
	if (need.kind === 'ServiceAccount' && need.name === 'default') return true;
	const found = objectOf(need, namespace, world);
	if (need.key === undefined || found === undefined) return found !== undefined;
	const {key} = need;
	return [found.data, found.binaryData].some(held => isJsonObject(held) && Object.hasOwn(held, key));
}

const textOf = ({maker, need: {kind, name, key, how}, hasObject}: Missing) =>
	`${maker} needs ${hasObject && key !== undefined ? `key ${key} of ` : ''}${kind} ${name} (${how}), which is not there`;
