import {troubleOf} from '../../../core/error.ts';
import type {Metrics} from '../../../mcp/monitoring/port.ts';
import type {Sampling} from '../metrics/choose-step.ts';
import {type Curve, curveOf} from '../metrics/curve.ts';
import {concreteQuery, type PanelDraft, type PanelLine} from './panel.ts';

/** A line that is answered: its query with Grafana's variables, the same as it was asked, and what came. */
export type CheckedLine = {
	readonly name: string;
	readonly legend: string;
	readonly promql: string;
	readonly asked: string;
	readonly isBound: boolean;
	readonly curves: readonly Curve[];
};

export type CheckedPanel = Omit<PanelDraft, 'lines'> & {readonly lines: readonly CheckedLine[]};

type LeftOut = {readonly what: string; readonly why: string};

export type CheckedPanels = {readonly panels: readonly CheckedPanel[]; readonly leftOut: readonly LeftOut[]};

type Asking = {readonly metrics: Metrics; readonly sampling: Sampling; readonly namespace: string};

/** What a server says to one query, which says nothing of the others. */
const ofOneQuery = new Set(['bad-query', 'bad-range', 'too-many-series']);

type Answer = {readonly line: CheckedLine} | {readonly why: string};

async function answerTo({name, choices, needs, isBound = false}: PanelLine, {metrics, sampling, namespace}: Asking): Promise<Answer> {
	let refused: string | undefined;
	for (const {promql, legend} of choices) {
		const asked = concreteQuery(promql, {namespace, window: sampling.window});
		const series = await metrics.queryRange(asked, sampling.range).catch((error: unknown) => {
			const {code, what, why} = troubleOf(error);
			if (!ofOneQuery.has(code)) throw error;
			refused ??= why === undefined ? what : `${what}: ${why}`;
			return [];
		});
		const curves = series.map(each => curveOf(each, sampling.range)).filter(({values}) => values.some(value => value !== null));
		if (curves.length > 0) return {line: {name, legend, promql, asked, isBound, curves}};
	}
	return {why: refused ?? `there is no ${needs}`};
}

/** What is not drawn of a panel: all of it, or one of its lines by name. */
const nameOf = (panel: PanelDraft, {name}: PanelLine) =>
	panel.lines.length === 1 || panel.title.toLowerCase() === name ? panel.title : `${panel.title} ${name}`;

async function checkPanel(draft: PanelDraft, asking: Asking): Promise<CheckedPanels> {
	const answers = await Promise.all(draft.lines.map(line => answerTo(line, asking)));
	const lines = answers.flatMap(answer => ('line' in answer ? [answer.line] : []));
	const silent = answers.flatMap((answer, at) => ('why' in answer ? [{line: draft.lines[at] as PanelLine, why: answer.why}] : []));
	if (lines.some(({isBound}) => !isBound))
		return {panels: [{...draft, lines}], leftOut: silent.map(({line, why}) => ({what: nameOf(draft, line), why}))};
	// Bounds stand for nothing alone: the panel is missed for what it is about.
	const {why = ''} = silent.find(({line}) => line.isBound !== true) ?? {};
	return {panels: [], leftOut: [{what: draft.title, why}]};
}

/**
 * Asks every query of every panel in the time that is looked at. What no series answers is left out, and told with what would have to be there: a
 * dashboard has no empty panel.
 */
export async function checkPanels(drafts: readonly PanelDraft[], asking: Asking): Promise<CheckedPanels> {
	const checked = await Promise.all(drafts.map(draft => checkPanel(draft, asking)));
	return {panels: checked.flatMap(({panels}) => panels), leftOut: checked.flatMap(({leftOut}) => leftOut)};
}
