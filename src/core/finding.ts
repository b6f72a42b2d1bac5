import type {Json} from './json.ts';
import type {Ref} from './kube/kube-object.ts';

/** What a diagnosis, scan or forecast says. Silence is not a pass: `not-checked` carries the reason. */
export type Finding = {
	/** Stable id of the kind of finding, such as `image-pull-failed`. */
	readonly id: string;
	readonly status: 'pass' | 'fail' | 'not-applicable' | 'not-checked';
	readonly severity: 'low' | 'medium' | 'high' | 'critical';
	readonly resource?: Ref | undefined;
	/** The objects, lines or samples that it rests on. */
	readonly evidence: readonly {readonly source: string; readonly detail: string}[];
	readonly cause: string;
	/** A tool call that makes a plan. */
	readonly remedy?: {readonly tool: string; readonly input: Json; readonly text: string} | undefined;
	/** Why it was not checked. */
	readonly why?: string | undefined;
};
