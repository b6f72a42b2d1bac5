import type {Finding} from '../../../core/finding.ts';
import {count} from '../../../core/text/count.ts';
import {shortLine} from '../../../core/text/short-line.ts';
import type {Sick} from './sick-in.ts';

type Severity = Finding['severity'];

/** Of what runs no pods of its own, or ends by itself. */
const severities: {readonly [kind: string]: Severity} = {
	Node: 'high',
	Service: 'high',
	Ingress: 'high',
	HorizontalPodAutoscaler: 'medium',
	PersistentVolumeClaim: 'medium',
	PodDisruptionBudget: 'low',
	Namespace: 'low',
};

/** A workload by how many of its pods serve: none is worst, and while the old ones all do, nobody notices yet. */
export function severityOf({object: {kind}, pods}: Sick): Severity {
	if (pods === undefined) return severities[kind] ?? 'medium';
	if (pods.wanted > 0 && pods.ready === 0) return 'critical';
	return pods.ready < pods.wanted ? 'high' : 'medium';
}

/** `1 of 3 pods are ready` */
export const readyText = ({pods}: Pick<Sick, 'pods'>) =>
	pods === undefined ? undefined : `${pods.ready} of ${count(pods.wanted, 'pod')} ${pods.wanted === 1 ? 'is' : 'are'} ready`;

/** What an object says of itself, where it says more than a word. */
export const saidOf = ({health}: Pick<Sick, 'health'>) => shortLine(health.message, 300);

/** How a sick object is, in one line: of how many pods are ready, a workload says no more than its pods do. */
export const stateText = (sick: Pick<Sick, 'pods' | 'health'>): string =>
	readyText(sick) ?? (saidOf(sick) || `It is ${sick.health.status.toLowerCase()}`);
