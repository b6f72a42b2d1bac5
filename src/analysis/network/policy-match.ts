import type {Json} from '../../core/json.ts';
import {listAt, numberAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {fitsSelector} from '../../core/kube/selector.ts';
import type {Direction} from '../coherence/policy-rules.ts';
import type {DeclaredPort} from '../coherence/workload-set.ts';
import {blockOf, isPrivate, isWithin} from './ipv4.ts';

/** Pods at one end of a connection, as policies tell them apart. */
export type PodSide = {
	readonly namespace: string;
	readonly namespaceLabels: Json;
	readonly labels: Json;
	/** Of all of them, where they are known: IPv4. */
	readonly addresses?: readonly number[] | undefined;
};

/** Under which field a rule lists who is at the other end. */
export const peersField = (direction: Direction) => (direction === 'ingress' ? 'from' : 'to');

/** Addresses of pods are of private ranges: a block of them may well be that of the cluster, one of the world outside is not. */
const mayBePods = (cidr: string) => isPrivate(cidr) || /^(?:0\.0\.0\.0\/0|127\.|169\.254\.|f[cd]|::\/0)/i.test(cidr);

/** Whether a peer of a rule is at the namespace of the other end. */
export function namespaceFits(peer: Json, other: Pick<PodSide, 'namespace' | 'namespaceLabels'>, own: string): boolean {
	const selector = valueAt(peer, 'namespaceSelector');
	return selector === undefined ? other.namespace === own : fitsSelector(selector, other.namespaceLabels);
}

/** Whether a block lets an address pass: it takes it in, and none of its exceptions does. */
export const blockFits = (peer: Json, address: number): boolean =>
	isWithin(textAt(peer, 'ipBlock', 'cidr'), address) && !listAt(peer, 'ipBlock', 'except').some(each => isWithin(String(each), address));

/** Whether a peer of a rule is the other end. @param own namespace of the policy */
export function peerFits(peer: Json, other: PodSide, own: string): boolean {
	const cidr = textAt(peer, 'ipBlock', 'cidr');
	if (cidr !== undefined) {
		const {addresses = []} = other;
		return addresses.length === 0 || blockOf(cidr) === undefined ? mayBePods(cidr) : addresses.some(each => blockFits(peer, each));
	}
	const pods = valueAt(peer, 'podSelector');
	return namespaceFits(peer, other, own) && (pods === undefined || fitsSelector(pods, other.labels));
}

/** Whether a port of a rule is one of a pod: by its number in the pod, or by its name there, and never by that of a Service. */
export function policyPortFits(rule: Json, {name, number, protocol = 'TCP'}: DeclaredPort): boolean {
	if ((textAt(rule, 'protocol') ?? 'TCP') !== protocol) return false;
	const wanted = valueAt(rule, 'port');
	const end = numberAt(rule, 'endPort');
	if (wanted === undefined) return true;
	if (typeof wanted === 'number' && end !== undefined) return wanted <= number && number <= end;
	return wanted === number || wanted === name;
}

/** What of a rule lets a connection pass; where both do, it does. A rule without ports is for all of them, one without peers for everybody. */
export function ruleMatch(rule: Json, direction: Direction, other: PodSide, ports: readonly DeclaredPort[], own: string) {
	const peers = listAt(rule, peersField(direction));
	const listed = listAt(rule, 'ports');
	return {
		peer: peers.length === 0 || peers.some(peer => peerFits(peer, other, own)),
		port: listed.length === 0 || ports.length === 0 || listed.some(each => ports.some(port => policyPortFits(each, port))),
	};
}
