import {type KubeObject, refKey, refOf} from '../../src/core/kube/kube-object.ts';
import {jsonPatch} from '../../src/core/patch/json-patch.ts';
import {mergePatch} from '../../src/core/patch/merge-patch.ts';
import type {Write} from '../../src/core/plan.ts';

/** Objects by `refKey`, as a table of writes leaves them. No server: no defaults, no versions. */
export type World = ReadonlyMap<string, KubeObject>;

export const worldOf = (objects: readonly KubeObject[]): World => new Map(objects.map(each => [refKey(refOf(each)), each]));

function written(world: World, write: Write): World {
	const next = new Map(world);
	const key = refKey(write.ref);
	const live = next.get(key);
	if (write.op === 'create') next.set(key, write.manifest);
	else if (write.op === 'delete') next.delete(key);
	else if (write.op === 'patch' && live !== undefined)
		// A patch of an object answers an object.
		next.set(key, (write.type === 'json' ? jsonPatch(live, write.patch) : mergePatch(live, write.patch)) as KubeObject);
	return next;
}

/** The world after the writes of some acts. */
export const leftBy = (acts: readonly {readonly writes: readonly Write[]}[], world: World): World =>
	acts.flatMap(({writes}) => writes).reduce(written, world);
