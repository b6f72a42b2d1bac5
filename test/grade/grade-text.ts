import type {Grade} from './grade-set.ts';

/** A grade as `--json` prints it. Ratios are 0 to 1; `score` of an empty set is 0, as nothing was shown. */
export function gradeReport(
	set: string,
	{right, total, score = total === 0 ? 0 : right / total, figures = {}, unsafe, misses, published, by, notes}: Grade,
) {
	return {
		set,
		right,
		total,
		score,
		...figures,
		...(unsafe === undefined ? {} : {unsafe}),
		...(by === undefined ? {} : {by}),
		misses,
		published,
		...(notes === undefined ? {} : {notes}),
	};
}

/** A grade for people: the figure first, then what was missed, then what others reach. */
export function gradeText(set: string, grade: Grade): string {
	const {right, total, unsafe, misses, published, by = {}, notes = [], figures = {}} = grade;
	const percent = (100 * gradeReport(set, grade).score).toFixed(2);
	return [
		`${set}: ${right} of ${total} right (${percent} %)${unsafe === undefined ? '' : `, ${unsafe} unsafe`}`,
		...Object.entries(by).map(
			([property, groups]) =>
				`${property}: ${Object.entries(groups)
					.map(([name, {right: some, total: all}]) => `${name} ${some}/${all}${all === 0 ? '' : ` (${((100 * some) / all).toFixed(1)} %)`}`)
					.join(', ')}`,
		),
		...Object.entries(figures).map(([name, figure]) => `${name}: ${figure.toFixed(4)}`),
		...notes,
		...misses.map(miss => `miss ${miss.case}\n  expected ${miss.expected}\n  got      ${miss.got}`),
		...Object.entries(published).map(([who, score]) => `${who}: ${score}`),
	].join('\n');
}
