import {listAt, numberAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {quantityOf} from '../../../../core/kube/quantity.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {podSpecPlace} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {choosesNodes, isChosen} from '../../../diagnosis/node-choice.ts';
import {hostPortsOf} from '../../../diagnosis/own-separation.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {neverPlaced} from '../../../diagnosis/placement-causes.ts';
import {meantName} from '../../../diagnosis/reference-causes.ts';
import {wishesOf} from '../../../diagnosis/room-causes.ts';
import {backRemedy, changeEvidence, changesAt} from '../../../diagnosis/template-change.ts';
import type {Analyzer} from '../../analyzer.ts';
import {type Subject, subjectsOf} from '../subject.ts';
import {preemptions} from './preemptions.ts';

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

const named = [
	{field: 'priorityClassName', kind: 'PriorityClass', id: 'priority-class-not-there'},
	{field: 'runtimeClassName', kind: 'RuntimeClass', id: 'runtime-class-not-there'},
] as const;

/** A class that a template names and the cluster does not have: the server refuses its pods. */
function missingClasses({survey, workload, podSpec, given, change, gravity}: Subject): readonly Cause[] {
	return named.flatMap(({field, kind, id}): readonly Cause[] => {
		const wanted = textAt(podSpec, field);
		if (wanted === undefined || wanted === '' || !survey.isRead(kind) || survey.find(kind, undefined, wanted) !== undefined) return [];
		const path = [...podSpecPlace(workload), field];
		const names = survey.all(kind).map(({metadata}) => metadata.name);
		const meant = meantName(wanted, names);
		const changed = changesAt(change(), path);
		const name = refText(refOf(workload));
		const way = (to: string | undefined, sure: boolean): Remedy =>
			exchange(workload, [{path, from: wanted, to}], {
				side: 'workload',
				sure,
				text:
					to === undefined
						? {en: `Let ${name} do without a ${kind}`, ko: `${name}에서 ${kind} 지정을 뺍니다`}
						: {en: `Make ${name} use ${kind} ${to}`, ko: `${name}가 ${kind} ${to}를 쓰게 합니다`},
			});
		return [
			{
				id,
				resource: refOf(workload),
				path: fieldPath(workload, path),
				severity: gravity('medium'),
				lacks: `${kind} ${wanted}`,
				cause: {
					en: `${name} names ${kind} ${wanted}, which does not exist (there is: ${names.slice(0, 5).join(', ') || 'none'}): no new pod of it is made`,
					ko: `${name}가 없는 ${kind} ${wanted}를 가리켜(있는 것: ${names.slice(0, 5).join(', ') || '없음'}) 새 파드가 만들어지지 않습니다`,
				},
				evidence: [{source: name, detail: `${field} ${wanted}`}, ...changeEvidence(given(), change(), changed)],
				// Where several workloads name it, the class itself is most likely what is gone.
				remedies:
					changed.length > 0 ? backRemedy(given(), change(), changed) : meant === undefined ? [way(undefined, false)] : [way(meant, true)],
			},
		];
	});
}

/** What keeps pods from nodes as templates and nodes are, whether or not any pod waits. */
export const schedulingFaults: Analyzer = survey => {
	const nodes = survey.all('Node');
	const offered = offeredBy(nodes);
	const subjects = subjectsOf(survey);
	return [
		...subjects.flatMap(missingClasses),
		...(survey.isRead('Node') && offered.size > 0
			? subjects.filter(subject => isParticular(subject, nodes, offered)).flatMap(impossible)
			: []),
		...preemptions(survey),
	];
};
