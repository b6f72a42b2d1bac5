import type {Aggregate} from './aggregate.ts';
import {type Amounts, scaledAmount, wholeAmount} from './amounts.ts';
import {power} from './go-math.ts';
import {percentileIn} from './histogram.ts';

/** Flags of the recommender, by their defaults. */
export type RecommenderSettings = {
	/** `--recommendation-margin-fraction` */
	readonly margin: number;
	/** `--pod-recommendation-min-cpu-millicores`, shared by the containers of a pod */
	readonly leastMillicores: number;
	/** `--pod-recommendation-min-memory-mb` */
	readonly leastMebibytes: number;
	/** Percentiles, 0 to 1. */
	readonly target: {readonly cpu: number; readonly memory: number};
	readonly lower: {readonly cpu: number; readonly memory: number};
	readonly upper: {readonly cpu: number; readonly memory: number};
	readonly confidenceMs: {readonly cpu: number; readonly memory: number};
};

const day = 86_400_000;
const both = (value: number) => ({cpu: value, memory: value});

/** @see pkg/recommender/config/config.go */
export const defaultRecommender: RecommenderSettings = {
	margin: 0.15,
	leastMillicores: 25,
	leastMebibytes: 250,
	target: both(0.9),
	lower: both(0.5),
	upper: both(0.95),
	confidenceMs: both(day),
};

/** Days of history by its length or its samples, one a minute, whichever is fewer. */
export function confidenceIn({firstMs, lastMs, samples}: Aggregate, intervalMs: number): number {
	const lifespan = firstMs === undefined || lastMs === undefined ? 0 : (lastMs - firstMs) / intervalMs;
	return Math.min(lifespan, samples / (intervalMs / 60_000));
}

/** An amount widened while history is short: (1 + multiplier / confidence) to the exponent. */
export const byConfidence = (amount: number, multiplier: number, exponent: number, confidence: number): number =>
	scaledAmount(amount, power(1 + multiplier / confidence, exponent));

export const withMargin = (amount: number, margin: number): number => amount + scaledAmount(amount, margin);

export type Bound = 'target' | 'lower' | 'upper';

/** How much history widens each bound. */
const widening = {target: undefined, lower: [0.001, -2], upper: [1, 1]} as const;

/** The percentile with its margin, and the bounds widened by how little is known. Millicores and bytes. */
export function estimate(aggregate: Aggregate, bound: Bound, settings: RecommenderSettings): Required<Amounts> {
	const widened = (amount: number, intervalMs: number) => {
		const how = widening[bound];
		return how === undefined ? amount : byConfidence(amount, how[0], how[1], confidenceIn(aggregate, intervalMs));
	};
	const cpu = withMargin(wholeAmount(percentileIn(aggregate.cpu.histogram, settings[bound].cpu) * 1000), settings.margin);
	const memory = withMargin(wholeAmount(percentileIn(aggregate.memoryPeaks.histogram, settings[bound].memory)), settings.margin);
	return {cpu: widened(cpu, settings.confidenceMs.cpu), memory: widened(memory, settings.confidenceMs.memory)};
}
