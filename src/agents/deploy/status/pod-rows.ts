import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {imagesOf} from '../../../mcp/kubernetes/model/container-summary.ts';
import {textMapAt} from '../../../mcp/kubernetes/model/fields.ts';
import {podPhase} from '../../../mcp/kubernetes/model/pod-phase.ts';
import {creationTrouble, type PodTrouble, podTrouble} from '../rollout/pod-trouble.ts';
import {trackLabel} from '../track-label.ts';
import type {Status} from './status-output.ts';

type PodRow = Status['pods'][number];
type Track = PodRow['track'];
type Trouble = Status['troubles'][number];

/** By mkcoa's own label; controllers tell their versions apart in other ways. */
function byLabel(pod: KubeObject): Track {
	const track = textMapAt(pod, 'metadata', 'labels')[trackLabel];
	return track === 'canary' || track === 'preview' || track === 'baseline' ? track : 'stable';
}

function podRowOf(pod: KubeObject, track: Track): PodRow {
	const {word, healthy, ready, restarts} = podPhase(pod);
	return {
		name: pod.metadata.name,
		track,
		phase: word,
		healthy,
		ready,
		restarts,
		images: [...imagesOf(pod)],
		reason: podTrouble(pod)?.text ?? '',
		createdAt: pod.metadata.creationTimestamp ?? '',
	};
}

/** Troubled pods first. */
export const podRows = (pods: readonly KubeObject[], trackOf = byLabel): readonly PodRow[] =>
	pods.map(pod => podRowOf(pod, trackOf(pod))).sort((a, b) => Number(a.healthy) - Number(b.healthy) || a.name.localeCompare(b.name));

/** Which version serves which share. Pods on their way out serve no more. */
export function versionsOf(rows: readonly PodRow[]): Status['versions'] {
	const living = rows.filter(({phase}) => phase !== 'Terminating');
	const allReady = living.filter(({healthy}) => healthy).length;
	return [...Map.groupBy(living, ({track, images}) => [track, ...images].join(' ')).values()]
		.flatMap(pods => {
			const [first] = pods;
			if (first === undefined) return [];
			const ready = pods.filter(({healthy}) => healthy).length;
			return [{track: first.track, images: first.images, ready, pods: pods.length, share: allReady === 0 ? 0 : ready / allReady}];
		})
		.sort((a, b) => b.share - a.share || b.track.localeCompare(a.track));
}

/** Why pods do not serve, each reason once with the number of its pods and the earliest time. Lasting ones first. */
export function troublesOf(
	deployments: readonly {readonly track: Track; readonly deployment: KubeObject}[],
	pods: readonly KubeObject[],
	trackOf = byLabel,
) {
	const refused = deployments.flatMap(({track, deployment}) => asTrouble(track, 0, creationTrouble(deployment)));
	const found = pods.flatMap(pod => asTrouble(trackOf(pod), 1, podTrouble(pod)));
	return [...Map.groupBy([...refused, ...found], ({track, text}) => `${track} ${text}`).values()]
		.flatMap(same => {
			const [first] = same.toSorted((a, b) => a.since.localeCompare(b.since));
			return first === undefined ? [] : [{...first, pods: same.reduce((sum, {pods: count}) => sum + count, 0)}];
		})
		.sort((a, b) => Number(b.lasting) - Number(a.lasting));
}

const asTrouble = (track: Track, pods: number, trouble: PodTrouble | undefined): Trouble[] =>
	trouble === undefined ? [] : [{track, pods, ...trouble}];
