import type {Json} from '../json.ts';
import {listAt, numberAt, objectAt, textAt, valueAt} from '../kube/json-at.ts';
import type {KubeObject} from '../kube/kube-object.ts';
import {containersOf, podSpecOf} from '../kube/pod-spec.ts';
import {fitsMap} from '../kube/selector.ts';
import type {Consequence} from '../plan.ts';
import {count, someOf} from '../text/count.ts';
import {type ChangeQuestion, livePods, type Rule, say, touches} from './question.ts';

const selected = (service: KubeObject, pods: readonly KubeObject[]) =>
	pods.filter(pod => fitsMap(valueAt(service, 'spec', 'selector'), pod.metadata.labels));

/** Workloads of the same plan whose pods a Service will find. */
const comingTo = (service: KubeObject, {coming = []}: ChangeQuestion['surroundings']): readonly string[] =>
	coming
		.filter(
			({metadata: {namespace}, spec}) =>
				namespace === service.metadata.namespace &&
				fitsMap(valueAt(service, 'spec', 'selector'), valueAt(spec, 'template', 'metadata', 'labels')),
		)
		.map(({kind, metadata}) => `${kind} ${metadata.name}`);

function ofSelector(before: KubeObject, after: KubeObject, {surroundings, ref}: ChangeQuestion): readonly Consequence[] {
	const pods = livePods(surroundings, after.metadata.namespace);
	if (pods === undefined) return [say('traffic-moves', 'warning', 'Traffic moves to the pods that the new selector finds', ref)];
	const [old, now] = [selected(before, pods), selected(after, pods)];
	const coming = now.length === 0 ? comingTo(after, surroundings) : [];
	if (coming.length > 0)
		return [
			say(
				'traffic-moves',
				'warning',
				`Traffic moves: ${old.length} of ${count(old.length, 'pod')} leave for those of ${someOf(coming)}, which the same plan starts`,
				ref,
			),
		];
	if (now.length === 0)
		return [
			say(
				'service-without-endpoints',
				'danger',
				`No pod fits the new selector: the ${count(old.length, 'pod')} behind it leave and nothing answers`,
				ref,
			),
		];
	const leaving = old.filter(pod => !now.includes(pod)).length;
	const joining = now.filter(pod => !old.includes(pod)).length;
	if (leaving + joining === 0) return [say('same-pods', 'info', `The new selector finds the same ${count(now.length, 'pod')}`, ref)];
	return [
		say(
			'traffic-moves',
			'warning',
			`Traffic moves: ${leaving} of ${count(old.length, 'pod')} leave, ${joining} join, ${now.length} answer then`,
			ref,
		),
	];
}

const portKey = (port: Json) => `${numberAt(port, 'port')}/${textAt(port, 'protocol') ?? 'TCP'}`;
const targetOf = (port: Json) => String(valueAt(port, 'targetPort') ?? valueAt(port, 'port'));

function ofPorts(before: KubeObject, after: KubeObject, {ref}: ChangeQuestion): readonly Consequence[] {
	const now = new Map(listAt(after, 'spec', 'ports').map(port => [portKey(port), port]));
	return listAt(before, 'spec', 'ports').flatMap(port => {
		const later = now.get(portKey(port));
		if (later === undefined) return [say('port-closed', 'danger', `Clients of port ${portKey(port)} are not served any more`, ref)];
		if (targetOf(later) === targetOf(port)) return [];
		return [
			say('target-port-moves', 'warning', `Port ${portKey(port)} goes to ${targetOf(later)} of the pods instead of ${targetOf(port)}`, ref),
		];
	});
}

/** A named target port that no selected pod has leads nowhere. */
function ofMissingTargets(after: KubeObject, {surroundings, ref}: ChangeQuestion): readonly Consequence[] {
	const pods = livePods(surroundings, after.metadata.namespace);
	const behind = pods === undefined ? [] : selected(after, pods);
	if (behind.length === 0) return [];
	const names = new Set(
		behind.flatMap(pod => containersOf(podSpecOf(pod)).flatMap(container => listAt(container, 'ports').map(port => textAt(port, 'name')))),
	);
	return listAt(after, 'spec', 'ports').flatMap(port => {
		const target = textAt(port, 'targetPort');
		if (target === undefined || /^\d+$/.test(target) || names.has(target)) return [];
		return [say('target-port-missing', 'danger', `No pod behind it has a port named ${target}`, ref)];
	});
}

function ofService(before: KubeObject, after: KubeObject, question: ChangeQuestion): readonly Consequence[] {
	const {fields, ref} = question;
	const [from, to] = [textAt(before, 'spec', 'type') ?? 'ClusterIP', textAt(after, 'spec', 'type') ?? 'ClusterIP'];
	const ports = touches(fields, 'spec', 'ports');
	return [
		...(touches(fields, 'spec', 'selector') ? ofSelector(before, after, question) : []),
		...(ports ? [...ofPorts(before, after, question), ...ofMissingTargets(after, question)] : []),
		...(from === 'LoadBalancer' && to !== from
			? [say('address-released', 'danger', 'Its load balancer and external address are released', ref)]
			: []),
		...(to === 'LoadBalancer' && to !== from ? [say('address-opened', 'warning', 'It gets an address outside the cluster', ref)] : []),
	];
}

/** New labels of a pod template may take its pods out of a Service, or put them behind another. */
function ofPodLabels(before: KubeObject, after: KubeObject, {surroundings, ref}: ChangeQuestion): readonly Consequence[] {
	const labels = (object: KubeObject) => objectAt(object, 'spec', 'template', 'metadata', 'labels');
	return (surroundings.services ?? []).flatMap(service => {
		if (service.metadata.namespace !== after.metadata.namespace) return [];
		const selector = valueAt(service, 'spec', 'selector');
		const [was, is] = [fitsMap(selector, labels(before)), fitsMap(selector, labels(after))];
		if (was && !is)
			return [say('service-loses-pods', 'danger', `Service ${service.metadata.name} does not find the new pods any more`, ref)];
		return is && !was
			? [say('service-gains-pods', 'warning', `Service ${service.metadata.name} sends traffic to the new pods too`, ref)]
			: [];
	});
}

/** Where requests go after a change of a Service, or of the labels that Services look for. */
export const trafficRule: Rule = question => {
	const {before, after, fields} = question;
	if (before === null || after === null) return [];
	if (after.kind === 'Service') return ofService(before, after, question);
	return touches(fields, 'spec', 'template', 'metadata', 'labels') ? ofPodLabels(before, after, question) : [];
};
