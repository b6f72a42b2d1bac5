import {type Arms, type Sides, sidesOf} from '../../../metrics/sides.ts';

/** Both sides with every pod that was seen since it was told to forget: one that a drain moved away counted too while it served. */
export function seenSides() {
	let seen: Sides | undefined;
	const joined = (one: Sides['canary'] | undefined, other: Sides['canary']) => ({
		...other,
		pods: [...new Set([...(one?.pods ?? []), ...other.pods])],
	});
	return {
		add(arms: Arms) {
			const now = sidesOf(arms);
			seen = {canary: joined(seen?.canary, now.canary), stable: joined(seen?.stable, now.stable)};
		},
		forget() {
			seen = undefined;
		},
		/** @throws where nothing was seen */
		sides(): Sides {
			if (seen === undefined) throw new Error('Nobody looked at either side');
			return seen;
		},
	};
}
