import {boundsOf} from '../../../../core/chart/scale.ts';
import {boundsOfPanel, type DashboardPicture, type PanelPicture, type SeriesPicture} from '../../../../core/dashboard/dashboard-picture.ts';
import {valueText} from '../../../../core/dashboard/value-text.ts';
import {htmlText} from '../../../../core/text/html-text.ts';
import {condensed} from '../../../../core/text/spark-line.ts';

/** Units of the drawing; it is stretched to whatever room there is, the lines in it are not. */
const [width, height] = [1000, 100];
/** Of a curve: more are narrower than a pixel of most screens. */
const mostPoints = 240;
/** Colours that can be told from each other. */
export const colours = 6;

type Scale = {readonly bottom: number; readonly top: number};

const short = (value: number) => String(Math.round(value * 10) / 10);

const heightOf = (value: number, {bottom, top}: Scale) => height - ((value - bottom) / (top - bottom)) * height;

/** A curve as the path of an SVG, broken where there is no number; a number alone is a dot. */
function pathOf(values: readonly (number | null)[], scale: Scale): string {
	const points = condensed(values, mostPoints);
	const step = points.length < 2 ? 0 : width / (points.length - 1);
	const isGap = (at: number) => typeof points[at] !== 'number';
	return points
		.map((value, at) => {
			if (value === null) return '';
			const place = `${short(at * step)} ${short(heightOf(value, scale))}`;
			if (!isGap(at - 1)) return `L${place}`;
			return isGap(at + 1) ? `M${place}h.1` : `M${place}`;
		})
		.join('');
}

const line = (css: string, y: number, text: string) =>
	`<path class="${css}" d="M0 ${short(y)}H${width}"><title>${htmlText(text)}</title></path>`;

/** Where the version that runs began, if that is in the picture. */
function versionLine({from, to, rolledOutAt}: Time): string {
	if (rolledOutAt === undefined) return '';
	const part = (Date.parse(rolledOutAt) - Date.parse(from)) / (Date.parse(to) - Date.parse(from));
	if (!(part > 0 && part < 1)) return '';
	return `<path class="version" d="M${short(part * width)} 0V${height}"><title>This version began ${htmlText(rolledOutAt)}</title></path>`;
}

export type Time = Pick<DashboardPicture, 'from' | 'to' | 'rolledOutAt'>;

/** `14:05`, with the day where the picture is longer than one. All times of a page are UTC, which it says. */
function clockText(ms: number, {from, to}: Time): string {
	const iso = new Date(ms).toISOString();
	return Date.parse(to) - Date.parse(from) > 86_400_000 ? `${iso.slice(5, 10)} ${iso.slice(11, 16)}` : iso.slice(11, 16);
}

/** The curves of a panel with its axes. Words stand beside the drawing, so that they keep their size however narrow it gets. */
export function panelSvg(panel: PanelPicture, time: Time): string {
	const main = panel.series.filter(({isBound}) => !isBound);
	const {near} = boundsOfPanel(panel);
	const isBinary = panel.unit === 'bytes' || panel.unit === 'bytesPerSecond';
	const scale = boundsOf(
		[...main, ...near].flatMap(({values}) => values.filter(value => value !== null)),
		{isBinary},
	);
	const text = (value: number) => htmlText(valueText(value, panel.unit));
	const curve = ({legend, values}: SeriesPicture, css: string) =>
		`<path class="${css}" d="${pathOf(values, scale)}"><title>${htmlText(legend)}</title></path>`;
	const [fromMs, toMs] = [Date.parse(time.from), Date.parse(time.to)];
	const thresholds = panel.thresholds.filter(({at}) => at > scale.bottom && at <= scale.top);
	const drawn = [
		...[0, 0.5, 1].map(part => `<path class="grid" d="M0 ${short(part * height)}H${width}"/>`),
		...thresholds.map(({at, level}) => line(level, heightOf(at, scale), `from ${valueText(at, panel.unit)} on`)),
		versionLine(time),
		...near.map(series => curve(series, 'bound')),
		...main.map((series, at) => curve(series, `c${at % colours}`)),
	];
	const label = `${panel.title}, ${main.map(({legend, now}) => `${legend} ${now === null ? 'none' : valueText(now, panel.unit)}`).join(', ')}`;
	return [
		'<div class="plot">',
		`<div class="y"><span>${text(scale.top)}</span><span>${text((scale.top + scale.bottom) / 2)}</span><span>${text(scale.bottom)}</span></div>`,
		`<svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" role="img" aria-label="${htmlText(label)}">${drawn.join('')}</svg>`,
		`<div class="x">${[fromMs, (fromMs + toMs) / 2, toMs].map(ms => `<span>${clockText(ms, time)}</span>`).join('')}</div>`,
		'</div>',
	].join('');
}
