/** Characters of JSON that one answer of a tool may hold: about 8,000 tokens at four characters a token. */
export const answerCharacters = 32_000;

/**
 * As many rows from the front as fit into the budget of one answer, at least one, so that a cursor always moves.
 * @param characters JSON characters that the rows may hold together
 * @param told the row as those read it for whom the budget is
 */
export function fittingRows<Row>(
	rows: readonly Row[],
	characters = answerCharacters,
	told: (row: Row) => unknown = row => row,
): readonly Row[] {
	let used = 0;
	const end = rows.findIndex(row => {
		used += JSON.stringify(told(row)).length + 1;
		return used > characters;
	});
	return end === -1 ? rows : rows.slice(0, Math.max(1, end));
}

/** Where a cursor of ours points: the number of rows already shown. Anything else starts from the front. */
export const offsetOf = (cursor: string | undefined) => (cursor !== undefined && /^\d{1,9}$/.test(cursor) ? Number(cursor) : 0);
