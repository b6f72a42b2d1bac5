import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {conditionOf} from '../conditions.ts';
import type {Tools} from '../controller.ts';
import type {Node} from '../shapes.ts';
import {timestamp} from '../time.ts';

/** A real kubelet renews its lease each ten seconds; a minute keeps a quiet cluster quiet. The lease says so, hence it never looks stale. */
const periodMs = 60_000;
const leaseSeconds = 90;
/** An unchanged status is posted each five minutes, as real kubelets do. */
const beatsPerStatus = 5;
const space = 'kube-node-lease';

/** Renews the Lease of each node that is ready, and the times in its conditions, from now on, until the agenda stops. */
export function startHeartbeats(tools: Pick<Tools, 'machine' | 'world' | 'clock' | 'agenda'>): void {
	const {world, clock, agenda} = tools;
	let beats = 0;
	const beat = () => {
		for (const node of world.list('Node')) {
			if (conditionOf(node.status?.conditions, 'Ready')?.status !== 'True') continue;
			renew(tools, node);
			if (beats % beatsPerStatus === 0) postStatus(tools, node);
		}
		beats++;
		agenda.put('heartbeats', clock.now() + periodMs, beat);
	};
	beat();
}

function postStatus({machine, clock}: Pick<Tools, 'machine' | 'clock'>, node: Node) {
	const conditions = (node.status?.conditions ?? []).map(condition => ({...condition, lastHeartbeatTime: timestamp(clock.now())}));
	machine.update({...node, status: {...node.status, conditions}}, 'kubelet', 'status');
}

function renew({machine, clock}: Pick<Tools, 'machine' | 'clock'>, {apiVersion, kind, metadata}: Node) {
	const renewTime = new Date(clock.now()).toISOString().replace('Z', '000Z');
	const spec = {holderIdentity: metadata.name, leaseDurationSeconds: leaseSeconds, renewTime};
	const before = machine.get('Lease', space, metadata.name);
	if (before !== undefined) return void machine.update({...before, spec}, 'kubelet');
	const owner = {apiVersion, kind, name: metadata.name, uid: metadata.uid ?? ''};
	const lease: KubeObject = {
		apiVersion: 'coordination.k8s.io/v1',
		kind: 'Lease',
		metadata: {name: metadata.name, namespace: space, ownerReferences: [owner]},
		spec,
	};
	machine.create(lease, 'kubelet');
}
