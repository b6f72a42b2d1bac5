import type {Json} from './json.ts';
import type {Ref} from './kube/kube-object.ts';

/** A tool call that makes a plan against what was found. */
export type FoundRemedy = {readonly tool: string; readonly input: Json; readonly text: string};

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
	/** The one that the objects themselves tell, or the only one there is. */
	readonly remedy?: FoundRemedy | undefined;
	/** All of them, where there are several: a person chooses. */
	readonly choices?: readonly FoundRemedy[] | undefined;
	/** Why it was not checked. */
	readonly why?: string | undefined;
};
