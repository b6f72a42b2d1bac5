import {MkcoaError, type Trouble} from '../../../core/error.ts';

/** A `--metrics` that cannot be meant. */
export const metricTrouble = (code: string, words: Pick<Trouble, 'what' | 'why' | 'next'>, cause?: unknown) =>
	new MkcoaError({kind: 'usage', code, ...words}, {cause});

/** A look that found nothing to compare: the metric has not enough data, and that is never a pass. */
export const noSeries = (what: string) =>
	new MkcoaError({kind: 'environment', code: 'no-series', what, next: 'Look whether the pods are scraped and get traffic'});
