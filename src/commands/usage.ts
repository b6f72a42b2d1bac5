import {MkcoaError} from '../core/error.ts';

/** A wrong word on the command line: quotes what arrived and says what was expected. */
export const usageError = (what: string, more: {readonly why?: string; readonly next?: string} = {}) =>
	new MkcoaError({kind: 'usage', code: 'usage', what, ...more});
