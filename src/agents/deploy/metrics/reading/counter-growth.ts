/** One value of a counter. Counters of one group are one program's: they are started anew together. */
export type CounterRow = {readonly group: string; readonly key: string; readonly value: number};

/** `isAnew`: it counts from zero since the look before, alone or with its program; of sums, one of the group fell. */
export type Growth = {readonly grown: number; readonly isAnew: boolean};

type Known = ReadonlyMap<string, number>;

/**
 * How much counters grew between two looks, exact where `increase()` would stretch. A group that was not there before counts from zero if `isNew`
 * says so; otherwise it only begins, because a life's requests are not those of one interval. A key that a known group has for the first
 * time counts from zero.
 *
 * One that is smaller than before began anew. If no other of its group stayed or grew, the program was started anew, and all of them count from zero.
 * If one did, the program either lives on and only forgot a series that nobody used, as Envoy does, or it was started anew and that one is past its
 * former value already. By the numbers nobody can tell, so each counts what is certain in both cases: the smaller one from zero, the others from their
 * former value. After a new start that misses at most what they had before, which they then grew by again within one look; the other reading would
 * count all of a program's life, days of it, as one look.
 *
 * Sums of series (`areSums`) fall by what a forgotten one had, and their value says nothing about how much came since: a group with one that fell counts
 * nothing in that look, its successes no more than its failures.
 */
export function counterGrowth() {
	const seen = new Map<string, Known>();
	return <Row extends CounterRow>(
		rows: readonly Row[],
		isNew: (group: string) => boolean,
		{areSums = false}: {readonly areSums?: boolean} = {},
	): readonly (Row & Growth)[] =>
		[...Map.groupBy(rows, ({group}) => group)].flatMap(([group, members]) => {
			const known = seen.get(group);
			const isFresh = !areSums && isStartedAnew(members, known);
			const before: Known = isFresh ? new Map() : (known ?? new Map());
			seen.set(group, new Map([...before, ...members.map(({key, value}) => [key, value] as const)]));
			const counts = known === undefined ? isNew(group) : !areSums || !members.some(row => hasFallen(row, known));
			return members.map(row => {
				const isAnew = isFresh || hasFallen(row, known);
				const from = isAnew ? 0 : (before.get(row.key) ?? 0);
				return {...row, grown: counts ? row.value - from : 0, isAnew};
			});
		});
}

const hasFallen = ({key, value}: CounterRow, known: Known | undefined) => value < (known?.get(key) ?? 0);

/** Whether one fell, and none that counted something stayed or grew. */
const isStartedAnew = (members: readonly CounterRow[], known: Known | undefined) =>
	members.some(row => hasFallen(row, known)) && members.every(row => (known?.get(row.key) ?? 0) === 0 || hasFallen(row, known));
