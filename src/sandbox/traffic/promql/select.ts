import type {Labels, Series, SeriesSource} from '../series.ts';
import {type Matcher, QueryError, type Range, type Sample, type Selector, type Value} from './syntax.ts';

/** How often the embedded Prometheus scrapes. */
const scrapeMs = 15_000;
/** An instant selector looks back this far for a sample, as Prometheus does by default. */
const lookbackMs = 300_000;

/** Reads the samples that a selector sees at a moment of its series. A range is open at its start and closed at its end, as in Prometheus 3. */
export function select(selector: Selector, atMs: number, found: readonly Series[]): Value {
	const toMs = atMs - selector.offsetMs;
	if (selector.rangeMs === undefined) {
		const elements = found.flatMap(series => {
			const ms = lastScrape(series, toMs);
			return ms === undefined ? [] : [{labels: series.labels, value: series.at(ms), ms}];
		});
		return {kind: 'vector', elements};
	}
	const fromMs = toMs - selector.rangeMs;
	return {kind: 'matrix', ranges: found.map(series => rangeOf(series, fromMs, toMs)).filter(({count}) => count > 0)};
}

/** The series that the matchers let through. */
export function matching({name, matchers}: Pick<Selector, 'name' | 'matchers'>, source: SeriesSource): readonly Series[] {
	const tests = matchers.map(testOf);
	const ofName = matchers.filter(({label}) => label === '__name__').map(testOf);
	const isAsked = (each: string) => (name === undefined || each === name) && ofName.every(test => test({__name__: each}));
	return source(isAsked).filter(({labels}) => isAsked(labels.__name__ ?? '') && tests.every(test => test(labels)));
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

/** A series computes its samples when they are read: of thirty days a rate reads a handful. */
function rangeOf({labels, from, until, at, resets}: Series, fromMs: number, toMs: number): Range {
	const firstMs = Math.ceil(Math.max(fromMs + 1, from) / scrapeMs) * scrapeMs;
	const lastMs = Math.floor(Math.min(toMs, until) / scrapeMs) * scrapeMs;
	const count = Math.max(0, (lastMs - firstMs) / scrapeMs + 1);
	const sampled = (times: readonly number[]): readonly Sample[] => times.map(ms => ({ms, value: at(ms)}));
	const turningMs = (known: readonly number[]) => {
		const times = [firstMs];
		const note = (ms: number) => ms > (times.at(-1) ?? 0) && ms <= lastMs && times.push(ms);
		for (const reset of known) {
			const ms = Math.ceil(reset / scrapeMs) * scrapeMs;
			note(ms - scrapeMs);
			note(ms);
		}
		note(lastMs);
		return times;
	};
	return {
		labels,
		count,
		fromMs,
		toMs,
		get samples() {
			return sampled(Array.from({length: count}, (_, index) => firstMs + index * scrapeMs));
		},
		get turns() {
			return resets === undefined ? this.samples : sampled(turningMs(resets));
		},
	};
}
