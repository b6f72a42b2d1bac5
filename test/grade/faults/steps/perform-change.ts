import {setTimeout} from 'node:timers/promises';
import {isJsonObject} from '../../../../src/core/json.ts';
import {erase, post} from '../../../servers/questions.ts';
import type {ClusterApi} from '../cluster-api.ts';
import type {RemedyChange} from '../fault-case.ts';
import {type Reply, replyText} from '../reply.ts';
import {isSubset} from '../subset.ts';
import {concrete} from './concrete.ts';
import {patchTypes} from './patch-types.ts';

const deletionMs = 10_000;

/** Does one change of a listed remedy. @throws what the server refused, or where the object afterwards is not as the remedy says */
export async function performChange(api: ClusterApi, change: RemedyChange): Promise<void> {
	const {kind, namespace, name} = change.object;
	const reply = await sent(api, change);
	const what = `remedy ${change.action} ${kind}/${name}`;
	if (reply.status < 200 || reply.status >= 300) throw new Error(`${what}: ${replyText(reply)}`);
	if (change.action === 'update' && change.after !== undefined && !isSubset(change.after, reply.body))
		throw new Error(`${what}: the object does not match its "after"`);
	const limit = AbortSignal.timeout(deletionMs);
	while (change.action === 'delete' && !limit.aborted && (await api.get(kind, namespace, name)) !== undefined) await setTimeout(250);
}

async function sent(api: ClusterApi, {action, object: {kind, namespace, name}, after, patch}: RemedyChange): Promise<Reply> {
	const path = await api.path(kind, namespace, action === 'create' ? undefined : name);
	if (action === 'delete') return api.send(erase(`${path}?propagationPolicy=Background`));
	const body = concrete(after, Date.now());
	if (action === 'create') {
		const apiVersion = (await api.kindOf(kind))?.apiVersion;
		const metadata = {name, ...(namespace === undefined ? {} : {namespace})};
		return api.send(post(path, {apiVersion, kind, metadata, ...(isJsonObject(body) ? body : {})}));
	}
	const type = patch?.type ?? 'strategic';
	const manager = `${path}?fieldManager=remedy`;
	const reply = await api.send(patchTypes[type](manager, patch?.body ?? body));
	// Kinds that are defined in the cluster know no strategic patch.
	return reply.status === 415 ? api.send(patchTypes.merge(manager, patch?.body ?? body)) : reply;
}
