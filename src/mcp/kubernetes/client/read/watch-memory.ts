import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {WatchEvent} from '../../port.ts';

/** The last state that a watcher told, to tell differences and to say what vanished. */
export type WatchMemory = {
	/** Where to go on; undefined when a list has to come first. */
	version: string | undefined;
	readonly keyOf: (object: KubeObject) => string;
	/** Events that take the listener from what it knows to this object. */
	readonly learn: (object: KubeObject) => readonly WatchEvent[];
	readonly forget: (object: KubeObject) => readonly WatchEvent[];
	readonly forgetAllBut: (keys: ReadonlySet<string>) => readonly WatchEvent[];
};

/** A memory of nothing, for a watch that begins. */
export function makeWatchMemory(): WatchMemory {
	const known = new Map<string, KubeObject>();
	const keyOf = ({metadata: {namespace = '', name}}: KubeObject) => `${namespace}/${name}`;
	const forgetKey = (key: string, last: KubeObject): readonly WatchEvent[] => {
		known.delete(key);
		return [{type: 'deleted', object: last}];
	};
	return {
		version: undefined,
		keyOf,
		learn(object) {
			const before = known.get(keyOf(object));
			known.set(keyOf(object), object);
			if (before === undefined) return [{type: 'added', object}];
			if (before.metadata.uid !== object.metadata.uid)
				return [
					{type: 'deleted', object: before},
					{type: 'added', object},
				];
			return before.metadata.resourceVersion === object.metadata.resourceVersion ? [] : [{type: 'modified', object}];
		},
		forget: object => (known.has(keyOf(object)) ? forgetKey(keyOf(object), object) : []),
		forgetAllBut: keys => [...known].filter(([key]) => !keys.has(key)).flatMap(([key, last]) => forgetKey(key, last)),
	};
}
