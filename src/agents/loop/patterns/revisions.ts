import type {AnyOutcome} from '../../../core/outcome.ts';
import {shortLine} from '../../../core/text/short-line.ts';

const longestReason = 200;

/** What the evaluator found of the calls of one turn. */
export type Revisions = {
	readonly came: (outcome: AnyOutcome) => void;
	/** Whether so many attempts in a row were refused that another one is not worth it. */
	readonly isOver: () => boolean;
	/** What the model is told of an attempt that was refused; undefined where the last one stood. */
	readonly advice: () => string | undefined;
	/** What the person reads above the plan that comes of it; undefined where nothing was revised. */
	readonly told: () => string | undefined;
};

/**
 * Evaluator and optimizer: the road plans each change that a model proposes, by a dry run of the server, and holds it against policy; the model revises what
 * was refused by the reasons. A person sees the plan that stands, and what was tried before it.
 * @param most attempts in a row
 */
export function revisions(most: number): Revisions {
	let refused: readonly string[] = [];
	return {
		came(outcome) {
			const reason = reasonOf(outcome);
			refused = reason === undefined ? [] : [...refused, reason];
		},
		isOver: () => refused.length >= most,
		advice: () =>
			refused.length === 0
				? undefined
				: `Nobody was asked: attempt ${refused.length} of ${most} was refused. Revise the call by the reasons in the data, or say what stands against it.`,
		told: () => (refused.length === 0 ? undefined : `The model tried before: ${[...new Set(refused)].join('; ')}`),
	};
}

/**
 * Why an attempt came to no plan that somebody could be asked about. What failed is told by its code: the words of a failure may quote the input, which the
 * model wrote, and a review is no place for them.
 */
function reasonOf(outcome: AnyOutcome): string | undefined {
	if (outcome.kind === 'rejected' && outcome.by === 'policy')
		return `${outcome.tool}, which policy forbids (${shortLine(outcome.feedback, longestReason)})`;
	if (outcome.kind === 'failed' && outcome.journal === undefined)
		return `${shortLine(outcome.tool, 64)}, which failed (${outcome.error.code})`;
	if (outcome.kind === 'drifted') return `${outcome.tool}, under which the cluster moved`;
	return undefined;
}
