import {MkcoaError} from '../../../core/error.ts';

/** The input of a judge comes from a record, which everybody may write who may write ConfigMaps. */
export const unjudgeable = (rollout: string) =>
	new MkcoaError({
		kind: 'environment',
		code: 'rollout-unreadable',
		what: `The record of the ${rollout} does not say how it is judged`,
		why: 'another version of mkcoa began it, or somebody changed it',
		next: 'Take it back with mkcoa deploy abort, or go on with the version of mkcoa that began it',
	});
