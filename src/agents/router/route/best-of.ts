import type {Clause} from '../clause.ts';
import type {Call, Intent, Talk, Understanding} from '../understanding.ts';
import type {World} from '../world.ts';
import {isChanging} from './is-changing.ts';

type Calls = Extract<Understanding, {kind: 'calls'}>;

/**
 * What the first of these intents makes of a clause; but where its plan leaves out something that the clause spells out, such as a name, an image or a
 * key, the plan of a later one that has all of it.
 */
export async function bestOf(intents: readonly Intent[], clause: Clause, world: World, talk: Talk): Promise<Understanding | undefined> {
	let first: Calls | undefined;
	for (const intent of intents) {
		const understanding = await intent.understand(clause, world, talk);
		if (understanding === undefined) continue;
		if (isPlan(understanding)) {
			if (hasAll(clause, understanding.calls)) return understanding;
			first ??= understanding;
		} else if (first === undefined) return understanding;
	}
	return first;
}

const isPlan = (understanding: Understanding): understanding is Calls =>
	understanding.kind === 'calls' && understanding.calls.some(isChanging);

/** Whether calls have what the clause spells out letter by letter. */
function hasAll({words}: Clause, calls: readonly Call[]): boolean {
	const planned = JSON.stringify(calls).toLowerCase();
	return words.every(({raw, quoted}) => (!quoted && !isExact(raw)) || planned.includes(raw.toLowerCase()));
}

/** Numbers may be computed with, and then stand in no call. */
const isExact = (raw: string) => /[_/=]|\w-\w/.test(raw) && !/^\d/.test(raw);
