import {selectorsIn} from '../promql/expression.ts';
import {fits} from '../unit-tests/real-series.ts';
import type {Lint, Said} from './lint.ts';

/** A metric that nobody tells: the alert never fires, or `absent` always does. */
export const metricKnown: Lint = ({expression}, {metrics}) =>
	selectorsIn(expression).flatMap(({metric, at}): readonly Said[] =>
		metric === undefined || metrics === undefined || metrics.has(metric)
			? []
			: [
					{
						...{id: 'metric/unknown', severity: 'error', field: 'expr', at},
						reason: `there is no series of ${metric}`,
						remedy: 'Correct the name, or see to it that its exporter is scraped.',
					},
				],
	);

/** A matcher that none of the metric's series fits, alone. */
export const matcherFits: Lint = ({expression}, {seriesOf}) =>
	selectorsIn(expression).flatMap(({metric, matchers}) => {
		const series = metric === undefined ? undefined : seriesOf(metric);
		if (series === undefined) return [];
		return matchers
			.filter(matcher => series.every(labels => !fits(matcher, labels[matcher.label] ?? '')))
			.map(({label, op, value, at}): Said => {
				const isThere = series.some(labels => labels[label] !== undefined);
				return {
					...{id: isThere ? 'matcher/value-unknown' : 'matcher/label-unknown', field: 'expr', at},
					// A value that is not there now, such as an error code, may come.
					severity: isThere ? 'info' : 'warning',
					reason: isThere ? `no series of ${metric} has ${label}${op}"${value}" now` : `no series of ${metric} has the label ${label}`,
					remedy: isThere ? 'Check how the value is written; leave it where it comes with the fault.' : 'Use a label that the metric has.',
				};
			});
	});

/** Regular expressions of PromQL are anchored, and dear where a plain value would do. */
export const regexNeeded: Lint = ({expression}) =>
	selectorsIn(expression).flatMap(({matchers}) =>
		matchers.flatMap(({op, value, at}): readonly Said[] => {
			if (op !== '=~' && op !== '!~') return [];
			const said = {severity: 'info', field: 'expr', at} as const;
			if (/^\^|[^\\]\$$/.test(value)) {
				return [{...said, id: 'regex/anchored', reason: 'matchers are anchored at both ends already', remedy: 'Leave out ^ and $.'}];
			}
			if (/^[\w:/ -]*$/.test(value)) {
				const plain = op === '=~' ? '=' : '!=';
				return [{...said, id: 'regex/plain', reason: `"${value}" is no pattern`, remedy: `Write ${plain} instead of ${op}.`}];
			}
			if (value === '.*') {
				const reason = op === '=~' ? 'it fits every series' : 'it fits no series';
				return [{...said, severity: op === '=~' ? 'info' : 'error', id: 'regex/all', reason, remedy: 'Leave the matcher out.'}];
			}
			return [];
		}),
	);
