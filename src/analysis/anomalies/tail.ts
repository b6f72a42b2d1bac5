/**
 * How a measure has been distributed so far: a histogram on a logarithmic axis whose memory fades. Some hundred numbers, whatever the
 * length of the series; plain, so that it survives JSON.
 */
export type Tail = {
	/** Weight that has been seen, and how much of it was nothing at all. */
	total: number;
	zeros: number;
	/** Bin of the first count; a bin is a twentieth of a unit of the natural logarithm, which is 5 % of the measure. */
	first: number;
	counts: number[];
	/** Rows until the memory fades the next time. */
	fadesIn: number;
};

const binsPerUnit = 20;
/** Measures that are e^50 apart are as good as nothing to each other. */
const mostBins = 1000;
/** Half of what was seen this many rows ago is forgotten: a month of five-minute rows. NAB scores alike from 5,000 to without end. */
const halfLife = 10_000;
const fadesEvery = 100;
/** Share of the measures that the tail is fitted to; alike from 0.02 to 0.1. */
const tailShare = 0.05;
const leastInTail = 10;
/** What is believed of a tail before there is one: that e-fold excesses fall with this exponent, as much as two observations say. */
const prior = {index: 0.3, weight: 2};

export const emptyTail = (): Tail => ({total: 0, zeros: 0, first: 0, counts: [], fadesIn: fadesEvery});

/**
 * How rare a measure as large as this would be: −log10 of the probability to see it or more, from what was seen before. Among the
 * largest twentieth the probability is extrapolated by a Pareto tail (Hill 1975), so that a record is not merely a record; but what
 * was seen, its own bin with it, is never called rarer than it was, as measures of counts have few values.
 */
export function rarity(tail: Tail, measure: number): number {
	if (tail.total === 0 || measure <= 0) return 0;
	const at = Math.log(measure) * binsPerUnit;
	const {from, mass, excess} = upperTail(tail);
	if (at < from) return rarityOf(tail, massAbove(tail, at));
	const index = (excess / binsPerUnit + prior.weight * prior.index) / (mass + prior.weight);
	const extrapolated = (at - from) / binsPerUnit / index / Math.LN10 + rarityOf(tail, mass);
	const seen = massAbove(tail, Math.floor(at));
	return Math.max(0, seen > 0.5 ? Math.min(extrapolated, rarityOf(tail, seen)) : extrapolated);
}

/** −log10 of the probability of what has this weight; half an observation more, as the next has its place between those seen. */
const rarityOf = ({total}: Tail, mass: number) => -Math.log10((mass + 0.5) / (total + 1));

/** The bins from which the largest measures begin, their weight, and the sum of their distances from there, in bins. */
function upperTail({total, first, counts}: Tail) {
	const wanted = Math.max(tailShare * total, Math.min(leastInTail, total / 3));
	let [mass, sum, bin] = [0, 0, counts.length];
	while (bin > 0 && mass < wanted) {
		bin--;
		mass += counts[bin] ?? 0;
		sum += (counts[bin] ?? 0) * (bin + 0.5);
	}
	return {from: first + bin, mass, excess: sum - mass * bin};
}

function massAbove({first, counts, total, zeros}: Tail, at: number): number {
	if (at < first) return total - zeros;
	const bin = Math.floor(at) - first;
	let mass = (counts[bin] ?? 0) * (1 - (at - Math.floor(at)));
	for (let above = bin + 1; above < counts.length; above++) mass += counts[above] ?? 0;
	return mass;
}

/** Remembers a measure, 0 or more. */
export function remember(tail: Tail, measure: number): void {
	tail.total++;
	if (measure <= 0) tail.zeros++;
	else count(tail, Math.floor(Math.log(measure) * binsPerUnit));
	tail.fadesIn--;
	if (tail.fadesIn === 0) fade(tail);
}

/** Counts one into a bin, for which room is made; what is far below the largest shares the lowest bin. */
function count(tail: Tail, bin: number): void {
	const {counts} = tail;
	if (counts.length === 0) tail.first = bin;
	while (bin < tail.first && counts.length < mostBins) {
		counts.unshift(0);
		tail.first--;
	}
	while (bin >= tail.first + counts.length) {
		counts.push(0);
		if (counts.length > mostBins) dropLowest(tail);
	}
	const at = Math.max(0, bin - tail.first);
	counts[at] = (counts[at] ?? 0) + 1;
}

function dropLowest(tail: Tail): void {
	const lowest = tail.counts.shift() ?? 0;
	tail.counts[0] = (tail.counts[0] ?? 0) + lowest;
	tail.first++;
}

function fade(tail: Tail): void {
	const left = 2 ** (-fadesEvery / halfLife);
	tail.total *= left;
	tail.zeros *= left;
	tail.counts.forEach((count, bin) => {
		tail.counts[bin] = count * left;
	});
	tail.fadesIn = fadesEvery;
}
