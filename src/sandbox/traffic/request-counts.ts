import {fateOf} from '../life/kubelet/image-rules.ts';

import {wobble} from './load-profile.ts';
import type {PodHistory, Serving} from './pod-history.ts';

/** Share of requests that ask for what is not there. */
const notFoundRatio = 0.005;
/** Spread of the answer times around their median, in the exponent. */
const sigma = 0.5;

/** Upper bounds of the histogram, in seconds, as client libraries have them by default. */
export const bucketBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** When the run of the container began that was under way at a moment; counters start there at zero. */
export const runStart = ({starts}: PodHistory, ms: number) => starts.findLast(start => start <= ms) ?? starts[0] ?? ms;

/** Requests that a pod has answered for a service in its present run, not rounded. `noise` varies the rhythm. */
function requests(history: PodHistory, {spans}: Serving, ms: number, noise: (ms: number) => number): number {
	const begin = runStart(history, ms);
	let sum = 0;
	for (const {fromMs, toMs, share, stream} of spans) {
		const from = Math.max(fromMs, begin);
		const to = Math.min(toMs, ms);
		if (to > from) sum += share * (stream.load.total(to) - stream.load.total(from) + stream.perSecond * (noise(to) - noise(from)));
	}
	return sum;
}

/** The counters of one pod and service, each a function of the time. */
export function requestCounts(history: PodHistory, serving: Serving) {
	const {pod} = history;
	const main = pod.spec.containers[0];
	const fate = main && fateOf(pod, main);
	const errorRatio = fate?.errorRatio ?? 0;
	const medianSeconds = (fate?.latencyMs ?? 40) / 1000;
	const uid = pod.metadata.uid ?? '';
	const steady = wobble(`${uid}/all`, 0.04, 47_000);
	const jumpy = wobble(`${uid}/errors`, 0.35, 53_000);
	const all = (ms: number) => requests(history, serving, ms, steady);
	return {
		all,
		code: {
			'200': (ms: number) => Math.floor(all(ms) * (1 - errorRatio - notFoundRatio)),
			'404': (ms: number) => Math.floor(all(ms) * notFoundRatio),
			'500': (ms: number) => Math.floor(errorRatio * requests(history, serving, ms, jumpy)),
		},
		bucket: (bound: number) => (ms: number) => Math.floor(all(ms) * below(bound, medianSeconds)),
		count: (ms: number) => Math.floor(all(ms)),
		seconds: (ms: number) => all(ms) * medianSeconds * Math.exp(sigma ** 2 / 2),
	};
}

/** Share of a log-normal spread below a bound. */
const below = (bound: number, median: number) => (bound === Number.POSITIVE_INFINITY ? 1 : normal(Math.log(bound / median) / sigma));

/** The normal distribution function. @see Abramowitz and Stegun 7.1.26, error below 1.5e-7 */
function normal(x: number): number {
	const z = Math.abs(x) / Math.SQRT2;
	const t = 1 / (1 + 0.3275911 * z);
	const tail = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t * Math.exp(-z * z);
	return x < 0 ? tail / 2 : 1 - tail / 2;
}
