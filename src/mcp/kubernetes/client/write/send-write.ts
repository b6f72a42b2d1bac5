import {isJsonObject, type JsonObject} from '../../../../core/json.ts';
import {type KubeObject, refText} from '../../../../core/kube/kube-object.ts';
import {ConflictError} from '../../../../core/tool.ts';
import type {ResourceType} from '../../port.ts';
import {ApiError} from '../transport/api-error.ts';
import type {Call} from '../transport/call.ts';
import type {Transport} from '../transport/transport.ts';
import {takingOwn} from './take-own.ts';
import {type ObjectWrite, writeCall} from './write-call.ts';

/**
 * Sends one write bound to `live`: that object at that version, or no object at all.
 * @returns the object as stored; null where the server answers with a mere status
 * @throws ConflictError when the cluster holds something else, and nothing was done
 * @throws MkcoaError `field-conflict` when others own fields; nothing is ever taken from them
 */
export async function sendWrite(
	transport: Transport,
	write: ObjectWrite,
	type: ResourceType,
	live: KubeObject | undefined,
	signal: AbortSignal,
): Promise<JsonObject | null> {
	const makes = write.op === 'create' || (write.op === 'apply' && live === undefined);
	if (!makes && live === undefined) throw new ConflictError(`${refText(write.ref)} is not there any more`);
	if (write.op === 'create' && live !== undefined) throw new ConflictError(`${refText(write.ref)} exists already`);
	const call = writeCall(write, type, live === undefined ? 'absent' : live.metadata, false);
	try {
		const send = (bound: Call) => transport.json({...bound, signal});
		const {body} = write.op === 'apply' && live !== undefined ? await takingOwn(call, send) : await send(call);
		return body.kind === 'Status' || !isJsonObject(body.metadata) ? null : body;
	} catch (error) {
		if (write.op === 'apply' && live === undefined && createsByPostAlone(error))
			return sendWrite(transport, {...write, op: 'create'}, type, live, signal);
		if (error instanceof ApiError && (await hasMoved(transport, error, call, live)))
			throw new ConflictError(
				makes
					? `${refText(write.ref)} exists already`
					: `${refText(write.ref)} is not at version ${live?.metadata.resourceVersion} any more`,
				{cause: error},
			);
		throw error;
	}
}

/**
 * Storage other than kube-apiserver's own may refuse a version on an object that it would create (the words are those of etcd3/store.go).
 * POST is as safe there; only the owner of the fields is recorded as an update.
 */
const createsByPostAlone = (error: unknown) =>
	error instanceof ApiError && error.refusal.message.includes('resourceVersion should not be set on objects to be created');

/** Whether a refusal comes from the cluster holding something else than `live`. */
async function hasMoved(
	transport: Transport,
	{trouble, refusal}: ApiError,
	{path, about}: Call,
	live: KubeObject | undefined,
): Promise<boolean> {
	if (live === undefined) return refusal.status === 409;
	if (trouble.code === 'conflict' || trouble.code === 'not-found') return true;
	if (trouble.code !== 'field-conflict') return false;
	// Owners are compared before versions, so a field that somebody took since the plan shows as theirs; the version tells.
	const {body} = await transport.json({method: 'GET', path, changes: false, about: {...about, verb: 'get'}});
	return isJsonObject(body.metadata) && body.metadata.resourceVersion !== live.metadata.resourceVersion;
}
