/** What one counter grew by. */
type Grown = {readonly group: string; readonly key: string; readonly grown: number};

type BothSides<Row> = {readonly canary: readonly Row[]; readonly stable: readonly Row[]};

/**
 * What counters of both sides grew by, until a look has both sides and takes it. A look that lacks one counts for neither, so what the other
 * one grew by waits for the next good look: else it would be missing beside what the first one counted meanwhile.
 */
export function waitingGrowth<Row extends Grown>() {
	const waiting = {canary: new Map<string, Row>(), stable: new Map<string, Row>()};
	let takenMs: number | undefined;
	let newestMs: number | undefined;
	return {
		/** @param atMs of the metrics server; missing where it told nothing */
		add(look: BothSides<Row>, atMs: number | undefined): void {
			for (const side of ['canary', 'stable'] as const) {
				for (const row of look[side]) {
					const id = `${row.group}\n${row.key}`;
					waiting[side].set(id, {...row, grown: row.grown + (waiting[side].get(id)?.grown ?? 0)});
				}
			}
			newestMs = atMs ?? newestMs;
			takenMs ??= newestMs;
		},
		/** All that was added since it was taken last; its time begins with the first look. */
		take(): BothSides<Row> & {readonly spanMs: number} {
			const taken = {canary: [...waiting.canary.values()], stable: [...waiting.stable.values()]};
			waiting.canary.clear();
			waiting.stable.clear();
			const spanMs = newestMs === undefined || takenMs === undefined ? 0 : newestMs - takenMs;
			takenMs = newestMs;
			return {spanMs, ...taken};
		},
	};
}
