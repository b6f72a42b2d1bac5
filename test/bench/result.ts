import type {Sample} from './launcher.ts';
import type {Load} from './load/populate.ts';
import type {ScreenResult} from './screens.ts';
import {type Spread, spreadOf} from './statistics.ts';

/** The most that mkcoa may take, as a share of what kubectl takes. */
export type Goal = {readonly wallMs?: number; readonly peakRssMb?: number};

const quantities = ['wallMs', 'cpuMs', 'peakRssMb'] as const;
export type Quantity = (typeof quantities)[number];
type ByQuantity = Readonly<Record<Quantity, Spread>>;

/** Requests of one run, as the server's audit log tells them. */
export type Requests = {readonly count: number /** Their durations at the server, added up. */; readonly serverMs: number};

export type SideResult = {
	readonly title: string;
	readonly samples: readonly Sample[];
	readonly spread: ByQuantity;
	readonly requests: Requests;
	/** mkcoa divided by this side, run by run; left out for mkcoa itself. */
	readonly ratio?: ByQuantity;
};

export type CaseResult = {
	readonly name: string;
	readonly title: string;
	readonly remark?: string;
	readonly goal?: Goal;
	/** Whether the medians of the paired ratios keep the goal; left out where there is no goal. */
	readonly met?: boolean;
	/** mkcoa first, then kubectl as the goal means it, then others. */
	readonly sides: readonly SideResult[];
	/** Where mkcoa's time goes, measured when a goal is not met. */
	readonly reason?: readonly string[];
};

export type Machine = {
	readonly cpu: string;
	readonly cores: number;
	readonly memoryGb: number;
	readonly kernel: string;
	readonly node: string;
	/** Programs that wanted to run in the minute before, by the system's count. */
	readonly busy: number;
	readonly kubernetes: string;
	readonly mkcoa: string;
};

/** What one run of the benchmark found out; every sample is kept. */
export type BenchReport = {
	/** ISO 8601, UTC. */
	readonly date: string;
	readonly machine: Machine;
	readonly load: Load;
	readonly runs: number;
	readonly cases: readonly CaseResult[];
	readonly screens: readonly ScreenResult[];
};

const byQuantity = (values: (quantity: Quantity) => readonly number[]): ByQuantity =>
	// The keys are those of `quantities`, which Object.fromEntries cannot say.
	Object.fromEntries(quantities.map(quantity => [quantity, spreadOf(values(quantity))])) as ByQuantity;

export const spreadOfSamples = (samples: readonly Sample[]): ByQuantity => byQuantity(quantity => samples.map(sample => sample[quantity]));

/** Of samples that were taken in pairs: what slows the machine for a while slows both. */
export const pairedRatio = (samples: readonly Sample[], reference: readonly Sample[]): ByQuantity =>
	byQuantity(quantity => samples.map((sample, run) => sample[quantity] / (reference[run]?.[quantity] ?? Number.NaN)));

export const keepsGoal = (ratio: ByQuantity, goal: Goal): boolean =>
	ratio.wallMs.median <= (goal.wallMs ?? Number.POSITIVE_INFINITY) &&
	ratio.peakRssMb.median <= (goal.peakRssMb ?? Number.POSITIVE_INFINITY);
