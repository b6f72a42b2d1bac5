import type {JsonObject} from '../../../../core/json.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {type Labels, objectOf, type Place} from './object.ts';

/** Namespaces by name, or by their labels. */
type SpaceWish = string | Labels;

/** Who may speak: pods by their labels in the policy's own namespace or in others, all of a namespace, or addresses. */
export type PeerWish =
	| {readonly pods: Labels; readonly namespace?: SpaceWish | undefined}
	| {readonly namespace: SpaceWish}
	| {readonly cidr: string; readonly except: readonly string[]};

/** A port by number or by the name that the pods give it; `endPort`: all up to that one. */
export type PortWish = {readonly port: number | string; readonly endPort?: number | undefined; readonly protocol: 'TCP' | 'UDP' | 'SCTP'};

/** One direction. No rule: nothing passes. A rule without peers: everybody; without ports: all of them. */
export type DirectionWish = readonly {readonly peers: readonly PeerWish[]; readonly ports: readonly PortWish[]}[];

export type PolicyWish = {
	/** Empty: every pod of the namespace. */
	readonly pods: Labels;
	readonly ingress?: DirectionWish | undefined;
	readonly egress?: DirectionWish | undefined;
};

const ofNamespace = (space: SpaceWish) => ({
	namespaceSelector:
		typeof space === 'string'
			? {matchLabels: {'kubernetes.io/metadata.name': space}}
			: Object.keys(space).length === 0
				? {}
				: {matchLabels: space},
});

export function peerOf(peer: PeerWish): JsonObject {
	if ('cidr' in peer) return {ipBlock: {cidr: peer.cidr, ...(peer.except.length === 0 ? {} : {except: peer.except})}};
	if (!('pods' in peer)) return ofNamespace(peer.namespace);
	const pods = {podSelector: Object.keys(peer.pods).length === 0 ? {} : {matchLabels: peer.pods}};
	return peer.namespace === undefined ? pods : {...ofNamespace(peer.namespace), ...pods};
}

const rulesOf = (direction: DirectionWish, side: 'from' | 'to'): readonly JsonObject[] =>
	direction.map(({peers, ports}) => ({
		...(peers.length === 0 ? {} : {[side]: peers.map(peerOf)}),
		...(ports.length === 0 ? {} : {ports}),
	}));

export const policyOf = (place: Place, {pods, ingress, egress}: PolicyWish): KubeObject =>
	objectOf('networking.k8s.io/v1', 'NetworkPolicy', place, {
		spec: {
			podSelector: Object.keys(pods).length === 0 ? {} : {matchLabels: pods},
			policyTypes: [...(ingress === undefined ? [] : ['Ingress']), ...(egress === undefined ? [] : ['Egress'])],
			...(ingress === undefined || ingress.length === 0 ? {} : {ingress: rulesOf(ingress, 'from')}),
			...(egress === undefined || egress.length === 0 ? {} : {egress: rulesOf(egress, 'to')}),
		},
	});
