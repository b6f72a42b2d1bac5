import {numberAt, textAt, valueAt} from '../kube/json-at.ts';
import type {KubeObject} from '../kube/kube-object.ts';
import {fitsMap} from '../kube/selector.ts';
import type {Consequence} from '../plan.ts';
import {count} from '../text/count.ts';
import {type ChangeQuestion, livePods, podsOf, type Rule, say, servicesOf, touches} from './question.ts';
import {wantedReplicas} from './rollout.ts';

const scalable = new Set(['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController', 'Rollout']);

/** The autoscaler that sets the replicas of a workload. */
const autoscalerOf = ({hpas = []}: ChangeQuestion['surroundings'], {kind, metadata}: KubeObject) =>
	hpas.find(
		hpa =>
			hpa.metadata.namespace === metadata.namespace &&
			textAt(hpa, 'spec', 'scaleTargetRef', 'kind') === kind &&
			textAt(hpa, 'spec', 'scaleTargetRef', 'name') === metadata.name,
	);

function ofAutoscaler(hpa: KubeObject, from: number, to: number, {ref}: ChangeQuestion): Consequence {
	const [least, most] = [numberAt(hpa, 'spec', 'minReplicas') ?? 1, numberAt(hpa, 'spec', 'maxReplicas') ?? 0];
	const name = `HorizontalPodAutoscaler ${hpa.metadata.name} (${least} to ${most})`;
	if (to === 0) return say('autoscaler-stops', 'warning', `${name} stops scaling while replicas are 0`, ref);
	if (from === 0) return say('autoscaler-owns-replicas', 'info', `${name} takes the replicas over again`, ref);
	return say('autoscaler-owns-replicas', 'warning', `${name} owns the replicas and sets them back`, ref);
}

/** Services that would have no ready pod left once a workload has none. */
export function emptiedServices(workload: KubeObject, {surroundings, ref}: ChangeQuestion): readonly Consequence[] {
	const gone = podsOf(workload, surroundings);
	const pods = livePods(surroundings, workload.metadata.namespace);
	return servicesOf(surroundings, workload.metadata.namespace, valueAt(workload, 'spec', 'template', 'metadata', 'labels')).map(service => {
		const name = `Service ${service.metadata.name}`;
		if (pods === undefined) return say('service-loses-pods', 'warning', `${name} loses these pods`, ref);
		const others = pods.filter(pod => !gone?.includes(pod) && fitsMap(valueAt(service, 'spec', 'selector'), pod.metadata.labels));
		return others.length > 0
			? say('service-loses-pods', 'warning', `${name} is left with ${count(others.length, 'pod')} of other workloads`, ref)
			: say('service-without-endpoints', 'danger', `${name} has no endpoints left`, ref);
	});
}

/** What another number of replicas adds or takes away, and who sets it back. */
export const replicasRule: Rule = question => {
	const {before, after, fields, ref, surroundings} = question;
	if (before === null || after === null || !scalable.has(after.kind) || !touches(fields, 'spec', 'replicas')) return [];
	const [from, to] = [wantedReplicas(before), wantedReplicas(after)];
	if (from === to) return [];
	const hpa = autoscalerOf(surroundings, after);
	const owner = hpa === undefined ? [] : [ofAutoscaler(hpa, from, to, question)];
	if (to > from)
		return [
			say('pods-added', 'info', `${count(to - from, 'pod')} ${to - from === 1 ? 'is' : 'are'} added (${from} to ${to})`, ref),
			...owner,
		];
	if (to > 0)
		return [
			say('pods-deleted', 'warning', `${count(from - to, 'pod')} ${from - to === 1 ? 'is' : 'are'} deleted (${from} to ${to})`, ref),
			...owner,
		];
	return [say('all-pods-deleted', 'danger', `All ${count(from, 'pod')} are deleted`, ref), ...emptiedServices(before, question), ...owner];
};
