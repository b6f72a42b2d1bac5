import type {Finding, FoundRemedy} from '../../core/finding.ts';
import type {Ref} from '../../core/kube/kube-object.ts';
import type {Point} from './theil-sen.ts';
import type {TimeLeft} from './time-left.ts';

/** Something that works now and will not. */
export type Forecast = {
	/** Stable, such as `memory-leak`. */
	readonly id: ForecastId;
	readonly severity: Finding['severity'];
	readonly resource?: Ref | undefined;
	readonly path?: string | undefined;
	readonly cause: string;
	readonly evidence: readonly {readonly source: string; readonly detail: string}[];
	/** Absent where it is a matter of load and not of time. */
	readonly timeLeft?: TimeLeft | undefined;
	readonly remedies: readonly FoundRemedy[];
};

export type ForecastId =
	| 'memory-leak'
	| 'volume-filling'
	| 'volume-inodes-filling'
	| 'node-disk-filling'
	| 'quota-filling'
	| 'quota-below-autoscaler-maximum'
	| 'room-below-autoscaler-maximum'
	| 'certificate-expires'
	| 'restarts-rising';

/** A series as a metrics server tells it. */
export type LabelledSeries = {readonly labels: {readonly [name: string]: string}; readonly points: readonly Point[]};

/** What came of looking at many series of one kind. */
export type Forecasts = {
	readonly found: readonly Forecast[];
	/** Series that were judged. */
	readonly looked: number;
	readonly notChecked: readonly {readonly what: string; readonly why: string}[];
};
