import {selectorText} from '../../../../analysis/alert-rules/intents/selector-text.ts';
import type {Unchecked} from '../../../../core/unchecked.ts';
import type {MetricsServer, Range} from '../../../../mcp/monitoring/port.ts';
import {curveOf} from '../../metrics/curve.ts';
import {gapOf} from '../../metrics/gaps.ts';
import {selectorsOf} from './read-knowledge.ts';

/** Moments that are asked for: where there was nothing, and not how much. */
const moments = 168;

/** What a rule asks for when something is gone needs no number to fire. */
const asksForAbsence = /\babsent(?:_over_time)?\s*\(/;

/**
 * A past of which nobody kept numbers: there an alert could not have fired, which is no sign that it would be quiet.
 * @param expr without the names of recordings
 */
export async function unseenPast(
	alert: string,
	expr: string,
	{metrics, range}: {metrics: MetricsServer; range: Range},
): Promise<Unchecked | undefined> {
	const selectors = selectorsOf({expr}).filter(({metric}) => metric !== undefined);
	if (selectors.length === 0 || asksForAbsence.test(expr)) return undefined;
	const present = [...new Set(selectors.map(selector => `count(${selectorText(selector)})`))].join(' or ');
	const stepMs = Math.max(range.stepMs, Math.ceil((range.toMs - range.fromMs) / moments / 1000) * 1000);
	const coarse = {...range, stepMs, fromMs: range.toMs - Math.floor((range.toMs - range.fromMs) / stepMs) * stepMs};
	const {value} = await metrics.range(present, coarse);
	const gap = value[0] === undefined ? 'all moments' : gapOf(curveOf(value[0], coarse).values);
	return gap === undefined ? undefined : {what: `the past of ${alert} at ${gap}`, why: 'there is no number of what it asks for'};
}
