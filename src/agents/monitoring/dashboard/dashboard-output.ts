import * as z from 'zod';
import {dashboardLines} from '../../../core/dashboard/dashboard-lines.ts';
import {refSchema} from '../../../core/kube/ref-schema.ts';
import {measuredUnits} from '../../../core/text/measured-text.ts';
import {condensed} from '../../../core/text/spark-line.ts';
import {lineText} from '../../../core/text/styled.ts';
import {textTable} from '../../../core/text/text-table.ts';
import {uncheckedLines} from '../../../core/text/unchecked-lines.ts';
import type {View} from '../../../core/tool.ts';
import {uncheckedSchema} from '../../../core/unchecked.ts';
import {bySize, summaryOf} from '../metrics/curve.ts';
import type {CheckedLine, CheckedPanel} from './check-panels.ts';
import {legendText} from './panel.ts';
import type {ReadDashboard} from './read-dashboard.ts';

const series = z.object({
	legend: z.string(),
	/** That others are held against, such as a limit. */
	isBound: z.boolean(),
	/** Null where the newest moments have no number. */
	now: z.number().nullable(),
	mean: z.number(),
	most: z.number(),
	/** One for each moment of the range, the oldest first; null where there is none. */
	values: z.array(z.number().nullable()),
});

const panel = z.object({
	name: z.string(),
	title: z.string(),
	section: z.string(),
	unit: z.enum(measuredUnits),
	about: z.string(),
	thresholds: z.array(z.object({at: z.number(), level: z.enum(['warn', 'bad'])})),
	/** What the server was asked. */
	queries: z.array(z.string()),
	/** Bounds behind the others; those the largest first. */
	series: z.array(series),
	/** More series there were. */
	leftOut: z.number(),
});

export const dashboardSchema = z.object({
	title: z.string(),
	context: z.string(),
	source: z.string(),
	target: refSchema.optional(),
	from: z.iso.datetime(),
	to: z.iso.datetime(),
	readAt: z.iso.datetime(),
	stepSeconds: z.number(),
	/** When the version that runs began, where somebody rolls it out. */
	rolledOutAt: z.iso.datetime().optional(),
	panels: z.array(panel),
	/** Panels and lines that no series answers: there is no empty panel. */
	leftOut: z.array(uncheckedSchema),
	/** The page of one file, where that was asked for. */
	page: z.string().optional(),
});
export type ToldDashboard = z.output<typeof dashboardSchema>;

/** Of the answer in its compact form. */
const compactMoments = 12;

/** The course of each series in a few numbers. */
export const compactDashboard = {
	output: dashboardSchema,
	of: (told: ToldDashboard) => ({
		...told,
		panels: told.panels.map(each => ({
			...each,
			series: each.series.map(({values, ...one}) => ({
				...one,
				values: condensed(values, compactMoments).map(value => (value === null ? null : Number(value.toPrecision(3)))),
			})),
		})),
	}),
};

/** @param most series of a panel that are told, bounds aside */
export function toldPanel(
	{lines, ...draft}: CheckedPanel,
	{range}: ReadDashboard['sampling'],
	most: number,
): ToldDashboard['panels'][number] {
	const told = ({legend, isBound, curves}: CheckedLine) =>
		curves.toSorted(bySize(range)).flatMap(({labels, values}) => {
			const summary = summaryOf(values, range);
			if (summary === undefined) return [];
			const {now, mean, most: top} = summary;
			return [{legend: legendText(legend, labels), isBound, now, mean, most: top, values: [...values]}];
		});
	const main = lines.filter(({isBound}) => !isBound).flatMap(told);
	return {
		...draft,
		thresholds: [...draft.thresholds],
		queries: lines.map(({asked}) => asked),
		series: [...main.slice(0, most), ...lines.filter(({isBound}) => isBound).flatMap(told)],
		leftOut: Math.max(0, main.length - most),
	};
}

/** In a pipe: a line of tabs for each series, nothing drawn. */
function pipeLines({panels, to}: ToldDashboard, view: View): readonly string[] {
	return textTable({
		headers: ['PANEL', 'SERIES', 'UNIT', 'NOW', 'MEAN', 'MOST', 'AT'],
		rows: panels.flatMap(({name, unit, series: all}) =>
			all.map(({legend, now, mean, most}) => [name, legend, unit, now ?? '', mean, most, to]),
		),
		view,
	}).split('\n');
}

/** Every panel with its curves, in a pipe its figures; or the page that was asked for. */
export function dashboardText(told: ToldDashboard, view: View): string {
	if (told.page !== undefined) return told.page;
	if (view.terminal) return dashboardLines(told, view.width, view.nowMs, view.isPlain).map(lineText).join('\n');
	return [
		`${told.title} in ${told.context}, ${told.from} to ${told.to}: by ${told.source}`,
		...pipeLines(told, view),
		...uncheckedLines(told.leftOut, view),
	].join('\n');
}
