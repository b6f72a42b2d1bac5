import {fateOf} from '../life/kubelet/image-rules.ts';
import type {Pod} from '../life/pod-shapes.ts';
import {wobble} from './load-profile.ts';
import type {Span} from './open-spans.ts';
import type {PodHistory, Serving} from './pod-history.ts';

/** Share of requests that ask for what is not there. */
const notFoundRatio = 0.005;
/** Spread of the answer times around their median, in the exponent. */
const sigma = 0.5;

/** Upper bounds of the histogram, in seconds, as client libraries have them by default. */
export const bucketBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** When the run of the container began that was under way at a moment; counters start there at zero. */
export const runStart = ({starts}: PodHistory, ms: number) => starts.findLast(start => start <= ms) ?? starts[0] ?? ms;

/** What was counted of a stream, and its noise, at one end of a span. */
type End = {ms: number; total: number; noise: number};

const unknown = (): End => ({ms: Number.NaN, total: 0, noise: 0});

/** Brings an end to a moment; one that stays costs nothing. */
function moved(end: End, ms: number, {load}: Span['stream'], noise: (ms: number) => number): End {
	if (end.ms === ms) return end;
	end.ms = ms;
	end.total = load.total(ms);
	end.noise = noise(ms);
	return end;
}

/**
 * Requests of the spans between two moments, not rounded.
 * @param noise varies the rhythm
 * @returns a function of the moments, which keeps the ends of the spans: from one scrape to the next only one of them moves
 */
export function sharedRequests(spans: readonly Span[], noise: (ms: number) => number = () => 0): (beginMs: number, ms: number) => number {
	const known: {readonly from: End; readonly to: End}[] = [];
	return (beginMs, ms) => {
		let sum = 0;
		for (const [index, {fromMs, toMs, share, stream}] of spans.entries()) {
			const ends = known[index] ?? {from: unknown(), to: unknown()};
			known[index] = ends;
			const fromTime = Math.max(fromMs, beginMs);
			const toTime = Math.min(toMs, ms);
			if (toTime <= fromTime) continue;
			const from = moved(ends.from, fromTime, stream, noise);
			const to = moved(ends.to, toTime, stream, noise);
			sum += share * (to.total - from.total + stream.perSecond * (to.noise - from.noise));
		}
		return sum;
	};
}

/** How a pod's main container answers: share of each code. */
export function answerRatios(pod: Pod) {
	const main = pod.spec.containers[0];
	const errorRatio = (main && fateOf(pod, main).errorRatio) ?? 0;
	return {'200': 1 - errorRatio - notFoundRatio, '404': notFoundRatio, '500': errorRatio};
}

type Sums = {readonly all: Map<number, number>; readonly failing: Map<number, number>};

/** Of one pod and service: a day of scrapes, and some. */
const mostOfOne = 8000;
/** Of all together, some 30 MB: however many pods there are, and were. */
const mostOfAll = 400_000;
/** What is kept of all, forgotten at once when it is full; what pods that are gone took up counts until then. */
const kept = {sums: new WeakMap<Serving, Sums & {readonly state: string}>(), amount: 0};

/**
 * What was counted of one pod and service, by the moment: every code and every bucket is a part of the same sum, and one question after the other is
 * about the same scrapes. Forgotten when the pod starts again or its share changes: spans are added and closed once, so that how many there are, and how many
 * of them are open, tells it of each of them.
 */
function keptSums({starts}: PodHistory, serving: Serving): Sums {
	if (kept.amount >= mostOfAll) {
		kept.sums = new WeakMap();
		kept.amount = 0;
	}
	const {spans} = serving;
	const open = spans.filter(({toMs}) => toMs === Number.POSITIVE_INFINITY);
	const state = [starts.length, starts.at(-1), spans.length, open.length].join();
	const known = kept.sums.get(serving);
	if (known?.state === state && Math.max(known.all.size, known.failing.size) < mostOfOne) return known;
	const fresh = {state, all: new Map<number, number>(), failing: new Map<number, number>()};
	kept.sums.set(serving, fresh);
	return fresh;
}

const remembered =
	(known: Map<number, number>, count: (ms: number) => number) =>
	(ms: number): number => {
		const found = known.get(ms);
		if (found !== undefined) return found;
		const made = count(ms);
		if (known.size < mostOfOne && kept.amount < mostOfAll) {
			known.set(ms, made);
			kept.amount += 1;
		}
		return made;
	};

/** The counters of one pod and service, each a function of the time. */
export function requestCounts(history: PodHistory, serving: Serving) {
	const {pod} = history;
	const main = pod.spec.containers[0];
	const medianSeconds = ((main && fateOf(pod, main).latencyMs) ?? 40) / 1000;
	const ratios = answerRatios(pod);
	const uid = pod.metadata.uid ?? '';
	const steady = wobble(`${uid}/all`, 0.04, 47_000);
	const jumpy = wobble(`${uid}/errors`, 0.35, 53_000);
	// A pod counts from zero again in each run of its container.
	const counted = (noise: (ms: number) => number) => {
		const requests = sharedRequests(serving.spans, noise);
		return (ms: number) => requests(runStart(history, ms), ms);
	};
	const sums = keptSums(history, serving);
	const all = remembered(sums.all, counted(steady));
	const failing = remembered(sums.failing, counted(jumpy));
	return {
		all,
		code: {
			'200': (ms: number) => Math.floor(all(ms) * ratios['200']),
			'404': (ms: number) => Math.floor(all(ms) * ratios['404']),
			'500': (ms: number) => Math.floor(ratios['500'] * failing(ms)),
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
