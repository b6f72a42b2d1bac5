type Cell = string | number | boolean | null;

/** Words of the server's own columns that mean all is well. */
const healthyWords = new Set(['Running', 'Completed', 'Succeeded', 'Ready', 'Active', 'Bound', 'Available', 'Complete', 'Healthy', 'True']);

/**
 * Judges a row of the server's table by its columns: `word` to count by, `healthy` undefined where the columns do not tell.
 * Reads Status, `Ready` as `2/3`, and Desired beside Ready.
 */
export function rowHealth(
	columns: readonly string[],
	cells: readonly Cell[],
): {readonly word: string; readonly healthy: boolean | undefined} {
	const cell = (name: string) => cells[columns.indexOf(name)];
	const status = cell('Status') ?? cell('Phase');
	const [, ready, wanted] = /^(\d+)\/(\d+)$/.exec(String(cell('Ready') ?? '')) ?? [];
	const desired = typeof cell('Desired') === 'number' ? Number(cell('Desired')) : undefined;
	const count = ready === undefined ? (typeof cell('Ready') === 'number' ? Number(cell('Ready')) : undefined) : Number(ready);
	const goal = wanted === undefined ? desired : Number(wanted);
	const complete = count === undefined || goal === undefined ? undefined : count >= goal;
	if (typeof status === 'string' && status !== '') {
		const ended = status === 'Completed' || status === 'Succeeded' || status === 'Complete';
		const healthy = healthyWords.has(status) && (ended || complete !== false);
		return {word: status === 'Running' && !healthy ? 'Running but not ready' : status, healthy};
	}
	if (complete === undefined) return {word: '', healthy: undefined};
	return {word: complete ? 'ready' : 'not ready', healthy: complete};
}
