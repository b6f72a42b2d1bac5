import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import type {Cluster, ResourceType} from '../../../src/mcp/kubernetes/port.ts';
import type {Kinds} from '../../../src/sandbox/life/shapes.ts';
import type {World} from '../../../src/sandbox/life/world.ts';
import type {MachineEvent} from '../../../src/sandbox/machine.ts';

/** Kinds by group version and plural; the traffic of the embedded cluster reads the same ones. */
const mirrored = {
	Pod: ['v1', 'pods'],
	Service: ['v1', 'services'],
	EndpointSlice: ['discovery.k8s.io/v1', 'endpointslices'],
	HTTPRoute: ['gateway.networking.k8s.io/v1', 'httproutes'],
	Deployment: ['apps/v1', 'deployments'],
	Node: ['v1', 'nodes'],
	PersistentVolumeClaim: ['v1', 'persistentvolumeclaims'],
} as const;

/** A custom kind comes and goes with its definition; it is asked for again so often. */
const definitionMs = 500;

const typeOf = (kind: keyof typeof mirrored): ResourceType => ({
	apiVersion: mirrored[kind][0],
	kind,
	plural: mirrored[kind][1],
	singular: kind.toLowerCase(),
	shortNames: [],
	categories: [],
	namespaced: kind !== 'Node',
	verbs: ['list', 'watch'],
	subresources: [],
});

type Mirror = {
	readonly world: Pick<World, 'list'>;
	/** Resolves with why it cannot go on; never while all is well. */
	readonly broken: Promise<Error>;
};

/**
 * Follows a cluster for ever by the product's own watches, which resume and list anew where they must, and tells each change.
 * @returns when everything that exists has been told
 */
export async function mirrorCluster(cluster: Cluster, notice: (event: MachineEvent) => void): Promise<Mirror> {
	// Nobody ever aborts it.
	const {signal} = new AbortController();
	const shelves = new Map<string, Map<string, KubeObject>>();
	const broken = Promise.withResolvers<Error>();
	async function follow(kind: keyof typeof mirrored, synced: () => void) {
		const shelf = new Map<string, KubeObject>();
		shelves.set(kind, shelf);
		for await (const event of cluster.watch({type: typeOf(kind)}, signal)) {
			if (event.type === 'synced') synced();
			else tell(shelf, event.type, event.object, notice);
		}
	}
	async function followCustom(kind: keyof typeof mirrored, synced: () => void) {
		for (;;) {
			// Without its definition the kind cannot be watched, and nothing of it exists.
			await follow(kind, synced).catch(() => {});
			for (const object of shelves.get(kind)?.values() ?? []) notice({type: 'DELETED', object});
			synced();
			await new Promise(resolve => setTimeout(resolve, definitionMs));
		}
	}
	const isCustom = (kind: string) => kind === 'HTTPRoute';
	const all = (Object.keys(mirrored) as (keyof typeof mirrored)[]).map(kind => {
		const {promise, resolve, reject} = Promise.withResolvers<void>();
		(isCustom(kind) ? followCustom(kind, resolve) : follow(kind, resolve)).catch(error => {
			reject(error);
			broken.resolve(error);
		});
		return promise;
	});
	await Promise.all(all);
	return {world: worldOn(shelves), broken: broken.promise};
}

function tell(
	shelf: Map<string, KubeObject>,
	type: 'added' | 'modified' | 'deleted',
	object: KubeObject,
	notice: (event: MachineEvent) => void,
) {
	const key = `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
	if (type === 'deleted') shelf.delete(key);
	else shelf.set(key, object);
	notice({type: ({added: 'ADDED', modified: 'MODIFIED', deleted: 'DELETED'} as const)[type], object});
}

const worldOn = (shelves: ReadonlyMap<string, ReadonlyMap<string, KubeObject>>): Pick<World, 'list'> => ({
	// The API server validated the objects of each kind, so the shape follows from the kind.
	list: <Kind extends keyof Kinds>(kind: Kind, namespace?: string) =>
		[...(shelves.get(kind)?.values() ?? [])].filter(
			({metadata}) => namespace === undefined || metadata.namespace === namespace,
		) as unknown as readonly Kinds[Kind][],
});
