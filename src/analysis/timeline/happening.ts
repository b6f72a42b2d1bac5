import type {Ref} from '../../core/kube/kube-object.ts';

/** Where it is known from. `write`, `revision`, `journal` and `life` are changes that somebody made; the others tell what came of them. */
type Source = 'write' | 'revision' | 'journal' | 'life' | 'condition' | 'container' | 'event';

/** Something that happened to an object. */
export type Happening = {
	/** ISO 8601, UTC; of several alike the first. */
	readonly at: string;
	/** Of several alike the last. */
	readonly until?: string | undefined;
	readonly ref: Ref;
	readonly source: Source;
	readonly text: string;
	/** How often. */
	readonly count: number;
	/** It tells of trouble. */
	readonly isBad: boolean;
};

const changes: ReadonlySet<Source> = new Set(['write', 'revision', 'journal', 'life']);

/** Whether somebody changed something, rather than that it came of a change. */
export const isChange = ({source}: Happening) => changes.has(source);
