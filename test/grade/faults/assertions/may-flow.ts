import type {Json} from '../../../../src/core/json.ts';
import {textAt} from '../../../../src/core/kube/json-at.ts';
import type {ClusterApi} from '../cluster-api.ts';
import type {Assertion} from '../fault-case.ts';
import {type Peer, policiesAllow} from './policies-allow.ts';

/** Whether network policies let `[FROM, TO, PORT]` pass, each side `app=x` of the namespace or `NAMESPACE:app=x`. Of the system's pods only the sender is asked. */
export async function mayFlow(api: ClusterApi, namespace: string, value: Json, assertion: Assertion): Promise<boolean> {
	const [from, to, port] = Array.isArray(value) ? value.map(String) : [];
	if (from === undefined || to === undefined || port === undefined) throw new Error('flow wants [FROM, TO, PORT]');
	const [sender, receiver] = [await peerOf(api, namespace, from), await peerOf(api, namespace, to)];
	const way = {port: Number(port), protocol: textAt(assertion, 'protocol') ?? 'TCP'};
	const policiesOf = (peer: Peer) => api.list('NetworkPolicy', peer.namespace);
	const leaves = policiesAllow(await policiesOf(sender), {...way, direction: 'Egress', me: sender, peer: receiver});
	if (!leaves || receiver.namespace === 'kube-system') return leaves;
	return policiesAllow(await policiesOf(receiver), {...way, direction: 'Ingress', me: receiver, peer: sender});
}

/** The first pod of those labels, or one as it would be. */
async function peerOf(api: ClusterApi, home: string, where: string): Promise<Peer> {
	const [selector = '', namespace = home] = where.split(':').reverse();
	const [[pod], place] = [await api.list('Pod', namespace, selector), await api.get('Namespace', undefined, namespace)];
	return {
		namespace,
		labels: pod?.metadata.labels ?? Object.fromEntries(selector.split(',').map(pair => pair.split('='))),
		namespaceLabels: place?.metadata.labels ?? {},
		podSpec: pod?.spec,
	};
}
