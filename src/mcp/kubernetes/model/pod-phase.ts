import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {isReady} from './conditions.ts';
import {type ContainerSummary, containersOf} from './container-summary.ts';
import {wordAt} from './fields.ts';

/** A pod's state for people: the word kubectl prints, and whether a person should look. */
export type PodPhase = {
	readonly word: string;
	readonly healthy: boolean;
	/** `1/2` */
	readonly ready: string;
	readonly restarts: number;
};

/** The first init container that has not done its part decides the word, as in kubectl's printer (pkg/printers/internalversion). */
function initWord(containers: readonly ContainerSummary[]): string | undefined {
	const inits = containers.filter(({kind}) => kind === 'init' || kind === 'sidecar');
	const index = inits.findIndex(
		({kind, state, reason, ready}) =>
			!(state === 'terminated' && reason !== 'Error') && !(kind === 'sidecar' && state === 'running' && ready),
	);
	const open = inits[index];
	if (open === undefined || open.state === 'unknown') return undefined;
	if (open.reason !== '' && open.reason !== 'PodInitializing') return `Init:${open.reason}`;
	return `Init:${index}/${inits.length}`;
}

function containerWord(pod: KubeObject, apps: readonly ContainerSummary[]): string | undefined {
	const stopped = apps.filter(({reason}) => reason !== '');
	const word = (stopped.find(({reason}) => reason !== 'Completed') ?? stopped[0])?.reason;
	if (word !== 'Completed' || !apps.some(({state}) => state === 'running')) return word;
	return isReady(pod) ? 'Running' : 'NotReady';
}

/** Reads the word of kubectl's STATUS column and judges it. A pod that ended well is healthy. */
export function podPhase(pod: KubeObject): PodPhase {
	const containers = containersOf(pod);
	const apps = containers.filter(({kind}) => kind === 'app');
	const phase = wordAt(pod, 'status', 'reason') || wordAt(pod, 'status', 'phase') || 'Unknown';
	const deleted = pod.metadata.deletionTimestamp !== undefined;
	const ended = phase === 'Succeeded' || phase === 'Failed';
	const word = deleted
		? wordAt(pod, 'status', 'reason') === 'NodeLost'
			? 'Unknown'
			: 'Terminating'
		: ((ended ? undefined : initWord(containers)) ?? containerWord(pod, apps) ?? phase);
	return {
		word: word === 'Succeeded' ? 'Completed' : word,
		healthy: !deleted && (word === 'Completed' || word === 'Succeeded' || (word === 'Running' && isReady(pod))),
		ready: `${apps.filter(({ready}) => ready).length}/${apps.length}`,
		restarts: containers.reduce((sum, {restarts}) => sum + restarts, 0),
	};
}
