import type {Before} from '../../../src/analysis/canary/evidence/clumped-before.ts';
import {binomial, type Random} from './random.ts';
import {clumpsOf, looksPerMinute, moodsOf, requestsOf, type World} from './worlds.ts';

const minutesBefore = 120;
const looks = minutesBefore * looksPerMinute;

/** A pod of the stable version gets as many requests as the canary. */
const perMinuteAndPod = 100;

/**
 * Two hours of the stable version before a rollout, when all requests were its own: minutes of each pod. The world is the one of the rollout: a clump
 * happens in one pod; a minute or a look that is bad is bad for all pods of a version.
 */
export function hoursBefore(next: Random, world: World, ratio: number, perMinute: number): Before {
	const pods = Array.from({length: Math.round(perMinute / perMinuteAndPod)}, () => new Array<number>(minutesBefore).fill(0));
	const add = (pod: number[], look: number, errors: number) => {
		const minute = Math.floor(look / looksPerMinute);
		pod[minute] = (pod[minute] ?? 0) + errors;
	};
	if (world.kind === 'clumps') {
		for (const pod of pods)
			for (const [look, errors] of clumpsOf(next, world, ratio, perMinuteAndPod, looks).entries()) add(pod, look, errors);
	} else {
		const moods = moodsOf(next, world, ratio);
		for (let look = 0; look < looks; look++) {
			const mood = moods(look);
			for (const pod of pods) add(pod, look, binomial(next, requestsOf(perMinuteAndPod, look), mood));
		}
	}
	return pods.map(pod => pod.map(bad => ({total: perMinuteAndPod, bad})));
}
