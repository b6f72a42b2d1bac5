import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import type {MachineEvent} from '../../../src/sandbox/machine.ts';
import type {ApiClient} from './api-client.ts';

/** What kubelets read, and where it is listed. */
const kinds = {Node: 'nodes', Pod: 'pods', ConfigMap: 'configmaps', Secret: 'secrets'} as const;
type Kind = keyof typeof kinds;

type Listener = (event: MachineEvent) => void;
type List = {readonly metadata: {readonly resourceVersion: string}; readonly items: readonly KubeObject[]};
type Told = {readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR'; readonly object: KubeObject};

const keyOf = ({metadata}: KubeObject) => `${metadata.namespace ?? ''}/${metadata.name}`;

/** The server's objects as they were told last, kind by kind. */
export class Mirror {
	readonly #api: ApiClient;
	readonly #objects = new Map<string, Map<string, KubeObject>>();
	readonly #listener: Listener;

	constructor(api: ApiClient, listener: Listener) {
		this.#api = api;
		this.#listener = listener;
	}

	list(kind: string, namespace?: string): readonly KubeObject[] {
		const all = [...(this.#objects.get(kind)?.values() ?? [])];
		return namespace === undefined ? all : all.filter(({metadata}) => metadata.namespace === namespace);
	}

	get(kind: string, namespace: string | undefined, name: string): KubeObject | undefined {
		return this.#objects.get(kind)?.get(`${namespace ?? ''}/${name}`);
	}

	/** Resolves when everything was told once; goes on listening. */
	async start(onError: (error: unknown) => void): Promise<void> {
		const versions = await Promise.all(Object.keys(kinds).map(async kind => [kind as Kind, await this.#relist(kind as Kind)] as const));
		for (const [kind, version] of versions) void this.#follow(kind, version, onError);
	}

	async #relist(kind: Kind): Promise<string> {
		const {status, text} = await this.#api.send('GET', `/api/v1/${kinds[kind]}`);
		if (status !== 200) throw new Error(`listing ${kinds[kind]}: ${status} ${text}`);
		const {metadata, items}: List = JSON.parse(text);
		const there = new Set(items.map(keyOf));
		for (const object of this.list(kind)) if (!there.has(keyOf(object))) this.#hear(kind, 'DELETED', object);
		for (const object of items) this.#hear(kind, 'MODIFIED', {...object, apiVersion: 'v1', kind});
		return metadata.resourceVersion;
	}

	/** Watches for ever; what was missed while nobody listened is read again. */
	async #follow(kind: Kind, from: string, onError: (error: unknown) => void) {
		let version: string | undefined = from;
		for (;;) {
			try {
				version ??= await this.#relist(kind);
				version = await this.#watch(kind, version);
			} catch (error) {
				onError(error);
				await new Promise(resolve => setTimeout(resolve, 500));
			}
		}
	}

	/** @returns the version to go on from, undefined when the server has forgotten it */
	async #watch(kind: Kind, from: string): Promise<string | undefined> {
		let version = from;
		const path = `/api/v1/${kinds[kind]}?watch=true&allowWatchBookmarks=true&resourceVersion=${from}`;
		for await (const line of this.#api.lines(path)) {
			// The server's watch protocol.
			const {type, object} = line as Told;
			if (type === 'ERROR') return undefined;
			version = object.metadata.resourceVersion ?? version;
			if (type !== 'BOOKMARK') this.#hear(kind, type, object);
		}
		return version;
	}

	#hear(kind: Kind, type: MachineEvent['type'], object: KubeObject) {
		const known = this.#objects.get(kind) ?? new Map<string, KubeObject>();
		this.#objects.set(kind, known);
		const before = known.get(keyOf(object));
		if (type === 'DELETED') known.delete(keyOf(object));
		else known.set(keyOf(object), object);
		const told = type === 'DELETED' ? type : before === undefined ? 'ADDED' : 'MODIFIED';
		this.#listener({type: told, object, ...(before === undefined ? {} : {before})});
	}
}
