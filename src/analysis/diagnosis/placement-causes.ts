import type {Json} from '../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {templatePath} from '../../core/kube/pod-spec.ts';
import {cpuText, memoryText} from '../../core/kube/quantity.ts';
import {fitsExpression} from '../../core/kube/selector.ts';
import {roomOf} from '../capacity/free-room.ts';
import {podSize} from '../capacity/pod-size.ts';
import {type Case, isUnread, ofKind} from './case.ts';
import type {Cause, Remedy} from './cause.ts';
import {exchange} from './patch-remedy.ts';
import {meantName} from './reference-causes.ts';

const isPlaced = (pod: KubeObject) => textAt(pod, 'spec', 'nodeName') !== undefined;

const terms = (podSpec: Json) =>
	listAt(podSpec, 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms');

/** Whether a pod spec lets its pods onto a node, by the labels of the node. */
export function isChosen(node: KubeObject, podSpec: Json): boolean {
	const {labels} = node.metadata;
	const fitsMap = Object.entries(objectAt(podSpec, 'nodeSelector')).every(([key, value]) => labels?.[key] === value);
	const wanted = terms(podSpec);
	return (
		fitsMap && (wanted.length === 0 || wanted.some(term => listAt(term, 'matchExpressions').every(each => fitsExpression(each, labels))))
	);
}

/** What the pods ask of a node: `accelerator=nvidia`, `zone In a, b`. */
const wishes = (podSpec: Json): readonly string[] => [
	...Object.entries(objectAt(podSpec, 'nodeSelector')).map(([key, value]) => `${key}=${value}`),
	...terms(podSpec).flatMap(term =>
		listAt(term, 'matchExpressions').map(each =>
			[textAt(each, 'key'), textAt(each, 'operator'), listAt(each, 'values').join(', ')].filter(Boolean).join(' '),
		),
	),
];

function selectorRemedies(workload: KubeObject, podSpec: Json, nodes: readonly KubeObject[]): readonly Remedy[] {
	const name = refText(refOf(workload));
	const path = [...(templatePath(workload) ?? []), 'spec', 'nodeSelector'];
	const lost = Object.entries(objectAt(podSpec, 'nodeSelector')).flatMap(([key, value]) =>
		typeof value === 'string' && nodes.every(({metadata}) => metadata.labels?.[key] !== value) ? [{key, value}] : [],
	);
	return lost.flatMap(({key, value}): readonly Remedy[] => {
		const values = [...new Set(nodes.flatMap(({metadata}) => metadata.labels?.[key] ?? []))];
		const meant = meantName(value, values);
		const near =
			meant === undefined
				? []
				: [
						exchange(workload, [{path: [...path, key], from: value, to: meant}], {
							side: 'workload',
							sure: true,
							text: {en: `Make ${name} ask for nodes with ${key}=${meant}`, ko: `${name}가 ${key}=${meant} 노드를 찾게 합니다`},
						}),
					];
		const kept = Object.fromEntries(Object.entries(objectAt(podSpec, 'nodeSelector')).filter(([each]) => each !== key));
		const without = exchange(workload, [{path, from: objectAt(podSpec, 'nodeSelector'), to: kept}], {
			side: 'workload',
			sure: false,
			text: {en: `Let ${name} run on nodes without the label ${key}`, ko: `${name}가 ${key} 라벨 없는 노드에서도 돌게 합니다`},
		});
		return [...near, without];
	});
}

function nobodyFits(workload: KubeObject, {podSpec}: Case, nodes: readonly KubeObject[]): Cause {
	const wanted = wishes(podSpec);
	const keys = [
		...new Set([
			...Object.keys(objectAt(podSpec, 'nodeSelector')),
			...terms(podSpec).flatMap(term => listAt(term, 'matchExpressions').flatMap(each => textAt(each, 'key') ?? [])),
		]),
	];
	return {
		id: 'no-node-chosen',
		resource: refOf(workload),
		cause: {
			en: `Its pods want a node with ${wanted.join(' and ')}, and none of the ${nodes.length} nodes has that: they stay Pending`,
			ko: `파드가 ${wanted.join(', ')} 노드를 원하는데 노드 ${nodes.length}개 중 그런 노드가 없어 Pending으로 남습니다`,
		},
		evidence: nodes.slice(0, 5).map(node => ({
			source: refText(refOf(node)),
			detail: keys.map(key => `${key}=${node.metadata.labels?.[key] ?? '(none)'}`).join(', '),
		})),
		remedies: selectorRemedies(workload, podSpec, nodes),
	};
}

const tolerates = (podSpec: Json, taint: Json) =>
	listAt(podSpec, 'tolerations').some(each => {
		const key = textAt(each, 'key');
		const effect = textAt(each, 'effect');
		const isAbout = (key === undefined || key === textAt(taint, 'key')) && (effect === undefined || effect === textAt(taint, 'effect'));
		return isAbout && (textAt(each, 'operator') === 'Exists' || (textAt(each, 'value') ?? '') === (textAt(taint, 'value') ?? ''));
	});

const blocks = (podSpec: Json) => (taint: Json) =>
	['NoSchedule', 'NoExecute'].includes(textAt(taint, 'effect') ?? '') &&
	textAt(taint, 'key') !== 'node.kubernetes.io/unschedulable' &&
	!tolerates(podSpec, taint);

const isCordoned = (node: KubeObject) => valueAt(node, 'spec', 'unschedulable') === true;

function allClosed(workload: KubeObject, {podSpec}: Case, chosen: readonly KubeObject[]): Cause | undefined {
	const why = chosen.map(node => {
		const taint = listAt(node, 'spec', 'taints').find(blocks(podSpec));
		return {
			node,
			isCordoned: isCordoned(node),
			taint: taint === undefined ? undefined : `${textAt(taint, 'key')}=${textAt(taint, 'value') ?? ''}`,
		};
	});
	if (why.some(each => !each.isCordoned && each.taint === undefined)) return undefined;
	const words = why.map(({node, isCordoned, taint}) => ({
		source: refText(refOf(node)),
		detail: isCordoned ? 'cordoned' : `taint ${taint}`,
	}));
	return {
		id: 'nodes-closed',
		resource: refOf(workload),
		cause: {
			en: `Every node that its pods could use is closed: ${words.map(({source, detail}) => `${source} (${detail})`).join(', ')}`,
			ko: `파드가 쓸 수 있는 노드가 모두 닫혀 있습니다: ${words.map(({source, detail}) => `${source} (${detail})`).join(', ')}`,
		},
		evidence: words,
		remedies: why
			.filter(each => each.isCordoned)
			.map(({node}) => ({
				tool: 'node_cordon',
				input: {node: node.metadata.name, uncordon: true},
				side: 'node',
				sure: why.length === 1,
				text: {en: `Uncordon ${refText(refOf(node))}`, ko: `${refText(refOf(node))}를 uncordon 합니다`},
			})),
	};
}

function tooLarge(workload: KubeObject, {podSpec}: Case, chosen: readonly KubeObject[], pods: readonly KubeObject[]): Cause | undefined {
	const size = podSize(podSpec);
	const open = roomOf(chosen, pods).filter(({closed}) => closed !== 'cordoned');
	const fits = open.filter(({free, podsFree}) => free.cpuCores >= size.cpuCores && free.memoryBytes >= size.memoryBytes && podsFree > 0);
	if (open.length === 0 || fits.length > 0) return undefined;
	const wanted = `${cpuText(size.cpuCores)} CPU, ${memoryText(size.memoryBytes)}`;
	const isEver = open.some(({allocatable}) => allocatable.cpuCores >= size.cpuCores && allocatable.memoryBytes >= size.memoryBytes);
	return {
		id: 'no-node-has-room',
		resource: refOf(workload),
		cause: isEver
			? {
					en: `A pod requests ${wanted}, and no node has that much left`,
					ko: `파드 하나가 ${wanted}을(를) 요청하는데 그만큼 남은 노드가 없습니다`,
				}
			: {
					en: `A pod requests ${wanted}, which is more than any node has`,
					ko: `파드 하나의 요청 ${wanted}이(가) 어느 노드의 전체 용량보다도 큽니다`,
				},
		evidence: open
			.slice(0, 5)
			.map(({name, free}) => ({source: `Node ${name}`, detail: `free ${cpuText(free.cpuCores)} CPU, ${memoryText(free.memoryBytes)}`})),
		remedies: [],
	};
}

/** Why pods wait for a node. Nothing where all pods have one. */
export function placementCauses(given: Case): readonly Cause[] {
	const {workload, pods, podSpec, scene} = given;
	const nodes = ofKind(scene, 'Node');
	const waits = pods.length === 0 ? workload?.kind !== 'CronJob' : pods.some(pod => !isPlaced(pod));
	if (workload === undefined || workload.kind === 'DaemonSet' || nodes.length === 0 || !waits || isUnread(scene, 'Pod')) return [];
	const chosen = nodes.filter(node => isChosen(node, podSpec));
	if (chosen.length === 0) return [nobodyFits(workload, given, nodes)];
	const found = allClosed(workload, given, chosen) ?? tooLarge(workload, given, chosen, ofKind(scene, 'Pod'));
	return found === undefined ? [] : [found];
}
