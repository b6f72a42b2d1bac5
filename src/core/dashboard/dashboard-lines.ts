import {age} from '../text/age.ts';
import {beside} from '../text/beside.ts';
import {someOf} from '../text/count.ts';
import {emptyLine, hanging, type Line, span} from '../text/styled.ts';
import type {DashboardPicture} from './dashboard-picture.ts';
import {panelLines} from './panel-lines.ts';

/** Two panels stand beside each other from here on. */
const pairWidth = 72;
const gap = '  ';
/** Wider charts tell no more. */
const widest = 160;

const ago = (ms: number) => (ms < 1000 ? 'now' : `${age(ms)} ago`);

/** How long ago the numbers of a picture were read. */
export const freshness = ({readAt}: Pick<DashboardPicture, 'readAt'>, nowMs: number) => `read ${ago(nowMs - Date.parse(readAt))}`;

/** Why the numbers are older than they should be; no line while they are not. */
export const troubleLines = ({trouble}: Pick<DashboardPicture, 'trouble'>, width: number): readonly Line[] =>
	trouble === undefined ? [] : hanging([span('! ', 'warn')], `Not read since: ${trouble}`, {width, tone: 'warn'});

const timeText = ({from, to, stepSeconds, rolledOutAt}: DashboardPicture, nowMs: number) => {
	const version = rolledOutAt === undefined ? '' : `; this version began ${ago(nowMs - Date.parse(rolledOutAt))}`;
	return `the last ${age(Date.parse(to) - Date.parse(from))}, a point each ${age(stepSeconds * 1000)}${version}`;
};

/** Panels in rows of two where there is room, and it is not read line by line. */
function gridLines({panels, ...time}: DashboardPicture, width: number, isPlain: boolean): readonly Line[] {
	if (width < pairWidth || isPlain)
		return panels.flatMap((panel, at) => [...(at === 0 ? [] : [emptyLine]), ...panelLines(panel, time, width, isPlain)]);
	const each = Math.floor((width - gap.length) / 2);
	return Array.from({length: Math.ceil(panels.length / 2)}, (_, row) => {
		const [left = [], right = []] = panels.slice(row * 2, row * 2 + 2).map(panel => panelLines(panel, time, each));
		return [...(row === 0 ? [] : [emptyLine]), ...beside(left, right, each, gap)];
	}).flat();
}

/** What is not on the dashboard, each reason once. */
function leftOutLines({leftOut}: DashboardPicture, width: number): readonly Line[] {
	if (leftOut.length === 0) return [];
	const byWhy = [...Map.groupBy(leftOut, ({why}) => why)];
	return [
		emptyLine,
		[span('Left out', 'strong')],
		...byWhy.flatMap(([why, list]) => hanging([span('  ')], `${someOf(list.map(({what}) => what))}: ${why}`, {width})),
	];
}

/** The panels, and what is not among them: what moves on a screen whose title says the rest. */
export function bodyLines(picture: DashboardPicture, width: number, isPlain = false): readonly Line[] {
	const columns = Math.min(width, widest);
	const none: readonly Line[] = hanging([], 'Nothing of this is measured, so there is no panel.', {width: columns});
	return [...(picture.panels.length === 0 ? none : gridLines(picture, columns, isPlain)), ...leftOutLines(picture, columns)];
}

/** Whose numbers they are, of which time, and who counts them. */
export const aboutLines = (picture: DashboardPicture, width: number, nowMs: number): readonly Line[] =>
	hanging([], `In ${picture.context}, by ${picture.source}: ${timeText(picture, nowMs)}`, {width, tone: 'dim'});

/** A whole dashboard in lines. */
export const dashboardLines = (picture: DashboardPicture, width: number, nowMs: number, isPlain = false): readonly Line[] => [
	...hanging([], `${picture.title} in ${picture.context}: ${timeText(picture, nowMs)}`, {width}),
	...hanging([], `By ${picture.source}, ${freshness(picture, nowMs)}`, {width, tone: 'dim'}),
	...troubleLines(picture, width),
	emptyLine,
	...bodyLines(picture, width, isPlain),
];
