import {setTimeout} from 'node:timers/promises';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {apply, erase, post} from '../../../servers/questions.ts';
import type {ClusterApi} from '../cluster-api.ts';
import type {Operation, Stage} from '../fault-case.ts';
import {type Reply, replyText} from '../reply.ts';
import {patchTypes} from './patch-types.ts';

/** Who writes the base and the fault: one pipeline. */
const manager = 'platform-deploy';
/** A kind, a namespace's ServiceAccount or a webhook may be on its way. */
const patienceMs = 10_000;

/** Applies the objects of a stage in their order, forced, and sends its operations. @throws what the server refused for good */
export async function applyStage(api: ClusterApi, {objects, operations}: Stage, signal: AbortSignal): Promise<void> {
	for (const object of objects) await insisting(() => applyOne(api, object), `${object.kind}/${object.metadata.name}`, signal);
	for (const operation of operations)
		await insisting(() => send(api, operation), `${operation.op} ${operation.kind}/${operation.name ?? ''}`, signal);
}

async function insisting(attempt: () => Promise<Reply>, what: string, signal: AbortSignal): Promise<void> {
	const limit = AbortSignal.timeout(patienceMs);
	for (;;) {
		const reply = await attempt().catch(error => ({status: 0, body: String(error)}));
		if (reply.status >= 200 && reply.status < 300) return;
		if (limit.aborted) throw new Error(`${what}: ${replyText(reply)}`);
		await setTimeout(500, undefined, {signal});
	}
}

async function applyOne(api: ClusterApi, object: KubeObject): Promise<Reply> {
	const {name, namespace = 'default'} = object.metadata;
	const path = await api.path(`${object.apiVersion}/${object.kind}`, namespace, name);
	return api.send(apply(`${path}?fieldManager=${manager}&force=true`, object));
}

async function send(api: ClusterApi, {op, kind, namespace, name, patchType, body, subresource}: Operation): Promise<Reply> {
	const path = await api.path(kind, namespace, op === 'create' ? undefined : name, subresource);
	if (op === 'create') return api.send(post(path, body));
	return api.send(op === 'delete' ? erase(`${path}?propagationPolicy=Background`) : patchTypes[patchType](path, body));
}
