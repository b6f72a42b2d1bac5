/** One value of a counter. Counters of one group are one program's: they are started anew together. */
export type CounterRow = {readonly group: string; readonly key: string; readonly value: number};

/** `isAnew`: its program was started anew since the look before. */
export type Growth = {readonly grown: number; readonly isAnew: boolean};

/**
 * How much counters grew between two looks, exact where `increase()` would stretch. A counter that is smaller than before was
 * started anew, and with it all of its group: they count from zero. A group that was not there before counts from zero if `isNew`
 * says so; otherwise it only begins, because a life's requests are not those of one interval. A key that a known group has for the first
 * time counts from zero.
 */
export function counterGrowth() {
	const seen = new Map<string, ReadonlyMap<string, number>>();
	return <Row extends CounterRow>(rows: readonly Row[], isNew: (group: string) => boolean): readonly (Row & Growth)[] =>
		[...Map.groupBy(rows, ({group}) => group)].flatMap(([group, members]) => {
			const known = seen.get(group);
			const isAnew = members.some(({key, value}) => value < (known?.get(key) ?? 0));
			const before = isAnew ? new Map<string, number>() : (known ?? new Map<string, number>());
			seen.set(group, new Map([...before, ...members.map(({key, value}) => [key, value] as const)]));
			const begins = known === undefined && !isNew(group);
			return members.map(row => ({...row, grown: begins ? 0 : row.value - (before.get(row.key) ?? 0), isAnew}));
		});
}
