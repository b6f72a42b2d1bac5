import {ApiError} from '../transport/api-error.ts';
import type {Call} from '../transport/call.ts';
import {otherOwners} from '../transport/refused-call.ts';

/**
 * Sends an apply; where the server names nobody but mkcoa as the owner, sends it once more and takes the fields over from mkcoa's own
 * earlier patch. `call` must be bound to a version: versions only grow, so one that still fits the second time fitted the first time too,
 * and nothing that somebody else took in between can be lost. Reasons in docs/decisions/2026-11-25-own-fields.md.
 */
export async function takingOwn<Answer>(call: Call, send: (call: Call) => Promise<Answer>): Promise<Answer> {
	try {
		return await send(call);
	} catch (error) {
		if (!conflictsWithItself(error)) throw error;
		return send({...call, query: {...call.query, force: true}});
	}
}

/** Whether every field that an apply was refused for belongs to mkcoa. */
export const conflictsWithItself = (error: unknown) =>
	error instanceof ApiError && error.trouble.code === 'field-conflict' && otherOwners(error.refusal.causes).length === 0;
