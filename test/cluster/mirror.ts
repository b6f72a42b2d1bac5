import type {KubeObject} from '../../src/core/kube/kube-object.ts';
import type {Cluster, ResourceType} from '../../src/mcp/kubernetes/port.ts';
import type {Machine, MachineEvent} from '../../src/sandbox/machine.ts';

/** Group version and plural of each kind to follow. A custom kind comes and goes with its definition. */
export type MirroredKinds = {
	readonly [kind: string]: {readonly apiVersion: string; readonly plural: string; readonly isCustom?: true};
};

/** A custom kind without its definition is asked for again so often. */
const definitionMs = 500;

const typeOf = (kind: string, {apiVersion, plural}: MirroredKinds[string]): ResourceType => ({
	apiVersion,
	kind,
	plural,
	singular: kind.toLowerCase(),
	shortNames: [],
	categories: [],
	namespaced: kind !== 'Node',
	verbs: ['list', 'watch'],
	subresources: [],
});

export type Mirror = Pick<Machine, 'list' | 'get'> & {
	/** Resolves with why it cannot go on; never while all is well. */
	readonly broken: Promise<Error>;
};

/**
 * Follows a cluster for ever by the product's own watches, which resume and list anew where they must, and tells each change.
 * @returns when everything that exists has been told
 */
export async function mirrorCluster(cluster: Cluster, kinds: MirroredKinds, notice: (event: MachineEvent) => void): Promise<Mirror> {
	// Nobody ever aborts it.
	const {signal} = new AbortController();
	const shelves = new Map<string, Map<string, KubeObject>>();
	const broken = Promise.withResolvers<Error>();
	async function follow(type: ResourceType, synced: () => void) {
		const shelf = new Map<string, KubeObject>();
		shelves.set(type.kind, shelf);
		for await (const event of cluster.watch({type}, signal)) {
			if (event.type === 'synced') synced();
			else notice(noted(shelf, event.type, event.object));
		}
	}
	async function followCustom(type: ResourceType, synced: () => void) {
		for (;;) {
			// Without its definition the kind cannot be watched, and nothing of it exists.
			await follow(type, synced).catch(() => {});
			for (const object of shelves.get(type.kind)?.values() ?? []) notice({type: 'DELETED', object});
			synced();
			await new Promise(resolve => setTimeout(resolve, definitionMs));
		}
	}
	const all = Object.entries(kinds).map(([kind, place]) => {
		const {promise, resolve, reject} = Promise.withResolvers<void>();
		(place.isCustom ? followCustom : follow)(typeOf(kind, place), resolve).catch(error => {
			reject(error);
			broken.resolve(error);
		});
		return promise;
	});
	await Promise.all(all);
	return {
		broken: broken.promise,
		get: (kind, namespace, name) => shelves.get(kind)?.get(`${namespace ?? ''}/${name}`),
		list(kind, namespace) {
			const objects = [...(shelves.get(kind)?.values() ?? [])];
			return namespace === undefined ? objects : objects.filter(({metadata}) => metadata.namespace === namespace);
		},
	};
}

function noted(shelf: Map<string, KubeObject>, type: 'added' | 'modified' | 'deleted', object: KubeObject): MachineEvent {
	const key = `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
	const before = shelf.get(key);
	if (type === 'deleted') shelf.delete(key);
	else shelf.set(key, object);
	const told = ({added: 'ADDED', modified: 'MODIFIED', deleted: 'DELETED'} as const)[type];
	return {type: told, object, ...(before === undefined ? {} : {before})};
}
