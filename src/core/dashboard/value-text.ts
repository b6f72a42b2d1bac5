import {type MeasuredUnit, measuredText} from '../text/measured-text.ts';

/** A value with three telling digits, as an axis and the numbers beside it need them: `0.15 %` is not `0.1 %`. */
export const valueText = (value: number, unit: MeasuredUnit) =>
	unit === 'ratio' && Number.isFinite(value) ? `${Number((value * 100).toPrecision(3))} %` : measuredText(value, unit);
