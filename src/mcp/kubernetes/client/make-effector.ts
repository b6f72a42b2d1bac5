import {refText} from '../../../core/kube-object.ts';
import {ConflictError, type Effector} from '../../../core/tool.ts';
import type {TypeBook} from './discovery/type-book.ts';
import {readObject} from './read/read-object.ts';
import {ApiError} from './transport/api-error.ts';
import type {Transport} from './transport/transport.ts';
import {type ExecConnection, execInPod} from './write/exec.ts';
import {sendWrite} from './write/send-write.ts';

/** The hands of `runTool` over one connection. */
export const makeEffector = ({
	transport,
	book,
	renew,
	execConnection,
}: {
	readonly transport: Transport;
	readonly book: TypeBook;
	/** After a 401, when nothing ran: whether the next proof may be a better one. */
	readonly renew: () => Promise<boolean>;
	readonly execConnection: () => Promise<ExecConnection>;
}): Effector => ({
	read: (ref, signal) => readObject(transport, book, ref, signal),
	async send(write, live, signal) {
		if (write.op !== 'exec') return sendWrite(transport, write, await book.typeOfRef(write.ref), live, signal);
		if (live === undefined) throw new ConflictError(`${refText(write.ref)} is not there any more`);
		try {
			return await execInPod(await execConnection(), write, signal);
		} catch (error) {
			if (!(error instanceof ApiError) || error.refusal.status !== 401 || !(await renew())) throw error;
			return execInPod(await execConnection(), write, signal);
		}
	},
});
