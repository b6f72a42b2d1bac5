/**
 * What it takes to judge a control: objects of the `api`; a program on the `node`; the provider's `cloud` API; or a `person`, where no machine can
 * tell, whatever it reads.
 */
type Needs = 'api' | 'node' | 'cloud' | 'person';

/** Which nodes a report must cover before a control of theirs has passed. */
export type OnNodes = 'control-plane' | 'every';

/** One demand of a benchmark. Its words are the project's own: those of a benchmark belong to its writers. */
export type Control = {
	/** As the benchmark numbers it. */
	readonly id: string;
	readonly title: string;
	/** Whether a machine can judge it, as the benchmark has it. Others are a person's, but what is seen to break them is told. */
	readonly automated: boolean;
	readonly needs: Needs;
	/** Ids of checks that must all pass. A check that there is not leaves the control unchecked. */
	readonly checks: readonly string[];
	readonly on?: OnNodes | undefined;
};

export type Section = {readonly id: string; readonly title: string; readonly controls: readonly Control[]};

/** A standard as data. */
export type Benchmark = {
	/** What a person types. */
	readonly name: string;
	/** With the version that the ids are of. */
	readonly title: string;
	/** As kube-bench names the same version; undefined where it knows no such benchmark. */
	readonly kubeBench?: string | undefined;
	/** Who passes an audit of it is said by a person, whatever the checks say. */
	readonly attested?: true;
	readonly sections: readonly Section[];
};

type Row = Omit<Control, 'id'>;

/** Judged by objects. */
export const api = (title: string, ...checks: readonly string[]): Row => ({title, automated: true, needs: 'api', checks});
/** Left to a person by the benchmark, though objects tell of it. */
export const review = (title: string, ...checks: readonly string[]): Row => ({title, automated: false, needs: 'api', checks});
/** Judged on nodes by a program there. */
export const node = (title: string, on: OnNodes = 'every'): Row => ({title, automated: true, needs: 'node', checks: [], on});
/** An argument of a component of the control plane, which its pod shows where there is one. */
export const argument = (title: string, check: string): Row => ({...api(title, check), on: 'control-plane'});
export const cloud = (title: string, automated = false): Row => ({title, automated, needs: 'cloud', checks: []});
/** Nothing but a person judges it; checks may still tell what breaks it. */
export const person = (title: string, ...checks: readonly string[]): Row => ({title, automated: false, needs: 'person', checks});

/** Numbers rows as benchmarks do: the section's id, a dot, and the place from 1 on. */
export const section = (id: string, title: string, rows: readonly Row[]): Section => ({
	...{id, title},
	controls: rows.map((row, index) => ({id: `${id}.${index + 1}`, ...row})),
});

export const controlsOf = ({sections}: Benchmark): readonly Control[] => sections.flatMap(({controls}) => controls);
