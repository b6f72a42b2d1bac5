import type {Json} from '../../core/json.ts';
import {listAt, numberAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import {fitsSelector} from '../../core/kube/selector.ts';
import type {DeclaredPort} from './workload-set.ts';

export type Direction = 'ingress' | 'egress';
/** Somebody at the other end: a namespace by its labels (all of its pods), or anybody at all. */
export type Peer = {readonly kind: 'anybody'} | {readonly kind: 'namespace'; readonly name: string; readonly isOwn: boolean};
type Port = {readonly number: number; readonly name?: string | undefined; readonly protocol: 'TCP' | 'UDP'};

const nameLabel = 'kubernetes.io/metadata.name';

/** Policies that speak of a direction. Without types a policy speaks of ingress, and of egress where it has such rules. */
export const speakingOf = (policies: readonly KubeObject[], direction: Direction) =>
	policies.filter(policy => {
		const types = listAt(policy, 'spec', 'policyTypes');
		if (types.length > 0) return types.includes(direction === 'ingress' ? 'Ingress' : 'Egress');
		return direction === 'ingress' || listAt(policy, 'spec', 'egress').length > 0;
	});

function portFits(rule: Json, port: Port): boolean {
	if ((textAt(rule, 'protocol') ?? 'TCP') !== port.protocol) return false;
	const wanted = valueAt(rule, 'port');
	const end = numberAt(rule, 'endPort');
	if (wanted === undefined) return true;
	return typeof wanted === 'number' && end !== undefined
		? wanted <= port.number && port.number <= end
		: wanted === port.number || wanted === port.name;
}

/** A peer that names single pods is taken for all of its namespace: which labels others' pods have is not known here. */
function peerFits(rule: Json, peer: Peer): boolean {
	const block = textAt(rule, 'ipBlock', 'cidr');
	if (block !== undefined) return block === '0.0.0.0/0' && listAt(rule, 'ipBlock', 'except').length === 0;
	if (peer.kind === 'anybody') return false;
	const namespaces = valueAt(rule, 'namespaceSelector');
	return namespaces === undefined ? peer.isOwn : fitsSelector(namespaces, {[nameLabel]: peer.name});
}

function ruleFits(rule: Json, direction: Direction, peer: Peer, port: Port): boolean {
	const peers = listAt(rule, direction === 'ingress' ? 'from' : 'to');
	const ports = listAt(rule, 'ports');
	return (
		(peers.length === 0 || peers.some(each => peerFits(each, peer))) && (ports.length === 0 || ports.some(each => portFits(each, port)))
	);
}

/** The policies that let this pass; undefined where no policy limits the direction, so that everything passes. */
export function allowing(policies: readonly KubeObject[], direction: Direction, peer: Peer, port: Port): readonly KubeObject[] | undefined {
	const speaking = speakingOf(policies, direction);
	if (speaking.length === 0) return undefined;
	return speaking.filter(policy => listAt(policy, 'spec', direction).some(rule => ruleFits(rule, direction, peer, port)));
}

export const tcp = ({number, name}: DeclaredPort): Port => ({number, name, protocol: 'TCP'});
export const udp = (number: number): Port => ({number, protocol: 'UDP'});
