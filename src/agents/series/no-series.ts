import {MkcoaError} from '../../core/error.ts';

/** A look that found no numbers: whoever judges by them has not enough data, and that is never a pass. */
export const noSeries = (what: string) =>
	new MkcoaError({kind: 'environment', code: 'no-series', what, next: 'Look whether the pods are scraped and get traffic'});
