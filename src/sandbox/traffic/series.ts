export type Labels = Readonly<Record<string, string>>;

/** One line of a graph, computed when it is read. Times are milliseconds since 1970; `at` is asked for times within `from`…`until` only. */
export type Series = {
	/** With `__name__`, as Prometheus keeps them. */
	readonly labels: Labels;
	readonly from: number;
	/** Infinity while the thing that is measured lives. */
	readonly until: number;
	readonly at: (ms: number) => number;
	/** When a counter began anew, ascending: between these it never falls. Left out where that is not known, and of what is no counter. */
	readonly resets?: readonly number[] | undefined;
};

/** Everything that can be asked for, of the metrics whose names a query lets through: a source need not make the rest. */
export type SeriesSource = (isAsked: (name: string) => boolean) => readonly Series[];
