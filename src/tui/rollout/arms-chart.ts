import type {Interval, MetricEvidence} from '../../core/canary-evidence.ts';
import {amountText} from '../../core/text/amount-text.ts';
import {condensed} from '../../core/text/spark-line.ts';
import {hanging, type Line, type Span, span} from '../../core/text/styled.ts';
import {padStart} from '../../core/text/text-width.ts';

const height = 6;
const mostColumns = 56;
const axisWidth = 9;
/** Columns of one look where there are few. */
const widestLook = 3;

const signs = {canary: '●', stable: '─', both: '◆', band: '░', none: ' '} as const;

/** From zero, unless something is below it, so that a small difference looks small. */
function topOf({canary, stable, within}: MetricEvidence): number {
	const values = [...canary.looks, ...stable.looks, within?.high].filter(value => value !== null && value !== undefined);
	return Math.max(0, ...values);
}

/** Row of a value, 0 on top. */
const rowOf = (value: number, top: number) =>
	top === 0 ? height - 1 : Math.round((1 - Math.min(1, Math.max(0, value / top))) * (height - 1));

const isIn = (band: Interval | undefined, row: number, top: number) =>
	band !== undefined && row >= rowOf(band.high, top) && row <= rowOf(band.low, top);

/** Neighbours of one kind are one piece. */
function pieces(cells: readonly (keyof typeof signs)[], isWorse: boolean): Line {
	const spans: Span[] = [];
	for (const cell of cells) {
		const tone = cell === 'canary' || cell === 'both' ? (isWorse ? 'bad' : 'accent') : cell === 'band' ? 'dim' : 'plain';
		const last = spans.at(-1);
		if (last?.tone === tone) spans[spans.length - 1] = {text: last.text + signs[cell], tone};
		else spans.push({text: signs[cell], tone});
	}
	return spans;
}

function cellOf(metric: MetricEvidence, top: number, row: number, canary: number | null, stable: number | null): keyof typeof signs {
	const isCanary = canary !== null && rowOf(canary, top) === row;
	const isStable = stable !== null && rowOf(stable, top) === row;
	if (isCanary) return isStable ? 'both' : 'canary';
	if (isStable) return 'stable';
	return isIn(metric.within, row, top) ? 'band' : 'none';
}

function legendLines({canary, stable, unit, within}: MetricEvidence, width: number): readonly Line[] {
	const value = (arm: MetricEvidence['canary']) =>
		arm.value === undefined ? 'nothing counted' : `${amountText(arm.value, unit)} of ${arm.samples}`;
	const band =
		within === undefined
			? ''
			: `   ${signs.band} canary at least ${amountText(within.low, unit)} and at most ${amountText(within.high, unit)}, each 95 % sure`;
	return hanging(
		[span(' '.repeat(axisWidth))],
		`${signs.canary} canary ${value(canary)}   ${signs.stable} stable ${value(stable)}${band}`,
		{width, tone: 'dim'},
	);
}

/**
 * Both versions over time on one scale, and the band in which the canary's true value lies:
 *
 *       5.0 % │      ●
 *             │░░░●░░░●
 *         0 % │─────────
 */
export function armsChart(metric: MetricEvidence, width: number): readonly Line[] {
	const {canary, stable, unit, verdict} = metric;
	const columns = Math.max(1, Math.min(mostColumns, width - axisWidth - 2));
	const length = Math.max(canary.looks.length, stable.looks.length);
	if (length === 0) return legendLines(metric, width);
	const top = topOf(metric);
	const [one, other] = [condensed(canary.looks, columns), condensed(stable.looks, columns)];
	const looks = Math.min(columns, length);
	const stretch = Math.max(1, Math.min(widestLook, Math.floor(columns / looks)));
	const rows = Array.from({length: height}, (_, row): Line => {
		const label = row === 0 ? amountText(top, unit) : row === height - 1 ? amountText(0, unit) : '';
		const cells = Array.from({length: looks * stretch}, (__, column) => {
			const look = Math.floor(column / stretch);
			// A look of the canary is a point; the stable version is a line.
			const isPoint = column % stretch === Math.floor(stretch / 2);
			return cellOf(metric, top, row, isPoint ? (one[look] ?? null) : null, other[look] ?? null);
		});
		return [span(`${padStart(label, axisWidth - 2)} │`, 'dim'), ...pieces(cells, verdict === 'fail')];
	});
	return [...rows, ...legendLines(metric, width)];
}
