import {emptyTail, rarity, remember, type Tail} from './tail.ts';

/** Which shape is looked at: its length, how far back the past goes, and the way from one past shape to the next, all in points. */
export type Shape = {readonly length: number; readonly history: number; readonly stride: number};

/** How new the shapes of one length were so far; `rarity` is the latest. */
export type Novelty = {readonly distances: Tail; shapes: number; rarity: number};

export const noNovelty = (): Novelty => ({distances: emptyTail(), shapes: 0, rarity: 0});

/** Distances that have to be known before one is called rare. */
const leastShapes = 20;

/**
 * Compares the latest points with every shape of the past that they do not overlap. The distance to the most alike, against how far
 * shapes were from their past so far, says how new this one is (KNN-CAD, Burnaev and Ishimtsev 2016). What has no likeness may be a
 * spike, a new level, a beat that a season missed or a service that idles: one measure for all. Sets `rarity` to −log10 of the
 * probability of a shape this new.
 */
export function observeShape(novelty: Novelty, points: readonly number[], shape: Shape): void {
	const distance = nearestDistance(points, shape);
	if (distance === undefined) return;
	novelty.rarity = novelty.shapes < leastShapes ? 0 : rarity(novelty.distances, distance);
	remember(novelty.distances, distance);
	novelty.shapes++;
}

/** Mean absolute difference to the most alike shape of the past; nothing while there is no past of two shapes. */
function nearestDistance(points: readonly number[], {length, history, stride}: Shape): number | undefined {
	const last = points.length - 1;
	if (last < 2 * length) return undefined;
	const oldest = Math.max(length - 1, last - history);
	let nearest = Number.POSITIVE_INFINITY;
	for (let end = last - length; end >= oldest; end -= stride) nearest = distance(points, last, end, length, nearest);
	return nearest <= rounding * length * largest(points, length) ? 0 : nearest / length;
}

/** Sum of absolute differences of two shapes by their ends; the limit where it is not below. */
function distance(points: readonly number[], one: number, other: number, length: number, limit: number): number {
	let sum = 0;
	for (let back = 0; back < length && sum < limit; back++) {
		sum += Math.abs((points[one - back] as number) - (points[other - back] as number));
	}
	return Math.min(sum, limit);
}

/** Differences below this share of the values are what averaging leaves of nothing. */
const rounding = 1e-9;

function largest(points: readonly number[], length: number): number {
	let size = 0;
	for (let at = points.length - length; at < points.length; at++) size = Math.max(size, Math.abs(points[at] as number));
	return size;
}
