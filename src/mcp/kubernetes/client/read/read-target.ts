import {isJsonObject} from '../../../../core/json.ts';
import {ApiError} from '../transport/api-error.ts';
import type {Transport} from '../transport/transport.ts';
import {readIdentity} from './access.ts';

/** What a plan binds to: the cluster itself, not its address, and the name the server knows the caller by. */
export type Whereabouts = {readonly clusterId: string; readonly identity: string};

/** @returns the fallbacks where the caller may not read the one or the server cannot tell the other */
export async function readWhereabouts(transport: Transport, fallback: Whereabouts): Promise<Whereabouts> {
	const [clusterId, identity] = await Promise.all([readClusterUid(transport), readIdentity(transport)]);
	return {clusterId: clusterId ?? fallback.clusterId, identity: identity ?? fallback.identity};
}

async function readClusterUid(transport: Transport): Promise<string | undefined> {
	const name = 'kube-system';
	try {
		const {body} = await transport.json({
			method: 'GET',
			path: `/api/v1/namespaces/${name}`,
			changes: false,
			about: {verb: 'get', resource: 'namespaces', name},
		});
		return isJsonObject(body.metadata) && typeof body.metadata.uid === 'string' ? body.metadata.uid : undefined;
	} catch (error) {
		if (error instanceof ApiError && (error.refusal.status === 403 || error.refusal.status === 404)) return undefined;
		throw error;
	}
}
