import type {Ref} from '../../core/kube/kube-object.ts';
import type {Incident} from '../detection/incident.ts';

/** One thing that speaks for a cause or against it. */
export type Ground = {readonly source: string; readonly detail: string};

/** Something that may be why; several are kept apart, and each says what would show that it is not. */
export type Suspect = {
	/** `fault`: wrong by itself. `change`: made shortly before the symptom began. */
	readonly kind: 'fault' | 'change';
	readonly resource: Ref;
	readonly text: string;
	/** 0 to 1: how far the grounds carry. It ranks, and is no probability. */
	readonly weight: number;
	readonly for: readonly Ground[];
	readonly against: readonly Ground[];
	readonly refutedBy: string;
	/** Of a fault: what was detected. */
	readonly incident?: Incident | undefined;
};
