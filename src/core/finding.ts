import type {Json} from './json.ts';
import type {Ref} from './kube/kube-object.ts';

/** A tool call that makes a plan against what was found. */
export type FoundRemedy = {
	readonly tool: string;
	readonly input: Json;
	readonly text: string;
	/** What a person types for the same plan. */
	readonly command?: string | undefined;
};

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
	/** The field of the resource that is wrong. */
	readonly path?: string | undefined;
	/** Where it shows: that something is wrong there is explained by the cause. */
	readonly symptoms?: readonly {readonly resource: Ref; readonly text: string}[] | undefined;
	/** What suffers from it, or would at the next start. */
	readonly impact?: readonly Ref[] | undefined;
	/** The one that the objects themselves tell, or the only one there is. */
	readonly remedy?: FoundRemedy | undefined;
	/** All of them, where there are several: a person chooses. */
	readonly choices?: readonly FoundRemedy[] | undefined;
	/** Why there is no remedy to plan. */
	readonly noRemedy?: string | undefined;
	/** Why it was not checked. */
	readonly why?: string | undefined;
};
