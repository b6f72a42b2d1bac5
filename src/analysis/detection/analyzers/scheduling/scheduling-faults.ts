import {listAt, numberAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {quantityOf} from '../../../../core/kube/quantity.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {choosesNodes, isChosen} from '../../../diagnosis/node-choice.ts';
import {hostPortsOf} from '../../../diagnosis/own-separation.ts';
import {neverPlaced} from '../../../diagnosis/placement-causes.ts';
import {wishesOf} from '../../../diagnosis/room-causes.ts';
import type {Analyzer} from '../../analyzer.ts';
import {type Subject, subjectsOf} from '../subject.ts';
import {missingClasses} from './missing-classes.ts';
import {passingTolerations} from './passing-tolerations.ts';
import {preemptions} from './preemptions.ts';
import {runtimeClasses} from './runtime-classes.ts';

const required = 'requiredDuringSchedulingIgnoredDuringExecution';

/** Whether some of the nodes are such that a template could be kept from all of them: most ask for nothing but a little room, and that is told at a glance. */
function isParticular({workload, podSpec}: Subject, nodes: readonly KubeObject[], offered: ReadonlyMap<string, number>): boolean {
	const [apart, beside] = ['podAntiAffinity', 'podAffinity'].map(which => listAt(podSpec, 'affinity', which, required));
	const places = [...(apart ?? []), ...listAt(podSpec, 'topologySpreadConstraints')].map(term => textAt(term, 'topologyKey') ?? '');
	const isScarce =
		(numberAt(workload, 'spec', 'replicas') ?? 1) > nodes.length ||
		places.some(key => key !== 'kubernetes.io/hostname' && !nodes.every(({metadata}) => metadata.labels?.[key] !== undefined));
	return (
		(choosesNodes(podSpec) && !nodes.some(node => isChosen(node, podSpec))) ||
		valueAt(podSpec, 'nodeName') !== undefined ||
		(beside ?? []).length > 0 ||
		(places.length > 0 && isScarce) ||
		hostPortsOf(workload).length > 0 ||
		wishesOf(workload).some(({resource, amount}) => amount * 2 > (offered.get(resource) ?? 0))
	);
}

/** Of each resource, what the largest node offers. */
function offeredBy(nodes: readonly KubeObject[]): ReadonlyMap<string, number> {
	const offered = new Map<string, number>();
	for (const {resource, amount} of nodes.flatMap(allocatable)) offered.set(resource, Math.max(offered.get(resource) ?? 0, amount));
	return offered;
}

const allocatable = (node: KubeObject) =>
	Object.entries(objectAt(node, 'status', 'allocatable')).map(([resource, value]) => ({
		resource,
		amount: quantityOf(typeof value === 'number' ? value : String(value)) ?? 0,
	}));

/**
 * Pods that could not be placed if they started now. Of a workload that has no pods at the moment only a slip is told: the nodes that it waits for
 * may come when they are wanted.
 */
function impossible(subject: Subject): readonly Cause[] {
	const found = neverPlaced(subject.given());
	const isIdle = subject.pods.length === 0 && ['CronJob', 'Job'].includes(subject.workload.kind);
	if (found === undefined || (isIdle && !found.remedies.some(({sure}) => sure))) return [];
	return [{...found, severity: subject.gravity('medium')}];
}

/** What keeps pods from nodes as templates and nodes are, whether or not any pod waits. */
export const schedulingFaults: Analyzer = survey => {
	const nodes = survey.all('Node');
	const offered = offeredBy(nodes);
	const subjects = subjectsOf(survey);
	return [
		...subjects.flatMap(missingClasses),
		...subjects.flatMap(passingTolerations),
		...(survey.isRead('Node') && offered.size > 0
			? subjects.filter(subject => isParticular(subject, nodes, offered)).flatMap(impossible)
			: []),
		...runtimeClasses(survey),
		...preemptions(survey),
	];
};
