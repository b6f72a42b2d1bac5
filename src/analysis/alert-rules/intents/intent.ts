import type {Objective} from '../../reliability/burn-rate.ts';
import type {Labels, RuleSeverity} from '../rule.ts';

/** What every alert is given, whatever it watches. */
type Named = {
	/** CamelCase, as alerts are named. */
	readonly name: string;
	readonly severity: RuleSeverity;
	/** How long it must hold, such as `15m`; each kind of alert has its own usual time. */
	readonly for?: string;
	/** One alert for each value of these labels. */
	readonly by: readonly string[];
	readonly summary?: string;
	/** Link to what a person should do. */
	readonly runbook?: string | undefined;
	/** More labels that its alerts bear, such as the workload that they are about. */
	readonly labels?: Labels;
};

/** A value that a series must not pass. `expr` is a selector (`metric{label="value"}`); a counter is compared by its rate per second. */
export type ThresholdIntent = Named & {
	readonly kind: 'threshold';
	readonly selector: string;
	readonly isCounter: boolean;
	readonly aggregate: 'sum' | 'avg' | 'max' | 'min';
	readonly compare: '>' | '>=' | '<' | '<=';
	readonly threshold: number;
};

/** An expression of the person's own, without a comparison. Alerts bear the labels that it leaves. */
export type ExpressionIntent = Omit<Named, 'by'> &
	Pick<ThresholdIntent, 'compare' | 'threshold'> & {readonly kind: 'expression'; readonly expr: string};

/** The part of requests that failed, both counters. `threshold` lies between 0 and 1. */
export type RatioIntent = Named & {readonly kind: 'ratio'; readonly bad: string; readonly total: string; readonly threshold: number};

/** A quantile of a histogram of durations. `selector` is without `_bucket`. */
export type LatencyIntent = Named & {
	readonly kind: 'latency';
	readonly selector: string;
	readonly isNative: boolean;
	/** Between 0 and 1. */
	readonly quantile: number;
	/** Seconds. */
	readonly threshold: number;
	/** Seconds in one unit of the histogram; 1 if left out. */
	readonly unit?: number;
};

/** How fast the budget of an objective is used up. `slo` names it in its recordings. */
export type BurnIntent = Omit<Named, 'severity' | 'for'> & {
	readonly kind: 'burn';
	readonly slo: string;
	readonly objective: Objective;
	readonly bad: string;
	readonly total: string;
};

/** Series that must be there. */
export type AbsenceIntent = Omit<Named, 'by'> & {readonly kind: 'absence'; readonly selector: string};

/** Something that is used up: it would be full within the horizon at the pace of the window, and is used to `from` of it already. */
export type ExhaustionIntent = Named & {
	readonly kind: 'exhaustion';
	readonly used: string;
	readonly capacity: string;
	/** As Prometheus writes it, such as `6h`. */
	readonly window: string;
	readonly horizon: string;
	/** Between 0 and 1: what is nearly empty may grow as it likes. */
	readonly from: number;
	/** Between two samples, where that is longer than a minute. */
	readonly scrapeMs?: number;
};

export type Intent = ThresholdIntent | ExpressionIntent | RatioIntent | LatencyIntent | BurnIntent | AbsenceIntent | ExhaustionIntent;
