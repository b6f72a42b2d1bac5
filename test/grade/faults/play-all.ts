import type {ClusterApi} from './cluster-api.ts';
import type {Stage} from './fault-case.ts';
import {needsAlone} from './needs-alone.ts';
import {sideBySide} from './side-by-side.ts';

/** Cases at once on one control plane: they mostly wait, and two cores are enough for them. */
const width = 3;

type Playable = {readonly base: Stage; readonly inject?: Stage; readonly isAlone: boolean};

/** Plays cases, several at once where they do not see each other, then the others alone. @returns what came of each, in their order */
export async function playAll<Case extends Playable, Result>(
	api: ClusterApi,
	cases: readonly Case[],
	play: (each: Case) => Promise<Result>,
): Promise<readonly Result[]> {
	const alone = new Set<Case>();
	for (const each of cases) {
		const stages = each.inject === undefined ? [each.base] : [each.base, each.inject];
		if (each.isAlone || (await needsAlone(api, stages))) alone.add(each);
	}
	const results = new Map<Case, Result>();
	const playOne = async (each: Case) => void results.set(each, await play(each));
	await sideBySide(
		cases.filter(each => !alone.has(each)),
		width,
		playOne,
	);
	await sideBySide([...alone], 1, playOne);
	return cases.flatMap(each => (results.has(each) ? [results.get(each) as Result] : []));
}
