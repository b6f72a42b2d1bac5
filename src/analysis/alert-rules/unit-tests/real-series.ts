import {selectorText} from '../intents/selector-text.ts';
import type {Matcher, Selector} from '../promql/expression.ts';
import type {Labels} from '../rule.ts';

/** A series of the cluster: its labels, the metric's name as `__name__`, and a usual value where one is known (per second for counters). */
export type RealSeries = {readonly labels: Labels; readonly usual?: number};

/** The series that a selector picks. Matchers of expressions are anchored at both ends, and a label that is missing is empty. */
export const picked = ({metric, matchers}: Selector, all: readonly RealSeries[]): readonly RealSeries[] =>
	all.filter(
		({labels}) =>
			(metric === undefined || labels.__name__ === metric) && matchers.every(matcher => fits(matcher, labels[matcher.label] ?? '')),
	);

export function fits({op, value}: Pick<Matcher, 'op' | 'value'>, text: string): boolean {
	if (op === '=' || op === '!=') return (text === value) === (op === '=');
	return anchored(value).test(text) === (op === '=~');
}

/** A pattern as Prometheus anchors it. An expression of RE2 that JavaScript cannot read fits nothing. */
export function anchored(pattern: string): RegExp {
	try {
		return new RegExp(`^(?:${pattern})$`, 's');
	} catch {
		return /^(?!)/;
	}
}

/**
 * Labels that a selector would pick, from those of a series near it: labels that do not fit get the value that the matcher names.
 * @returns undefined where no such value is found
 */
export function madeToFit({metric, matchers}: Selector, near: Labels): Labels | undefined {
	const made: Record<string, string> = {...near, ...(metric === undefined ? {} : {__name__: metric})};
	for (const matcher of matchers) {
		const {label, value} = matcher;
		const wanted = [made[label] ?? '', value, example(value), 'other'].find(text => fits(matcher, text));
		if (wanted === undefined) return undefined;
		made[label] = wanted;
	}
	return made;
}

/** A text for the patterns that people write: `5..` gives `500`, `(GET|PUT)` gives `GET`. */
const example = (pattern: string) =>
	(pattern.replace(/[()^$]|\?:/g, '').split('|')[0] ?? '')
		.replace(/\.[*]/g, '')
		.replace(/\[(.)[^\]]*\]/g, '$1')
		.replace(/\\d/g, '0')
		.replace(/\+/g, '')
		.replace(/\./g, '0');

/** A series as promtool reads it. */
export function seriesText(labels: Labels): string {
	const {__name__: metric = '', ...others} = labels;
	return selectorText({
		metric,
		matchers: Object.entries(others).map(([label, value]) => ({label, op: '=', value})),
	});
}
