import type {Clause} from '../clause.ts';
import type {Intent, Talk, Understanding} from '../understanding.ts';
import type {World} from '../world.ts';

/** What the first of these intents makes of a clause. */
export async function firstOf(intents: readonly Intent[], clause: Clause, world: World, talk: Talk): Promise<Understanding | undefined> {
	for (const intent of intents) {
		const understanding = await intent.understand(clause, world, talk);
		if (understanding !== undefined) return understanding;
	}
	return undefined;
}
