import {MkcoaError} from '../../../../core/error.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {seeObject} from '../../../../mcp/kubernetes/plan/see-object.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import {stepText} from '../layout.ts';
import {heldBy, holderText, type WorkloadName} from '../lease/held-by.ts';
import {isHeld, readLease, type Watcher} from '../lease/lease.ts';
import {readRecord} from './record.ts';
import {rolloutRefs} from './rollout-objects.ts';

/** What an earlier rollout left that had not begun yet, or was over but for the closing. A new one takes it as its own. */
export type Leftover = {readonly lease: KubeObject | undefined; readonly script: KubeObject | undefined};

/**
 * One workload has one rollout at a time. What may not be read counts as absent: the draft of a rollout says of which objects that holds.
 * @throws `rollout-held` while somebody is at one, `rollout-stopped` for one that stands half way, `rollout-there` where nobody can tell which
 */
export async function refuseRolling(cluster: Pick<Cluster, 'get'>, workload: WorkloadName, watcher: Watcher): Promise<Leftover> {
	const refs = rolloutRefs(workload);
	const [{object: lease, refused}, {object: record}, {object: script}] = await Promise.all([
		seeObject(cluster, refs.lease),
		seeObject(cluster, refs.record),
		seeObject(cluster, refs.script),
	]);
	if (lease !== undefined && isHeld(readLease(lease), watcher)) throw heldBy(workload, readLease(lease), watcher.clock.now());
	if (record !== undefined) throw refused === undefined ? stopped(workload, record) : thereAlready(workload, refused);
	return {lease, script};
}

/**
 * Plans a rollout where none is under way. Somebody may begin one while this one is planned, and its objects are then in the way: that is the reason
 * to be told, and not that a name is taken.
 * @throws as `refuseRolling`, and as the plan does
 */
export async function whileAlone<T>(
	cluster: Pick<Cluster, 'get'>,
	workload: WorkloadName,
	watcher: Watcher,
	plan: (opens: Leftover) => Promise<T>,
): Promise<T> {
	const opens = await refuseRolling(cluster, workload, watcher);
	try {
		return await plan(opens);
	} catch (error) {
		await refuseRolling(cluster, workload, watcher);
		throw error;
	}
}

/** @param refused why its Lease cannot be read */
const thereAlready = ({namespace, name}: WorkloadName, refused: string) =>
	new MkcoaError({
		kind: 'usage',
		code: 'rollout-there',
		what: `There is a rollout of ${name} already`,
		why: `whether somebody is at it is not known: ${refused}`,
		next: `See how far it is: mkcoa deploy status ${name} -n ${namespace}`,
	});

function stopped({namespace, name}: WorkloadName, object: KubeObject): MkcoaError {
	const record = readRecord(object);
	const words = `${name} -n ${namespace}`;
	return new MkcoaError({
		kind: 'usage',
		code: 'rollout-stopped',
		what: `A rollout of ${name} stands half way, and nobody is at it`,
		why:
			record === undefined
				? `ConfigMap ${object.metadata.name} is not what this version of mkcoa writes`
				: `${holderText(record.by)} began it, and it stopped at ${stepText(record)}`,
		next: `Go on with it: mkcoa deploy resume ${words}, or take it back: mkcoa deploy abort ${words}`,
	});
}
