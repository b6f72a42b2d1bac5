import {isNotAllowed} from '../../../core/error.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {RolloutState} from '../../../core/rollout-picture.ts';
import {isMarked} from '../staged/control/is-marked.ts';
import {lostRollout} from '../staged/control/lost-rollout.ts';
import {workloadName} from '../staged/lease/held-by.ts';
import {isHeld, type Lease, readLease} from '../staged/lease/lease.ts';
import {type RolloutRecord, readRecord} from '../staged/record/record.ts';
import {rolloutRefs} from '../staged/record/rollout-objects.ts';
import {previewSuffix} from '../strategies/blue-green/switch.ts';
import {baselineName, canaryName} from '../strategies/canary/script/canary-manifest.ts';
import {copyName} from '../traffic/copy/separate-copy.ts';
import {type OwnKnown, ownPicture} from './own-picture.ts';
import {type Around, ofKind, type Seen, type Sight, wantedBelow, wantedNamed} from './sight.ts';
import {sharesOf, trafficShares} from './traffic-shares.ts';
import type {Wanted} from './watched-objects.ts';

const kindWords: {readonly [kind: string]: string} = {
	Deployment: 'deployments.apps',
	StatefulSet: 'statefulsets.apps',
	DaemonSet: 'daemonsets.apps',
};

const routeKinds = ['httproutes.gateway.networking.k8s.io', 'grpcroutes.gateway.networking.k8s.io', 'virtualservices.networking.istio.io'];

/** A rollout that mkcoa carries out, by its record and Lease in the cluster; or Kubernetes alone, where there is no record. */
export function ownSight(found: KubeObject, {cluster, clock, holderDied, watched}: Around): Sight {
	const workload = workloadName(found);
	const {namespace, name} = workload;
	const refs = rolloutRefs(workload);
	const watcher = {clock, holderDied};
	let last: RolloutRecord | undefined;
	let lease: Lease | undefined;
	/** When the Lease was asked for last: a cluster that is away since does not tell that its holder died. */
	let isAlive = false;
	let unseen = false;
	/**
	 * Whether the Lease was asked for since there is a record, or since there is none any more: whoever begins makes it a moment before, and takes it
	 * then; whoever ends removes it a moment after.
	 */
	let isAsked = false;
	let hadRecord = false;
	let lost: OwnKnown['lost'];
	/** Between two writes of somebody who begins or ends, it looks as if a rollout had left something: only what stays is told. */
	let suspected: OwnKnown['lost'];

	const live = () => ofKind(watched.all(), found.kind).find(({metadata}) => metadata.name === name);

	function copies(): readonly KubeObject[] {
		if (found.kind !== 'Deployment') return [];
		const names = [canaryName(name), copyName(name, 'canary'), baselineName(name), copyName(name, previewSuffix)];
		return ofKind(watched.all(), 'Deployment').filter(object => names.includes(object.metadata.name) && isMarked(object, found));
	}

	const workloads = () => [live() ?? [], copies()].flat();

	const isRecord = ({kind, metadata}: KubeObject) => kind === 'ConfigMap' && metadata.name === refs.record.name;

	function record(): RolloutRecord | undefined {
		const object = watched.all().find(isRecord);
		return object === undefined ? undefined : readRecord(object);
	}

	const canaryService = () => {
		const service = last?.input.canaryService;
		return typeof service === 'string' && service !== '' ? `${namespace}/${service}` : undefined;
	};

	/** Many canaries stand beside each other in one namespace, but few namespaces hold so many Deployments that it matters. */
	const wantedWorkloads = (): Wanted =>
		found.kind === 'Deployment' ? {kind: 'deployments.apps', namespace} : wantedNamed(kindWords[found.kind] ?? found.kind, namespace, name);

	return {
		wanted: () => [
			wantedWorkloads(),
			wantedNamed('configmaps', namespace, refs.record.name),
			...wantedBelow([found, ...copies()], namespace),
			{kind: 'services', namespace},
			...(canaryService() === undefined ? [] : routeKinds.map(kind => ({kind, namespace}))),
		],
		told(object) {
			// Its last version is gone in a moment, and says how it ended.
			if (isRecord(object)) last = readRecord(object) ?? last;
		},
		async look() {
			const object = await cluster.get(refs.lease).catch((error: unknown) => {
				if (!isNotAllowed(error)) throw error;
				unseen = true;
				return undefined;
			});
			isAsked = true;
			lease = object === undefined ? undefined : readLease(object);
			isAlive = lease !== undefined && isHeld(lease, watcher);
			// Where there is neither a Lease nor a copy, nothing was left that a person who watches could miss.
			const isSuspect = last === undefined && watched.isSynced() && (lease !== undefined || copies().length > 0);
			const left = isSuspect ? await lostRollout(cluster, found, copies(), watcher) : undefined;
			lost = left?.text === suspected?.text ? left : undefined;
			suspected = left;
		},
		seen(): Seen {
			const now = record();
			if (hadRecord !== (now !== undefined)) isAsked = false;
			hadRecord = now !== undefined;
			const progressed = ownPicture({
				...{workload, live: live(), record: now, last, lease, unseen, lost, isAsked},
				alive: (!isAsked && (lease?.holder ?? '') === '') || isAlive,
				nowMs: clock.now(),
			});
			const all = watched.all();
			const objects = {workloads: workloads(), sets: ofKind(all, 'ReplicaSet'), pods: ofKind(all, 'Pod')};
			const routes = ofKind(all, 'HTTPRoute', 'GRPCRoute', 'VirtualService');
			const ended = last === undefined ? undefined : endShares(progressed.state);
			if (ended !== undefined) return {progressed, objects, ...ended};
			const services = ofKind(all, 'Service');
			return {progressed, objects, ...trafficShares({...objects, services, routes, canaryService: canaryService()})};
		},
	};
}

/** Of a rollout that came to its end one version is left. */
function endShares(state: RolloutState): Pick<Seen, 'weights'> | undefined {
	if (state !== 'done' && state !== 'failed') return undefined;
	return sharesOf(state === 'done' ? 1 : 0);
}
