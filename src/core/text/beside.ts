import {type Line, lineWidth, span} from './styled.ts';

/** Two blocks next to each other with `gap` between them. No line of the left one may be wider than `leftWidth`. */
export function beside(left: readonly Line[], right: readonly Line[], leftWidth: number, gap: string): readonly Line[] {
	return Array.from({length: Math.max(left.length, right.length)}, (_, row): Line => {
		const [one, other] = [left[row] ?? [], right[row] ?? []];
		const filling = [span(' '.repeat(Math.max(0, leftWidth - lineWidth(one)))), span(gap, 'dim')];
		return other.length === 0 && gap.trim() === '' ? one : [...one, ...filling, ...other];
	});
}
