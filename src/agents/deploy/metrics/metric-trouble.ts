import {MkcoaError, type Trouble} from '../../../core/error.ts';

/** A `--metrics` that cannot be meant. */
export const metricTrouble = (code: string, words: Pick<Trouble, 'what' | 'why' | 'next'>, cause?: unknown) =>
	new MkcoaError({kind: 'usage', code, ...words}, {cause});

/** A look at which a sum of counters fell: how much it grew by cannot be known. */
export const startedAnew = (pod: string) =>
	new MkcoaError({
		kind: 'environment',
		code: 'started-anew',
		what: `a container of ${pod} started anew, and the query adds it to others, so this look is left out`,
		next: 'Name one series for each pod, without sum, to have such a look counted',
	});
