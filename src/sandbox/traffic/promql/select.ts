import type {Labels, Series, SeriesSource} from '../series.ts';
import {type Matcher, QueryError, type Range, type Sample, type Selector, type Value} from './syntax.ts';

/** How often the embedded Prometheus scrapes. */
const scrapeMs = 15_000;
/** An instant selector looks back this far for a sample, as Prometheus does by default. */
const lookbackMs = 300_000;

/** Reads the samples that a selector sees at a moment. A range is open at its start and closed at its end, as in Prometheus 3. */
export function select(selector: Selector, atMs: number, source: SeriesSource): Value {
	const found = matching(selector, source);
	const toMs = atMs - selector.offsetMs;
	if (selector.rangeMs === undefined) {
		const elements = found.flatMap(series => {
			const ms = lastScrape(series, toMs);
			return ms === undefined ? [] : [{labels: series.labels, value: series.at(ms), ms}];
		});
		return {kind: 'vector', elements};
	}
	const fromMs = toMs - selector.rangeMs;
	const ranges = found.map((series): Range => ({labels: series.labels, samples: samplesOf(series, fromMs, toMs), fromMs, toMs}));
	return {kind: 'matrix', ranges: ranges.filter(({samples}) => samples.length > 0)};
}

/** The series that the matchers let through. */
export function matching({name, matchers}: Pick<Selector, 'name' | 'matchers'>, source: SeriesSource): readonly Series[] {
	const named = name ?? matchers.find(({label, operator}) => label === '__name__' && operator === '=')?.value;
	const tests = matchers.map(testOf);
	return source(named).filter(({labels}) => (named === undefined || labels.__name__ === named) && tests.every(test => test(labels)));
}

function testOf({label, operator, value}: Matcher): (labels: Labels) => boolean {
	if (operator === '=') return labels => (labels[label] ?? '') === value;
	if (operator === '!=') return labels => (labels[label] ?? '') !== value;
	const pattern = patternOf(value);
	return labels => pattern.test(labels[label] ?? '') === (operator === '=~');
}

function patternOf(value: string) {
	try {
		return new RegExp(`^(?:${value})$`, 's');
	} catch {
		throw new QueryError(`parse error: error parsing regexp: ${value.slice(0, 100)}`);
	}
}

/** A series that has ended is stale one scrape later; one that lives was scraped at the last full interval. */
function lastScrape({from, until}: Series, atMs: number): number | undefined {
	const ms = Math.floor(atMs / scrapeMs) * scrapeMs;
	return ms >= from && ms <= until && atMs - ms < lookbackMs ? ms : undefined;
}

function samplesOf({from, until, at}: Series, fromMs: number, toMs: number): readonly Sample[] {
	const samples: Sample[] = [];
	const start = Math.max(fromMs + 1, from);
	const end = Math.min(toMs, until);
	for (let ms = Math.ceil(start / scrapeMs) * scrapeMs; ms <= end; ms += scrapeMs) samples.push({ms, value: at(ms)});
	return samples;
}
