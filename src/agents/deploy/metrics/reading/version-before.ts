import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {revisionOfPod} from '../../../../mcp/kubernetes/model/revisions.ts';
import type {Place} from '../../../series/request-series.ts';
import {type Arm, sideOf} from '../sides.ts';
import {namesOf} from './counters-at.ts';

const minuteMs = 60_000;

/** Pods of a rolling update come one after another with less than this between them; those of a scale-up come later. */
const betweenPodsMs = 10 * minuteMs;

/** A pod whose place another takes answers for so long at the most, unless it has much to finish. */
const drainMs = minuteMs;

/** So many pods tell how a version is; with all of a large one's the answer would be megabytes. */
const mostPods = 50;

/** What is known of the version's life, in the API server's time. */
export type VersionBefore = {
	readonly names: readonly string[];
	/** When it may be told of under this name first: a StatefulSet's pod had this name with the version before, and a Service had it always. */
	readonly sinceMs: (name: string) => number;
	/** Since when no other version served under any of the names. */
	readonly aloneSinceMs: number;
};

/** Of a version, by the names that its series have, the present pods of at most 50; since the beginning of time where nobody wrote down when they came. */
export function versionBefore(place: Place, arm: Arm): VersionBefore {
	const present = ofYoungest(arm.pods);
	const side = sideOf({...arm, pods: present});
	const aloneSinceMs = aloneSince(present.map(bornMs));
	const born = new Map(present.map(pod => [pod.metadata.name, bornMs(pod)]));
	return {
		names: namesOf(place, side).slice(0, mostPods),
		sinceMs: name => (place.by === 'service' ? aloneSinceMs : (born.get(name) ?? aloneSinceMs)),
		aloneSinceMs,
	};
}

const bornMs = ({metadata}: KubeObject) => Date.parse(metadata.creationTimestamp ?? '') || 0;

/** Where a workload has pods of two revisions, the present one is that of the youngest. */
function ofYoungest(pods: readonly KubeObject[]): readonly KubeObject[] {
	const [youngest] = pods.toSorted((a, b) => bornMs(b) - bornMs(a));
	return youngest === undefined ? [] : pods.filter(pod => revisionOfPod(pod) === revisionOfPod(youngest));
}

/** When the pods that came with the version were all there, and the last one before had time to go. */
function aloneSince(births: readonly number[]): number {
	const [first = 0, ...later] = births.toSorted((a, b) => a - b);
	let last = first;
	for (const born of later) {
		if (born - last > betweenPodsMs) break;
		last = born;
	}
	return last === 0 ? 0 : last + drainMs;
}
