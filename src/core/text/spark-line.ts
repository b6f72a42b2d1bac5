/** Eight heights, the lowest first. */
const bars = [...'▁▂▃▄▅▆▇█'];
/** Ten heights that every terminal has, and that can be read aloud. */
const digits = [...'0123456789'];

export type Scale = {readonly bottom: number; readonly top: number};

/** Values as heights between the ends of a scale, one column each; `·` (`-` without Unicode) where there is none. */
export function sparkLine(values: readonly (number | null)[], {bottom, top}: Scale, unicode: boolean): string {
	const heights = unicode ? bars : digits;
	const height = (value: number) => {
		const part = top === bottom ? 0 : (value - bottom) / (top - bottom);
		return heights[Math.round(Math.min(1, Math.max(0, part)) * (heights.length - 1))] ?? '';
	};
	return values.map(value => (value === null || Number.isNaN(value) ? (unicode ? '·' : '-') : height(value))).join('');
}

/** Fewer values for fewer columns: the mean of neighbours, those left out that are none. */
export function condensed(values: readonly (number | null)[], columns: number): readonly (number | null)[] {
	if (values.length <= columns) return values;
	return Array.from({length: columns}, (_, column) => {
		const [from, to] = [column, column + 1].map(edge => Math.floor((edge * values.length) / columns));
		const present = values.slice(from, to).filter(value => value !== null);
		return present.length === 0 ? null : present.reduce((sum, value) => sum + value, 0) / present.length;
	});
}
