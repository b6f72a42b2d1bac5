import {z} from 'zod';
import type {KubeObject} from '../../core/kube-object.ts';
import {age, textTable} from '../../core/text-table.ts';
import type {View} from '../../core/tool.ts';
import {containersOf, imagesOf} from '../../mcp/kubernetes/model/container-summary.ts';
import {podPhase} from '../../mcp/kubernetes/model/pod-phase.ts';
import {isCanaryPod} from './rollout/pod-health.ts';

/** Pods shown; troubled ones come first, and the rest is counted. */
export const shownPods = 20;

const podRow = z.object({
	name: z.string(),
	track: z.enum(['stable', 'canary']),
	phase: z.string(),
	healthy: z.boolean(),
	ready: z.string(),
	restarts: z.number(),
	images: z.array(z.string()),
	/** Why it does not run; empty where it does. */
	reason: z.string(),
	createdAt: z.string(),
});

export const statusOutput = z.object({
	name: z.string(),
	namespace: z.string(),
	state: z.enum(['healthy', 'rolling-out', 'canary', 'paused', 'stuck', 'degraded']),
	summary: z.string(),
	revision: z.number(),
	images: z.array(z.string()),
	desired: z.number(),
	ready: z.number(),
	updated: z.number(),
	canary: z.object({name: z.string(), images: z.array(z.string()), desired: z.number(), ready: z.number()}).optional(),
	conditions: z.array(z.object({type: z.string(), status: z.string(), reason: z.string(), message: z.string()})),
	pods: z.array(podRow),
	podsLeftOut: z.number(),
});

export type Status = z.output<typeof statusOutput>;
type PodRow = Status['pods'][number];

function podRowOf(pod: KubeObject): PodRow {
	const {word, healthy, ready, restarts} = podPhase(pod);
	const trouble = containersOf(pod).find(container => container.explanation !== '' && !container.ready);
	return {
		name: pod.metadata.name,
		track: isCanaryPod(pod) ? 'canary' : 'stable',
		phase: word,
		healthy,
		ready,
		restarts,
		images: [...imagesOf(pod)],
		reason: trouble === undefined ? '' : `${trouble.name}: ${trouble.explanation}`,
		createdAt: pod.metadata.creationTimestamp ?? '',
	};
}

/** Troubled pods first. */
export const podRows = (pods: readonly KubeObject[]): readonly PodRow[] =>
	pods.map(podRowOf).sort((a, b) => Number(a.healthy) - Number(b.healthy) || a.name.localeCompare(b.name));

const signs: {readonly [state in Status['state']]: string} = {
	healthy: '✓',
	'rolling-out': '-',
	canary: '-',
	paused: '!',
	stuck: '✗',
	degraded: '✗',
};

export function statusText(status: Status, view: View): string {
	const {name, namespace, state, summary, images, revision, canary, pods, podsLeftOut} = status;
	const rows = pods.map(pod => [pod.name, pod.track, pod.ready, pod.phase, pod.restarts, age(view.nowMs - Date.parse(pod.createdAt))]);
	return [
		`${signs[state]} ${namespace}/${name} ${state}: ${summary}`,
		`revision ${revision}, ${images.join(', ')}`,
		...(canary === undefined ? [] : [`canary ${canary.name}: ${canary.ready}/${canary.desired} ready, ${canary.images.join(', ')}`]),
		...(rows.length === 0 ? ['no pods'] : ['', textTable({headers: ['POD', 'TRACK', 'READY', 'STATUS', 'RESTARTS', 'AGE'], rows, view})]),
		...pods.filter(({reason}) => reason !== '').map(pod => `✗ ${pod.name}: ${pod.reason}`),
		...(podsLeftOut === 0 ? [] : [`${podsLeftOut} more pods are left out; see mkcoa k8s list pods -n ${namespace}`]),
	].join('\n');
}
