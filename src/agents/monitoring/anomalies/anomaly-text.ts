import {type Explanation, explanationText} from '../../../analysis/anomalies/explain.ts';
import {age} from '../../../core/text/age.ts';
import {type MeasuredUnit, measuredText} from '../../../core/text/measured-text.ts';

const weekMs = 7 * 86_400_000;

/** How often a series like it, that stays as it is, would show one as severe in a week. */
export const falseAlarmsPerWeek = (severity: number, stepMs: number) => weekMs / stepMs / 10 ** severity;

/** `one in 12 weeks of a series like it would be by chance` */
export function rarityText(perWeek: number): string {
	if (perWeek >= 1) return `by chance ${Number(perWeek.toPrecision(2))} a week in a series like it`;
	const weeks = 1 / perWeek;
	return `by chance one in ${weeks >= 520 ? 'ten years or more' : weeks < 1.5 ? 'a week' : `${Number(weeks.toPrecision(2))} weeks`} of a series like it`;
}

/** What is strange, in the unit of the series. */
export const strangeText = (explanation: Omit<Explanation, 'text'>, unit: MeasuredUnit, stepMs: number) =>
	explanationText(
		explanation,
		value => measuredText(value, unit),
		rows => age(rows * stepMs),
	);
