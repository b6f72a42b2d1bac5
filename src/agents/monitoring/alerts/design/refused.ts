import {MkcoaError} from '../../../../core/error.ts';

/** Why no alert can be made of what was asked. */
export const refused = (code: string, what: string, next: string, why?: string) =>
	new MkcoaError({kind: 'usage', code, what, ...(why === undefined ? {} : {why}), next});
