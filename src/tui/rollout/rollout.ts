import type {CanaryEvidence, MetricEvidence} from '../../core/canary-evidence.ts';
import type {Event} from '../../core/event.ts';
import {oneLine} from '../../core/text/one-line.ts';

/** Where the true value of a version lies, as far as its samples tell. In the metric's unit. */
export type Interval = {readonly low: number; readonly high: number};

/** One thing of a rollout and what belongs to it. */
export type TreeNode = {
	/** `Deployment web`, `web-7d9f-x2x1` */
	readonly name: string;
	readonly state: 'good' | 'moving' | 'bad';
	/** `3 of 5 ready`, `ImagePullBackOff` */
	readonly text: string;
	readonly children: readonly TreeNode[];
};

/** A metric of both versions, and how sure one can be of each. */
export type BandedMetric = MetricEvidence & {
	readonly bands: {readonly canary?: Interval | undefined; readonly stable?: Interval | undefined};
};

type RolloutState = 'running' | 'paused' | 'promoting' | 'aborting' | 'done' | 'failed';

/** A rollout as it is drawn. Times are milliseconds since 1970; weights are shares of the traffic, 0 to 1. */
export type Rollout = {
	/** What it does, as the plan says it. */
	readonly summary: string;
	/** Context and namespace. */
	readonly target: string;
	readonly state: RolloutState;
	readonly startedAt: number;
	readonly step?: {readonly index: number; readonly of: number; readonly title: string} | undefined;
	/** Newest word of the step. */
	readonly progress?: {readonly text: string; readonly done?: number | undefined; readonly total?: number | undefined} | undefined;
	/** When the step, or the whole, is over if nothing goes wrong; missing where nobody can tell. */
	readonly endsAt?: number | undefined;
	readonly weights: readonly {readonly name: string; readonly share: number}[];
	readonly verdict?: {readonly verdict: string; readonly text: string} | undefined;
	readonly metrics: readonly BandedMetric[];
	readonly tree: readonly TreeNode[];
	/** What was told, the oldest first. */
	readonly told: readonly string[];
};

/** How sure one can be of a version's value; undefined where that is not known. Pure. */
export type IntervalOf = (arm: MetricEvidence['canary'], unit: MetricEvidence['unit']) => Interval | undefined;

const mostTold = 50;

const told = (rollout: Rollout, text: string): Rollout => {
	const line = oneLine(text);
	return line === rollout.told.at(-1) ? rollout : {...rollout, told: [...rollout.told, line].slice(-mostTold)};
};

const banded = ({metrics}: CanaryEvidence, intervalOf: IntervalOf): readonly BandedMetric[] =>
	metrics.map(metric => ({
		...metric,
		bands: {canary: intervalOf(metric.canary, metric.unit), stable: intervalOf(metric.stable, metric.unit)},
	}));

const stateAfter = (kind: Extract<Event, {kind: 'ended'}>['outcome']['kind']): RolloutState =>
	kind === 'done' || kind === 'nothing-to-do' ? 'done' : 'failed';

/** The rollout after one event of its run. Tree and weights come from who watches the cluster. */
export function rolloutAfter(rollout: Rollout, event: Event, intervalOf: IntervalOf): Rollout {
	switch (event.kind) {
		case 'step':
			return told({...rollout, step: {index: event.index, of: event.of, title: event.title}, progress: undefined}, event.title);
		case 'progress':
			return {...rollout, progress: event};
		case 'verdict': {
			const metrics = event.evidence === undefined ? rollout.metrics : banded(event.evidence, intervalOf);
			return told({...rollout, verdict: {verdict: event.verdict, text: event.text}, metrics}, `${event.verdict}: ${event.text}`);
		}
		case 'note':
			return told(rollout, event.text);
		case 'ended':
			return {...rollout, state: stateAfter(event.outcome.kind), progress: undefined, endsAt: undefined};
		default:
			return rollout;
	}
}
