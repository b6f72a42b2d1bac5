import {MkcoaError} from '../../../core/error.ts';
import type {JsonObject} from '../../../core/json.ts';
import {refText} from '../../../core/kube/kube-object.ts';
import {ConflictError, type Effector, LostAnswerError} from '../../../core/tool.ts';
import type {TypeBook} from './discovery/type-book.ts';
import {readObject} from './read/read-object.ts';
import {ApiError} from './transport/api-error.ts';
import {NetworkError} from './transport/network-error.ts';
import {didNothing} from './transport/retry.ts';
import type {Transport} from './transport/transport.ts';
import {demandRights} from './write/demand-rights.ts';
import {type ExecConnection, execInPod} from './write/exec.ts';
import {sendWrite} from './write/send-write.ts';

/** The hands of `runTool` over one connection. */
export const makeEffector = ({
	transport,
	book,
	who,
	renew,
	execConnection,
}: {
	readonly transport: Transport;
	readonly book: TypeBook;
	readonly who: string;
	/** After a 401, when nothing ran: whether the next proof may be a better one. */
	readonly renew: () => Promise<boolean>;
	readonly execConnection: () => Promise<ExecConnection>;
}): Effector => ({
	demandRights: plan => demandRights({transport, book, who}, plan),
	read: (ref, signal) => readObject(transport, book, ref, signal),
	async send(write, live, signal) {
		if (write.op !== 'exec') {
			const type = await book.typeOfRef(write.ref);
			return tellingDoubt(() => sendWrite(transport, write, type, live, signal));
		}
		if (live === undefined) throw new ConflictError(`${refText(write.ref)} is not there any more`);
		const run = async () => execInPod(await execConnection(), write, signal);
		return tellingDoubt(async () => {
			try {
				return await run();
			} catch (error) {
				if (!(error instanceof ApiError) || error.refusal.status !== 401 || !(await renew())) throw error;
				return run();
			}
		});
	},
});

async function tellingDoubt(send: () => Promise<JsonObject | null>): Promise<JsonObject | null> {
	try {
		return await send();
	} catch (error) {
		throw error instanceof MkcoaError && mayBeDone(error) ? new LostAnswerError(error) : error;
	}
}

/** Refusals with 500 and above that come before anything is stored. */
const beforeStoring = new Set(['invalid', 'denied-by-policy', 'webhook-failed']);

/** A server that fails may have stored the object before; an answer that is cut or no answer at all says nothing of what was done. */
function mayBeDone(error: MkcoaError): boolean {
	if (error instanceof NetworkError) return error.passing && !error.unsent;
	if (error instanceof ApiError) return error.refusal.status >= 500 && !beforeStoring.has(error.trouble.code) && !didNothing(error);
	return error.trouble.code === 'server-error' || error.trouble.code === 'answer-too-large';
}
