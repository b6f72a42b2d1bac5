import {lineChart} from '../chart/line-chart.ts';
import {age} from '../text/age.ts';
import {emptyLine, type Line, span, type Tone} from '../text/styled.ts';
import {cutText, textWidth} from '../text/text-width.ts';
import {
	boundsOfPanel,
	type DashboardPicture,
	type PanelPicture,
	panelLevel,
	type SeriesPicture,
	shortLegends,
} from './dashboard-picture.ts';
import {valueText} from './value-text.ts';

/** Of a chart, without its axis. */
const chartRows = 4;
/** Curves that a chart of this size can hold. */
const mostCurves = 6;

const marks: {readonly [level in ReturnType<typeof panelLevel>]: readonly [mark: string, tone: Tone]} = {
	well: ['', 'strong'],
	warn: ['! ', 'warn'],
	bad: ['✗ ', 'bad'],
};

const nowText = ({now}: SeriesPicture, {unit}: PanelPicture) => (now === null ? 'none' : valueText(now, unit));

/** What each curve is called and where it is now, as many as a line holds: `used 412m  ···requests 500m  ↑limits 3`, whose limits lie above the chart. */
function legendText(panel: PanelPicture, width: number): string {
	const [names, {far}] = [shortLegends(panel), boundsOfPanel(panel)];
	const markOf = (series: SeriesPicture) => (far.includes(series) ? '↑' : series.isBound ? '···' : '');
	const words = panel.series.map((series, at) => `${markOf(series)}${names[at]} ${nowText(series, panel)}`);
	for (let shown = words.length; shown > 1; shown--) {
		const more = words.length - shown + panel.leftOut;
		const text = [...words.slice(0, shown), ...(more > 0 ? [`+${more}`] : [])].join('  ');
		if (textWidth(text) <= width) return text;
	}
	const more = words.length - 1 + panel.leftOut;
	const rest = more > 0 ? `  +${more}` : '';
	return `${cutText(words[0] ?? '', Math.max(1, width - textWidth(rest)))}${rest}`;
}

/** One number that stands for the panel, beside its title. */
const headOf = (panel: PanelPicture) => {
	const [first, ...others] = panel.series;
	return first !== undefined && others.length === 0 && panel.leftOut === 0 ? `: ${nowText(first, panel)}` : '';
};

/** A panel in at most `width` columns: title, what its curves are called and where they are, and the curves. */
export function panelLines(
	panel: PanelPicture,
	{from, to}: Pick<DashboardPicture, 'from' | 'to'>,
	width: number,
	isPlain = false,
): readonly Line[] {
	const [mark, tone] = marks[panelLevel(panel)];
	const title: Line = [span(cutText(`${mark}${panel.title}${headOf(panel)}`, width), tone)];
	const main = panel.series.filter(({isBound}) => !isBound);
	const isNamed = panel.series.length + panel.leftOut > 1 || !panel.title.toLowerCase().startsWith((main[0]?.legend ?? '').toLowerCase());
	const legend: readonly Line[] = isNamed ? [[span(legendText(panel, width), 'dim')]] : [];
	const spanMs = Date.parse(to) - Date.parse(from);
	if (panel.series.every(({values}) => values.every(value => value === null || value === 0)))
		return [title, [span(`none in ${age(spanMs)}`, 'dim')]];
	const curves = main.slice(0, mostCurves).map(({values}) => values);
	const chart = lineChart({
		values: curves[0] ?? [],
		beside: curves.slice(1),
		dotted: boundsOfPanel(panel).near.map(({values}) => values),
		fromAgoMs: spanMs,
		toAgoMs: 0,
		label: value => valueText(value, panel.unit),
		isBinary: panel.unit === 'bytes' || panel.unit === 'bytesPerSecond',
		width,
		rows: chartRows,
		isPlain,
	});
	return [title, ...legend, ...chart.map(line => (line === '' ? emptyLine : [span(line)]))];
}
