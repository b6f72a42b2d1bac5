import {troubleOf} from '../core/error.ts';
import type {Plan} from '../core/plan.ts';
import type {Offers} from './keys.ts';
import {edited, type Review, rehearsed} from './review-state.ts';

/** What can be done with a plan before it is answered. Each is missing where it cannot be done. */
export type ReviewServices = {
	/** Tries the plan on a copy of its namespace; answers Markdown. A rejection is shown as what became of it. */
	readonly rehearse?: ((plan: Plan, signal: AbortSignal) => Promise<string>) | undefined;
	/**
	 * Lets the person edit the inputs in another program, which has the terminal meanwhile. Answers the words of the no that carries them back to who
	 * made the plan; undefined where nothing was changed.
	 */
	readonly edit?: ((plan: Plan) => Promise<string | undefined>) | undefined;
};

export const offersOf = ({rehearse, edit}: ReviewServices): Offers => ({rehearse: rehearse !== undefined, edit: edit !== undefined});

/** A failure as one sentence with its remedy. */
export function troubleText(error: unknown): string {
	const {what, why, next} = troubleOf(error);
	return [why === undefined ? what : `${what}: ${why}`, next].filter(text => text !== undefined).join('. ');
}

/** Carries out what a review has just begun, and answers how the review goes on from whatever it is by then. Never rejects. */
export async function serve(
	{state}: Review,
	plan: Plan,
	{rehearse, edit}: ReviewServices,
	lend: (use: () => Promise<void>) => Promise<void>,
	signal: AbortSignal,
): Promise<(review: Review) => Review> {
	try {
		if (state === 'rehearsing') {
			const text = await rehearse?.(plan, signal);
			return review => rehearsed(review, text ?? '');
		}
		let words: string | undefined;
		await lend(async () => {
			words = await edit?.(plan);
		});
		return review => edited(review, words);
	} catch (error) {
		const text = troubleText(error);
		return review => rehearsed(edited(review, undefined), text);
	}
}
