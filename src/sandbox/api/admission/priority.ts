import type {JsonObject} from '../../../core/json.ts';
import {objectAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {StatusError} from '../../status-error.ts';
import type {Cluster} from '../cluster.ts';
import {fill, within} from './fill.ts';

/** What the plug-in Priority gives a new pod: the number of its class, or of the class for all. Throws 403 for a class that does not exist. */
export function withPriority({store}: Pick<Cluster, 'store'>, pod: JsonObject): JsonObject {
	return within(pod, 'spec', spec => {
		const asked = textAt(spec, 'priorityClassName') ?? '';
		const all = store.list('priorityclasses.scheduling.k8s.io');
		const found = asked === '' ? all.find(({globalDefault}) => globalDefault === true) : all.find(({metadata}) => metadata.name === asked);
		if (found === undefined && asked !== '') throw missing(textAt(pod, 'metadata', 'name') ?? '', asked);
		return fill({...spec, ...(found === undefined ? {} : {priorityClassName: found.metadata.name})}, numbersOf(found));
	});
}

const numbersOf = (found: KubeObject | undefined): JsonObject => ({
	priority: valueAt(found, 'value') ?? 0,
	preemptionPolicy: textAt(objectAt(found), 'preemptionPolicy') ?? 'PreemptLowerPriority',
});

const missing = (pod: string, name: string) =>
	new StatusError(403, 'Forbidden', `pods "${pod}" is forbidden: no PriorityClass with name ${name} was found`, {name: pod, kind: 'pods'});

/** The two classes of every cluster. */
export const systemClasses: readonly KubeObject[] = [
	[
		'system-cluster-critical',
		2_000_000_000,
		'Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.',
	] as const,
	['system-node-critical', 2_000_001_000, 'Used for system critical pods that must not be moved from their current node.'] as const,
].map(([name, value, description]) => ({apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: {name}, value, description}));
