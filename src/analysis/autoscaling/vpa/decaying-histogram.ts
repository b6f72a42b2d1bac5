import type {Buckets} from './buckets.ts';
import {powerOfTwo} from './go-math.ts';
import {
	addSample,
	emptyHistogram,
	type Histogram,
	type HistogramCheckpoint,
	load,
	merge,
	saved,
	scale,
	subtractSample,
} from './histogram.ts';

/** A histogram in which a sample counts half as much as one that is a half-life younger. */
export type DecayingHistogram = {
	readonly halfLifeMs: number;
	readonly histogram: Histogram;
	/** When a sample has weight one; younger ones weigh more. */
	referenceMs: number;
};

export type DecayingCheckpoint = HistogramCheckpoint & {readonly referenceMs: number};

/** The zero of Go's time, from which it rounds and at which a reference starts. */
const goZeroMs = Date.parse('0001-01-01T00:00:00Z');
/** Half-lives after which the reference is moved, before weights grow beyond what a number holds. */
const mostHalfLives = 100;

export const emptyDecaying = (buckets: Buckets, halfLifeMs: number): DecayingHistogram => ({
	halfLifeMs,
	histogram: emptyHistogram(buckets),
	referenceMs: goZeroMs,
});

const rounded = (atMs: number, stepMs: number) => Math.floor((atMs - goZeroMs) / stepMs + 0.5) * stepMs + goZeroMs;

function moveReference(decaying: DecayingHistogram, toMs: number): void {
	const reference = rounded(toMs, decaying.halfLifeMs);
	scale(decaying.histogram, 2 ** Math.floor((decaying.referenceMs - reference) / decaying.halfLifeMs + 0.5));
	decaying.referenceMs = reference;
}

function decayFactor(decaying: DecayingHistogram, atMs: number): number {
	if (atMs > decaying.referenceMs + decaying.halfLifeMs * mostHalfLives) moveReference(decaying, atMs);
	return powerOfTwo((atMs - decaying.referenceMs) / decaying.halfLifeMs);
}

export function addDecaying(decaying: DecayingHistogram, value: number, weight: number, atMs: number): void {
	addSample(decaying.histogram, value, weight * decayFactor(decaying, atMs));
}

export function subtractDecaying(decaying: DecayingHistogram, value: number, weight: number, atMs: number): void {
	subtractSample(decaying.histogram, value, weight * decayFactor(decaying, atMs));
}

/** The same with its reference at another moment; the given one stays as it is. */
function movedTo(decaying: DecayingHistogram, referenceMs: number): DecayingHistogram {
	const copy = {...decaying, histogram: {...decaying.histogram, weights: decaying.histogram.weights.slice()}};
	moveReference(copy, referenceMs);
	return copy;
}

/** Adds what another one holds; both have the same buckets and half-life. */
export function mergeDecaying(decaying: DecayingHistogram, other: DecayingHistogram): void {
	const isOlder = other.referenceMs < decaying.referenceMs;
	if (decaying.referenceMs < other.referenceMs) moveReference(decaying, other.referenceMs);
	merge(decaying.histogram, (isOlder ? movedTo(other, decaying.referenceMs) : other).histogram);
}

export const savedDecaying = (decaying: DecayingHistogram): DecayingCheckpoint => ({
	...saved(decaying.histogram),
	referenceMs: decaying.referenceMs,
});

/** @throws RangeError as `load` */
export function loadDecaying(decaying: DecayingHistogram, checkpoint: DecayingCheckpoint): void {
	load(decaying.histogram, checkpoint);
	decaying.referenceMs = checkpoint.referenceMs;
}
