import {isJsonObject, type JsonObject} from '../../../../src/core/json.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import type {SickWorkload} from '../request.ts';

const running = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job', 'HorizontalPodAutoscaler', 'Pod']);

/** Whether an object is there before anything runs: namespaces, nodes, classes, volumes, settings, accounts. */
export const isStill = ({kind}: KubeObject) => !running.has(kind);

const revisionOf = ({metadata}: KubeObject) => metadata.annotations?.['deployment.kubernetes.io/revision'];

type Around = {readonly sets: readonly KubeObject[]; readonly pods: readonly KubeObject[]};

/** The pods of a workload's current template. */
export function podsOf(owner: KubeObject | undefined, {sets, pods}: Around): readonly KubeObject[] {
	if (owner === undefined) return [];
	const isOwnedBy = (object: KubeObject, uid: string | undefined) =>
		uid !== undefined && object.metadata.ownerReferences?.some(reference => reference.uid === uid) === true;
	const current = sets.filter(set => isOwnedBy(set, owner.metadata.uid) && revisionOf(set) === revisionOf(owner));
	const owners = owner.kind === 'Deployment' ? current : [owner];
	return pods.filter(pod => owners.some(({metadata}) => isOwnedBy(pod, metadata.uid)));
}

/** The status of a pod with another one merged into it: conditions by their type, all else as a whole. */
export function statusOf(pod: KubeObject, given: SickWorkload['status']): JsonObject {
	const status = isJsonObject(pod.status) ? pod.status : {};
	const news = listIn(given.conditions);
	const conditions = [...listIn(status.conditions).filter(({type}) => !news.some(each => each.type === type)), ...news];
	return {...status, ...given, ...(conditions.length === 0 ? {} : {conditions})};
}

const listIn = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isJsonObject) : []);

/** The event that a kubelet would have left about a pod. */
export function eventOf(
	pod: KubeObject,
	{type, reason, message, count, minutesAgo}: SickWorkload['events'][number],
	{index, nowMs}: {readonly index: number; readonly nowMs: number},
): KubeObject {
	const lastTimestamp = new Date(nowMs - minutesAgo * 60_000).toISOString().replace(/\.\d+/, '');
	const {namespace = 'default', name, uid = ''} = pod.metadata;
	return {
		apiVersion: 'v1',
		kind: 'Event',
		metadata: {name: `${name}.${index}`, namespace},
		involvedObject: {apiVersion: 'v1', kind: 'Pod', name, namespace, uid},
		type,
		reason,
		message,
		count,
		firstTimestamp: lastTimestamp,
		lastTimestamp,
		source: {component: 'kubelet'},
	};
}
