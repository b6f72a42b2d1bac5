import {parser} from '@prometheus-io/lezer-promql';
import {durationMs} from './duration-ms.ts';

/** How far back an expression looks by `offset` at most, in milliseconds; undefined where that is computed, or where `@` names a moment. */
export function timeShift(text: string): number | undefined {
	const shifts: (number | undefined)[] = [0];
	parser
		.configure({top: 'PromQL'})
		.parse(text)
		.iterate({
			enter: ({name, from, to, node}) => {
				// The present of the evaluation, and of a test, is both ends of its range.
				if (name === 'StepInvariantExpr' && node.getChild('AtModifierPreprocessors') === null) shifts.push(undefined);
				if (name === 'OffsetDurationExpr') shifts.push(durationMs(text.slice(from, to).replace(/^-\s*/, '')));
			},
		});
	return shifts.reduce((most, shift) => (most === undefined || shift === undefined ? undefined : Math.max(most, shift)), 0);
}
