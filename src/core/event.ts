import type {CanaryEvidence} from './canary-evidence.ts';
import type {Json} from './json.ts';
import type {Ref} from './kube/kube-object.ts';
import type {AnyOutcome} from './outcome.ts';
import type {Plan} from './plan.ts';
import type {WorkloadWords} from './workload-words.ts';

/** All that a run tells while it goes on. Screens, the text printer, the JSON printer and tests listen to the same stream. */
export type Event =
	| {readonly kind: 'started'; readonly tool: string}
	| {readonly kind: 'planned'; readonly plan: Plan; readonly digest: string}
	| {readonly kind: 'approved'; readonly digest: string; readonly journal: string}
	/** A step begins; `index` from 0. */
	| {readonly kind: 'step'; readonly index: number; readonly of: number; readonly title: string}
	| {readonly kind: 'write'; readonly op: string; readonly ref: Ref}
	/** Something to show while a step lasts: ready pods, a sample, seconds left. */
	| {readonly kind: 'progress'; readonly text: string; readonly done?: number | undefined; readonly total?: number | undefined}
	/** A judgement with its numbers, for screens that draw it. */
	| {
			readonly kind: 'verdict';
			readonly verdict: string;
			readonly text: string;
			readonly data: Json;
			/** What a verdict on a canary rests on. */
			readonly evidence?: CanaryEvidence;
	  }
	/** What pods and the cluster say of a failure that the run is about to tell. */
	| {readonly kind: 'words'; readonly words: WorkloadWords}
	/** Something the person should know that is no failure, such as a warning header of the server. */
	| {readonly kind: 'note'; readonly text: string}
	| {readonly kind: 'ended'; readonly outcome: AnyOutcome};

export type Emit = (event: Event) => void;
