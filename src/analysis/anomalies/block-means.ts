/** A series in a coarser grain: means of blocks of rows, the latest last. Plain, and bounded by twice its history. */
export type BlockMeans = {readonly points: number[]; sum: number; rows: number};

export const noBlocks = (): BlockMeans => ({points: [], sum: 0, rows: 0});

/** @returns whether a block became whole with this row */
export function addRow(means: BlockMeans, {block, history}: {readonly block: number; readonly history: number}, value: number): boolean {
	means.sum += value;
	means.rows++;
	if (means.rows < block) return false;
	means.points.push(means.sum / means.rows);
	means.sum = 0;
	means.rows = 0;
	// Moving them is paid once in as many blocks as stay.
	if (means.points.length >= 2 * history) means.points.splice(0, history);
	return true;
}
