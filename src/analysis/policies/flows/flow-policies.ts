import type {Json, JsonObject} from '../../../core/json.ts';
import {listAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../core/kube/pod-spec.ts';
import {type Caller, type Flow, type FlowPort, labelsOf, namespaceOf, type OutsideFlow, selectorOf} from './flow.ts';

const nameLabel = 'kubernetes.io/metadata.name';
const inNamespace = (name: string): JsonObject => ({namespaceSelector: {matchLabels: {[nameLabel]: name}}});

/** Pods of a workload as a peer of a rule in a namespace; all of its namespace where nothing tells them from others. */
function podsOf(workload: KubeObject, own: string): JsonObject {
	const labels = labelsOf(workload);
	const pods = {podSelector: Object.keys(labels).length === 0 ? {} : {matchLabels: labels}};
	return namespaceOf(workload) === own ? pods : {...inNamespace(namespaceOf(workload)), ...pods};
}

function peerOf(caller: Caller, own: string): JsonObject | undefined {
	if (caller.kind === 'workload') return podsOf(caller.workload, own);
	if (caller.kind === 'namespace') return caller.name === own ? {podSelector: {}} : inNamespace(caller.name);
	return caller.kind === 'cluster' ? {namespaceSelector: {}} : undefined;
}

/** One rule for each set of ports, with all who may use them. */
function rulesOf(entries: readonly {readonly peer: JsonObject | undefined; readonly ports: readonly FlowPort[]}[], field: 'from' | 'to') {
	const portText = ({port, protocol}: FlowPort) => `${protocol}/${port}`;
	const byPeer = Map.groupBy(entries, ({peer}) => JSON.stringify(peer ?? null));
	const merged = [...byPeer.values()].map(group => {
		const ports = new Map(group.flatMap(({ports: own}) => own).map(port => [portText(port), port]));
		return {peer: group[0]?.peer, ports: [...ports.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, port]) => port)};
	});
	const byPorts = Map.groupBy(merged, ({peer, ports}) => JSON.stringify([peer === undefined, ports.map(portText)]));
	return [...byPorts.values()].map((group): JsonObject => {
		const peers = group.flatMap(({peer}) => (peer === undefined ? [] : [peer]));
		return {...(peers.length === 0 ? {} : {[field]: peers}), ports: (group[0]?.ports ?? []).map(({port, protocol}) => ({port, protocol}))};
	});
}

/** Names are answered from other places in other clusters (a cache on the node, another namespace), so their port is open to all of them. */
const dns: JsonObject = {
	ports: [
		{port: 53, protocol: 'UDP'},
		{port: 53, protocol: 'TCP'},
	],
};

export type FlowPolicy = {
	readonly workload: KubeObject;
	readonly policy: KubeObject;
	readonly flows: readonly Flow[];
	readonly outgoing: readonly Flow[];
	readonly outside: readonly OutsideFlow[];
};

/** Pods of the network of their node are none that a NetworkPolicy holds for. */
export const isOfNode = (workload: KubeObject) => valueAt(podSpecOf(workload), 'hostNetwork') === true;

/** Runs end, and nobody asks them: they get a policy only for what they ask. */
const serves = ({kind}: KubeObject) => kind !== 'Job' && kind !== 'CronJob';

type Flows = {readonly flows: readonly Flow[]; readonly outside: readonly OutsideFlow[]};

/**
 * One policy for each workload that lets in, and with `egress` out, what is known to be needed. Probes of the kubelet pass every policy: traffic of the node that a
 * pod runs on is never refused.
 * @see kubernetes.io/docs/concepts/services-networking/network-policies
 */
export function flowPolicies(workloads: readonly KubeObject[], {flows, outside}: Flows, egress: boolean): readonly FlowPolicy[] {
	return workloads.flatMap(workload => {
		const podSelector = selectorOf(workload);
		if (podSelector === undefined || isOfNode(workload) || (!serves(workload) && !egress)) return [];
		const own = namespaceOf(workload);
		const incoming = flows.filter(({to}) => to === workload);
		const outgoing = egress ? flows.filter(({from}) => from.kind === 'workload' && from.workload === workload) : [];
		const leaving = egress ? outside.filter(({from}) => from === workload) : [];
		const blocks = leaving.map(({cidr, except, ports}) => ({
			peer: {ipBlock: {cidr, ...(except.length === 0 ? {} : {except: [...except]})}},
			ports,
		}));
		const spec: JsonObject = {
			podSelector,
			policyTypes: [...(serves(workload) ? ['Ingress'] : []), ...(egress ? ['Egress'] : [])],
			...(serves(workload)
				? {
						ingress: rulesOf(
							incoming.map(({from, ports}) => ({peer: peerOf(from, own), ports})),
							'from',
						),
					}
				: {}),
			...(egress ? {egress: [dns, ...rulesOf([...outgoing.map(({to, ports}) => ({peer: podsOf(to, own), ports})), ...blocks], 'to')]} : {}),
		};
		const policy = {
			apiVersion: 'networking.k8s.io/v1',
			kind: 'NetworkPolicy',
			metadata: {name: `mkcoa-${workload.kind.toLowerCase()}-${workload.metadata.name}`, namespace: own},
			spec,
		} as unknown as KubeObject;
		return [{workload, policy, flows: incoming, outgoing, outside: leaving}];
	});
}

/** Rules of a policy, whichever direction. */
export const rulesIn = (policy: KubeObject, direction: 'ingress' | 'egress'): readonly Json[] => listAt(policy, 'spec', direction);

export const speaksOf = (policy: KubeObject, type: 'Ingress' | 'Egress') => listAt(policy, 'spec', 'policyTypes').includes(type);
