import type {Json} from '../../../../src/core/json.ts';
import {listAt, numberAt, objectAt, textAt, valueAt} from '../../../../src/core/kube/json-at.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {fitsSelector} from '../../../../src/core/kube/selector.ts';
import {podPorts} from './pod-ports.ts';

/** A pod as policies see it; one that does not exist has no spec. */
export type Peer = {
	readonly namespace: string;
	readonly labels: Json;
	readonly namespaceLabels: Json;
	readonly podSpec?: Json | undefined;
};
type Flow = {
	readonly direction: 'Ingress' | 'Egress';
	readonly me: Peer;
	readonly peer: Peer;
	readonly port: number;
	readonly protocol: string;
};

/** Whether the policies of a pod's namespace let it talk to (or be reached by) another. Blocks of addresses allow no pod. */
export function policiesAllow(policies: readonly KubeObject[], flow: Flow): boolean {
	const mine = policies.filter(({spec}) => selects(valueAt(spec, 'podSelector'), flow.me.labels) && typesOf(spec).includes(flow.direction));
	return mine.length === 0 || mine.some(policy => rulesOf(policy, flow).some(rule => ruleAllows(rule, policy, flow)));
}

/** A selector that is left out selects everything. */
const selects = (selector: Json | undefined, labels: Json) => fitsSelector(selector ?? {}, labels);

function typesOf(spec: Json | undefined): readonly Json[] {
	const types = listAt(spec, 'policyTypes');
	if (types.length > 0) return types;
	return listAt(spec, 'egress').length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}

const rulesOf = ({spec}: KubeObject, {direction}: Flow) => listAt(spec, direction === 'Ingress' ? 'ingress' : 'egress');

function ruleAllows(rule: Json, policy: KubeObject, flow: Flow): boolean {
	const ports = listAt(rule, 'ports');
	if (ports.length > 0 && !ports.some(port => portFits(port, flow))) return false;
	const peers = listAt(rule, flow.direction === 'Ingress' ? 'from' : 'to');
	return peers.length === 0 || peers.some(peer => peerFits(peer, policy, flow));
}

function portFits(entry: Json, {me, port, protocol}: Flow): boolean {
	if ((textAt(entry, 'protocol') ?? 'TCP') !== protocol) return false;
	const wanted = valueAt(entry, 'port');
	if (typeof wanted === 'string') return podPorts(me.podSpec).some(({name, port: declared}) => name === wanted && declared === port);
	if (typeof wanted !== 'number') return true;
	return port >= wanted && port <= (numberAt(entry, 'endPort') ?? wanted);
}

function peerFits(entry: Json, policy: KubeObject, {peer}: Flow): boolean {
	if (valueAt(entry, 'ipBlock') !== undefined) return false;
	const namespaces = valueAt(entry, 'namespaceSelector');
	const isThere = namespaces === undefined ? peer.namespace === policy.metadata.namespace : selects(namespaces, peer.namespaceLabels);
	return isThere && selects(objectAt(entry, 'podSelector'), peer.labels);
}
