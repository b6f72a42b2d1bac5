/** The part of a list that is shown, so that the selected row is in it. */
export function windowed<Item>(items: readonly Item[], selected: number, rows: number): readonly Item[] {
	const first = Math.max(0, Math.min(selected - Math.floor(rows / 2), items.length - rows));
	return items.slice(first, first + rows);
}
