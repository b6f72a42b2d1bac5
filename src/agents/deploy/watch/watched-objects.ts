import {type Clock, sleep} from '../../../core/clock.ts';
import {isNotAllowed, MkcoaError} from '../../../core/error.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Cluster, ListQuery} from '../../../mcp/kubernetes/port.ts';

/** Some objects of one kind in one namespace, by the words that discovery knows the kind by. */
export type Wanted = {
	readonly kind: string;
	readonly namespace: string;
	readonly labelSelector?: string | undefined;
	readonly fieldSelector?: string | undefined;
};

/** What a watch keeps. */
type Kept = {objects: ReadonlyMap<string, KubeObject>; isSynced: boolean; refused: string | undefined; readonly stop: () => void};

/** Objects that are kept as they are now, without being listed again and again. */
export type WatchedObjects = {
	/** Keeps these from now on, and nothing else. */
	readonly keep: (wanted: readonly Wanted[]) => void;
	/** As they were told last, of all that is kept, each once. */
	readonly all: () => readonly KubeObject[];
	/** Whether everything that is kept was told once. */
	readonly isSynced: () => boolean;
	/** Kinds that may not be watched, and why. */
	readonly refused: () => readonly string[];
	/** Begins anew at once; until then what was known stays. */
	readonly again: () => void;
	readonly close: () => void;
};

type Needs = {
	readonly cluster: Pick<Cluster, 'watch' | 'typeOf'>;
	readonly clock: Clock;
	readonly changed: () => void;
	/** Gets each version of each object as it is told: of two that come close together, `all` shows the later one alone. */
	readonly told: (object: KubeObject) => void;
};

const retryMs = 2000;

/** A kind that the cluster does not have has no objects. One whose watch breaks is tried again until it is closed. */
export function watchedObjects({cluster, clock, changed, told}: Needs): WatchedObjects {
	const watches = new Map<string, Kept>();

	function begin(key: string, wanted: Wanted, before: Pick<Kept, 'objects' | 'isSynced'>): void {
		const over = new AbortController();
		const kept: Kept = {...before, refused: undefined, stop: () => over.abort()};
		watches.set(key, kept);
		// It ends with `over` alone, and then nobody waits for it.
		follow(kept, wanted, over.signal).catch(() => {});
	}

	async function follow(kept: Kept, wanted: Wanted, signal: AbortSignal): Promise<void> {
		while (!signal.aborted) {
			try {
				await once(kept, wanted, signal);
			} catch (error) {
				if (signal.aborted) return;
				const why = isForGood(error);
				if (why !== undefined) {
					kept.isSynced = true;
					kept.refused = why;
					return changed();
				}
			}
			await sleep(clock, retryMs, signal);
		}
	}

	async function once(kept: Kept, {kind, ...query}: Wanted, signal: AbortSignal): Promise<void> {
		const type = await cluster.typeOf(kind);
		const listed: ListQuery = {type, ...query};
		// Until all is told again, what was known stays.
		let fresh: Map<string, KubeObject> | undefined = new Map();
		for await (const event of cluster.watch(listed, signal)) {
			if (signal.aborted) return;
			if (event.type === 'synced') {
				kept.objects = fresh ?? kept.objects;
				fresh = undefined;
				kept.isSynced = true;
			} else {
				const object = {...event.object, apiVersion: type.apiVersion, kind: type.kind};
				const into: Map<string, KubeObject> = fresh ?? new Map(kept.objects);
				if (event.type === 'deleted') into.delete(object.metadata.name);
				else {
					told(object);
					into.set(object.metadata.name, object);
				}
				if (fresh === undefined) kept.objects = into;
			}
			if (fresh === undefined) changed();
		}
	}

	return {
		keep(all) {
			const wanted = new Map(all.map(each => [JSON.stringify(each), each]));
			for (const [key, {stop}] of watches) {
				if (wanted.has(key)) continue;
				stop();
				watches.delete(key);
			}
			for (const [key, each] of wanted) if (!watches.has(key)) begin(key, each, {objects: new Map(), isSynced: false});
		},
		all: () => [
			...new Map(
				[...watches.values()].flatMap(({objects}) =>
					[...objects.values()].map(object => [`${object.apiVersion} ${object.kind} ${object.metadata.name}`, object] as const),
				),
			).values(),
		],
		isSynced: () => [...watches.values()].every(({isSynced}) => isSynced),
		refused: () => [...new Set([...watches.values()].flatMap(({refused}) => (refused === undefined || refused === '' ? [] : [refused])))],
		again() {
			for (const [key, kept] of [...watches]) {
				kept.stop();
				begin(key, JSON.parse(key) as Wanted, kept);
			}
		},
		close() {
			for (const {stop} of watches.values()) stop();
			watches.clear();
		},
	};
}

/** Why it is of no use to try again; the empty text where there is nothing to say. */
function isForGood(error: unknown): string | undefined {
	if (isNotAllowed(error)) return error.trouble.what;
	return error instanceof MkcoaError && error.trouble.code === 'unknown-kind' ? '' : undefined;
}
