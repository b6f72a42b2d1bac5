import type {Clock} from '../../../core/clock.ts';
import {MkcoaError} from '../../../core/error.ts';
import {type FoldedEvent, foldEvents} from '../../../core/kube/folded-events.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {wordAt} from '../../../mcp/kubernetes/model/fields.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {everyObject} from '../../../mcp/kubernetes/read-neighbours.ts';
import {creationTrouble, type PodTrouble, refusedTrouble} from './pod-trouble.ts';

/** An event this young tells of now; a controller that is refused tries again within minutes, and its event moves on with each try. */
const freshMs = 60_000;

/** Events of one object, those with one message folded, oldest first. None where they may not be read: they only help to explain. */
export async function eventsOf(cluster: Cluster, {kind, metadata}: KubeObject): Promise<readonly FoldedEvent[]> {
	try {
		const type = await cluster.typeOfRef({apiVersion: 'v1', kind: 'Event'});
		const fieldSelector = `involvedObject.name=${metadata.name}`;
		const events = await everyObject(cluster, {type, namespace: metadata.namespace, fieldSelector});
		// A reason such as Failed is used for causes of several kinds, so it alone does not fold them.
		const alike = Map.groupBy(events, event => `${wordAt(event, 'reason')} ${wordAt(event, 'message')}`);
		const folded = [...alike.values()].flatMap(same => foldEvents(same)).filter(({object}) => object === `${kind} ${metadata.name}`);
		return folded.sort((a, b) => a.last.localeCompare(b.last));
	} catch (error) {
		if (error instanceof MkcoaError) return [];
		throw error;
	}
}

/**
 * Why the server makes no pods for a workload: a quota, a limit range, an admission webhook. A Deployment says it in a condition; the
 * other kinds only in events.
 */
export async function refusedPods(cluster: Cluster, workload: KubeObject, clock: Clock): Promise<PodTrouble | undefined> {
	const told = creationTrouble(workload);
	if (told !== undefined || workload.kind === 'Deployment' || workload.kind === 'Pod') return told;
	const refused = (await eventsOf(cluster, workload)).findLast(({type, reason}) => type === 'Warning' && reason === 'FailedCreate');
	if (refused === undefined || clock.now() - Date.parse(refused.last) > freshMs) return undefined;
	return refusedTrouble(refused.message, refused.first);
}
