import type {Consequence, Write} from '../../../../core/plan.ts';
import type {Design} from '../design/make-design.ts';

/** What is written for a design, in order, and what a person should know of it. */
type Writing = {
	/** Where the rules are then, for people. */
	readonly object: string;
	readonly steps: readonly {readonly title: string; readonly write: Write}[];
	readonly notes: readonly Consequence[];
};

/** Where rules go, chosen before they are designed. */
export type Destination = {
	/** Whether a file of the metrics server holds what a design of this slug wrote earlier. */
	readonly isOwn: (file: string, slug: string) => boolean;
	/** Whether the metrics server is known to load them. */
	readonly waits: boolean;
	readonly writing: (design: Design) => Promise<Writing>;
};
