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

/** What was done and can never be taken back, in words. */
const irreversible = ({write}: JournaledEffect): string =>
	write.op === 'exec' ? `The program that ran in ${refText(write.ref)}` : `The eviction of ${refText(write.ref)}`;

const isObject = (value: Json | undefined): value is KubeObject => isJsonObject(value) && isJsonObject(value.metadata);

/** A deletion may answer the object once more, with its deletion time: it is gone all the same. */
const afterOf = ({write, after}: JournaledEffect): KubeObject | null => (write.op !== 'delete' && isObject(after) ? after : null);

/** Effects of one object as one, the object written last first: what was made last may need what was made before it. */
export function netEffects(effects: readonly JournaledEffect[]): {
	readonly effects: readonly NetEffect[];
	readonly lost: readonly string[];
} {
	const done = effects.filter(({state}) => state === 'done');
	const kept = done.filter(({write}) => write.op !== 'exec' && write.op !== 'evict');
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
		lost: done.filter(({write}) => write.op === 'exec' || write.op === 'evict').map(irreversible),
	};
}
