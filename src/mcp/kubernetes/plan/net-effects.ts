import type {JournaledEffect} from '../../../core/journal.ts';
import {isJsonObject, type Json} from '../../../core/json.ts';
import {type KubeObject, type Ref, refKey, refText} from '../../../core/kube/kube-object.ts';

/** What a run did to one object in the end, however many writes it took. Null is an object that does not exist. */
export type NetEffect = {
	readonly ref: Ref;
	readonly before: KubeObject | null;
	readonly after: KubeObject | null;
	/** Why one of the two cannot be had any more. */
	readonly unavailable?: string | undefined;
};

/** What was done and can never be taken back, in words. A status is its controller's to write: it acted on what it was told at once. */
function irreversible({write}: JournaledEffect): string | undefined {
	if (write.op === 'exec') return `The program that ran in ${refText(write.ref)}`;
	if (write.op === 'evict') return `The eviction of ${refText(write.ref)}`;
	return write.op === 'patch' && write.subresource === 'status' ? `What the controller of ${refText(write.ref)} was told` : undefined;
}

const isObject = (value: Json | undefined): value is KubeObject => isJsonObject(value) && isJsonObject(value.metadata);

/** A deletion may answer the object once more, with its deletion time: it is gone all the same. */
const afterOf = ({write, after}: JournaledEffect): KubeObject | null => (write.op !== 'delete' && isObject(after) ? after : null);

/** Effects of one object as one, the object written last first: what was made last may need what was made before it. */
export function netEffects(effects: readonly JournaledEffect[]): {
	readonly effects: readonly NetEffect[];
	readonly lost: readonly string[];
} {
	const done = effects.filter(({state}) => state === 'done');
	const kept = done.filter(effect => irreversible(effect) === undefined);
	const byObject = Map.groupBy(kept, ({write}) => refKey(write.ref));
	const net = [...byObject.values()].flatMap(group => {
		const [first, last] = [group[0], group.at(-1)];
		if (first === undefined || last === undefined) return [];
		const unavailable = group.find(effect => effect.unavailable !== undefined)?.unavailable;
		return [
			{
				index: last.index,
				ref: last.write.ref,
				before: first.before,
				after: afterOf(last),
				...(unavailable === undefined ? {} : {unavailable}),
			},
		];
	});
	return {
		effects: net.toSorted((a, b) => b.index - a.index).map(({index: _, ...effect}) => effect),
		lost: done.map(irreversible).filter(text => text !== undefined),
	};
}
