import {type Line, lineWidth, span} from '../core/text/styled.ts';

/** Two blocks next to each other. No line of the left one may be wider than `leftWidth`; `gap` stands between them. */
export function beside(left: readonly Line[], right: readonly Line[], leftWidth: number, gap = '  '): readonly Line[] {
	return Array.from({length: Math.max(left.length, right.length)}, (_, row): Line => {
		const [one, other] = [left[row] ?? [], right[row] ?? []];
		return other.length === 0 && gap.trim() === ''
			? one
			: [...one, span(' '.repeat(Math.max(0, leftWidth - lineWidth(one)))), span(gap, 'dim'), ...other];
	});
}
