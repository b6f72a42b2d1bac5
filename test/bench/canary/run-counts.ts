import {type ClumpedBefore, clumpedBefore} from '../../../src/analysis/canary/evidence/clumped-before.ts';
import {restartedEvidence} from '../../../src/analysis/canary/evidence/restarted-evidence.ts';
import {evidenceToFail} from '../../../src/analysis/canary/evidence/sequential-evidence.ts';
import {bestTest, logRatio} from './best-test.ts';
import type {Cell} from './cells.ts';
import {hoursBefore} from './hours-before.ts';
import {seeded} from './random.ts';
import {type Outcome, outcomeOf} from './result.ts';
import {rivals} from './rivals.ts';
import {type Look, looksPerMinute, rollout, type World} from './worlds.ts';

const minutesWatched = 60;

/** The product's judge where nothing is known of the time before. */
export const withoutHistory = 'no history';

/** Simulates one cell of counts and asks every judge about the same rollouts. */
export function runCounts(
	{world, before, ratios, traffic}: Extract<Cell, {kind: 'counts'}>,
	runs: number,
	seed: number,
): readonly Outcome[] {
	const next = seeded(seed);
	const nextBefore = seeded(seed + 104_729);
	const best =
		ratios.canary > ratios.stable ? bestAt(ratios.canary / ratios.stable, traffic.canary / (traffic.canary + traffic.stable)) : undefined;
	const own: number[] = [];
	const unknowing: number[] = [];
	const wald: number[] = [];
	const others = Object.entries(rivals).map(([name, judge]) => ({name, judge, bad: [0, 0]}));
	for (let run = 0; run < runs; run++) {
		const looks = rollout(next, world, ratios, traffic, minutesWatched * looksPerMinute);
		const known = hoursBefore(nextBefore, before ?? usually(world), ratios.stable, traffic.canary + traffic.stable);
		own.push(minuteOf(looks, clumpedBefore(known)));
		unknowing.push(minuteOf(looks));
		if (best !== undefined) wald.push(best(looks));
		for (const {judge, bad} of others) for (const [at, isBad] of judge(looks).entries()) bad[at] = (bad[at] ?? 0) + Number(isBad);
	}
	return [
		outcomeOf('mkcoa', own),
		outcomeOf(withoutHistory, unknowing),
		...(best === undefined ? [] : [outcomeOf('best for this alternative', wald)]),
		...others.map(({name, bad: [by10 = 0, by60 = 0]}) => ({judge: name, by10: by10 / runs, by60: by60 / runs})),
	];
}

/** Outages of the rollout's own minutes did not happen before. */
const usually = (world: World): World => (world.kind === 'shared outage' ? {kind: 'one by one'} : world);

/** The minute of the first look at which the product's evidence decides. */
function minuteOf(looks: readonly Look[], before?: ClumpedBefore): number {
	const evidence = restartedEvidence({worse: 'higher', tolerance: 0}, before);
	for (const [at, look] of looks.entries()) {
		evidence.add(look, 60_000 / looksPerMinute);
		if (evidence.value() >= evidenceToFail) return (at + 1) / looksPerMinute;
	}
	return Number.POSITIVE_INFINITY;
}

/** The same for the best test of these odds, at the same error rate of 1 %. */
function bestAt(odds: number, share: number): (looks: readonly Look[]) => number {
	const {boundary} = bestTest(odds, share, 0.01);
	return looks => {
		let [canary, all] = [0, 0];
		for (const [at, look] of looks.entries()) {
			canary += look.canary.bad;
			all += look.canary.bad + look.stable.bad;
			if (logRatio(odds, share, canary, all) >= Math.log(boundary)) return (at + 1) / looksPerMinute;
		}
		return Number.POSITIVE_INFINITY;
	};
}
