import type {Json} from '../../core/json.ts';
import {listAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import type {Case} from './case.ts';
import type {Cause, Remedy} from './cause.ts';
import {lastWriteOf, writtenText} from './changed-by.ts';
import {podSpecPlace} from './container-place.ts';
import {fieldPath} from './field-path.ts';
import {nodeCauses, uncordon} from './node-causes.ts';
import {exchange} from './patch-remedy.ts';
import {backRemedy, changeEvidence, changeOf, changesAt} from './template-change.ts';

/** Whether a toleration is about a taint and lets pods stay with it, for a time at the least. */
export function tolerates(toleration: Json, taint: Json): boolean {
	const [key, effect] = [textAt(toleration, 'key'), textAt(toleration, 'effect')];
	const isAbout = (key === undefined || key === textAt(taint, 'key')) && (effect === undefined || effect === textAt(taint, 'effect'));
	return isAbout && (textAt(toleration, 'operator') === 'Exists' || (textAt(toleration, 'value') ?? '') === (textAt(taint, 'value') ?? ''));
}

/** Whether a taint of a node keeps a pod away from it. */
export const keepsAway = (podSpec: Json) => (taint: Json) =>
	['NoSchedule', 'NoExecute'].includes(textAt(taint, 'effect') ?? '') &&
	textAt(taint, 'key') !== 'node.kubernetes.io/unschedulable' &&
	!listAt(podSpec, 'tolerations').some(each => tolerates(each, taint));

const isCordoned = (node: KubeObject) => valueAt(node, 'spec', 'unschedulable') === true;

/** `gpu=yes:NoSchedule` */
const taintText = (taint: Json) => `${textAt(taint, 'key')}=${textAt(taint, 'value') ?? ''}:${textAt(taint, 'effect')}`;

type Closed = {readonly node: KubeObject; readonly isCordoned: boolean; readonly taint: Json | undefined};

/** A toleration of the same key was meant for the taint, and says another value or effect. */
function nearRemedy(workload: KubeObject, podSpec: Json, taints: readonly Json[]): readonly Remedy[] {
	return listAt(podSpec, 'tolerations').flatMap((toleration, index) => {
		const taint = taints.find(each => textAt(each, 'key') === textAt(toleration, 'key'));
		if (taint === undefined) return [];
		const place = [...podSpecPlace(workload), 'tolerations', index];
		const fields = ['value', 'effect'].filter(
			field => valueAt(toleration, field) !== valueAt(taint, field) && !(field === 'value' && textAt(toleration, 'operator') === 'Exists'),
		);
		return [
			exchange(
				workload,
				fields.map(field => ({path: [...place, field], from: valueAt(toleration, field), to: valueAt(taint, field)})),
				{
					side: 'workload',
					sure: true,
					text: {
						en: `Make ${refText(refOf(workload))} tolerate ${taintText(taint)}`,
						ko: `${refText(refOf(workload))}가 ${taintText(taint)}를 허용하게 합니다`,
					},
				},
			),
		];
	});
}

/** Taints that the control plane sets and takes away, by what ails the node. */
const isOfTheSystem = (taint: Json) => (textAt(taint, 'key') ?? '').startsWith('node.kubernetes.io/');

/** What a taint of the system stands for, as the node itself says it. */
const conditions: {readonly [key: string]: string} = {
	'node.kubernetes.io/disk-pressure': 'DiskPressure',
	'node.kubernetes.io/memory-pressure': 'MemoryPressure',
	'node.kubernetes.io/pid-pressure': 'PIDPressure',
	'node.kubernetes.io/network-unavailable': 'NetworkUnavailable',
};

/** What ails a node that is not ready, or whose condition is why it is tainted. */
function ailmentOf({node, taint}: Closed): Cause | undefined {
	const ailments = nodeCauses(node);
	const condition = conditions[textAt(taint, 'key') ?? ''];
	return ailments.find(({id}) => id === 'node-not-ready') ?? ailments.find(({path}) => path === `status.conditions[${condition}]`);
}

/** Who keeps pods away: cordoned nodes, a node that has been tainted, or a workload that does not tolerate what it always had to. */
export function allClosed(workload: KubeObject, given: Case, chosen: readonly KubeObject[]): Cause | undefined {
	const {podSpec} = given;
	const closed = chosen.map(
		(node): Closed => ({
			node,
			isCordoned: isCordoned(node),
			taint: listAt(node, 'spec', 'taints').find(keepsAway(podSpec)),
		}),
	);
	if (closed.some(each => !each.isCordoned && each.taint === undefined)) return undefined;
	const words = closed.map(({node, isCordoned, taint}) => ({
		source: refText(refOf(node)),
		detail: isCordoned ? 'cordoned' : `taint ${taint === undefined ? '' : taintText(taint)}`,
	}));
	const cordoned = closed.filter(each => each.isCordoned && each.taint === undefined);
	const list = words.map(({source, detail}) => `${source} (${detail})`).join(', ');
	const common = {
		id: 'nodes-closed' as const,
		cause: {
			en: `Every node that pods of ${refText(refOf(workload))} could use is closed: ${list}`,
			ko: `${refText(refOf(workload))}의 파드가 쓸 수 있는 노드가 모두 닫혀 있습니다: ${list}`,
		},
	};
	const [first] = cordoned;
	if (first !== undefined)
		return {
			...common,
			resource: refOf(first.node),
			path: 'spec.unschedulable',
			hurts: [refOf(workload)],
			evidence: [...words, ...cordoned.flatMap(({node}) => writtenOf(node, ['spec', 'unschedulable']))],
			remedies: cordoned.map(({node}) => ({...uncordon(node), sure: closed.length === 1})),
		};
	return {...common, ...tainted(workload, given, closed, words)};
}

const writtenOf = (node: KubeObject, path: readonly string[]) => {
	const text = writtenText(node, path);
	return text === undefined ? [] : [{source: refText(refOf(node)), detail: text}];
};

/** When somebody other than the control plane last wrote the taints of a node, in milliseconds. */
function taintedAt(node: KubeObject): number {
	const written = lastWriteOf(node, ['spec', 'taints']);
	return written === undefined || written.by === 'kube-controller-manager' ? 0 : written.atMs;
}

function tainted(
	workload: KubeObject,
	given: Case,
	closed: readonly Closed[],
	words: Cause['evidence'],
): Partial<Cause> & Pick<Cause, 'resource' | 'path' | 'evidence' | 'remedies'> {
	const {podSpec} = given;
	const taints = closed.flatMap(({taint}) => (taint === undefined || isOfTheSystem(taint) ? [] : [taint]));
	const place = [...podSpecPlace(workload), 'tolerations'];
	const change = changeOf(given);
	const changed = changesAt(change, place);
	const [first] = closed;
	const sick = closed.find(({taint}) => taint !== undefined && isOfTheSystem(taint));
	const runsThere = given.pods.some(pod => closed.some(({node}) => node.metadata.name === textAt(pod, 'spec', 'nodeName')));
	// Pods that got in before show that the node was open to them, and so does a taint that is younger than the workload.
	const isYounger = closed.some(
		({node}) => taintedAt(node) > (Date.parse(workload.metadata.creationTimestamp ?? '') || Number.POSITIVE_INFINITY),
	);
	const isNodeNew = changed.length === 0 && (runsThere || isYounger) && nearRemedy(workload, podSpec, taints).length === 0;
	const node = sick?.node ?? (isNodeNew ? first?.node : undefined);
	const lost = sick === undefined ? undefined : ailmentOf(sick);
	if (lost !== undefined) return {...lost, hurts: [refOf(workload)], evidence: [...lost.evidence, ...words]};
	if (node !== undefined) {
		const key = textAt(listAt(node, 'spec', 'taints').find(keepsAway(podSpec)), 'key') ?? '';
		return {
			resource: refOf(node),
			path: fieldPath(node, ['spec', 'taints']).concat(`[${key}]`),
			hurts: [refOf(workload)],
			evidence: [...words, ...writtenOf(node, ['spec', 'taints'])],
			remedies: sick === undefined ? untaint(node, key) : [],
		};
	}
	return {
		resource: refOf(workload),
		path: fieldPath(workload, place),
		evidence: [...words, ...changeEvidence(given, change, changed)],
		remedies:
			changed.length > 0
				? backRemedy(given, change, changed)
				: [...nearRemedy(workload, podSpec, taints), ...tolerate(workload, podSpec, taints)],
	};
}

function untaint(node: KubeObject, key: string): readonly Remedy[] {
	const taints = listAt(node, 'spec', 'taints');
	const index = taints.findIndex(each => textAt(each, 'key') === key);
	return [
		exchange(node, [{path: ['spec', 'taints', index], from: taints[index], to: undefined}], {
			side: 'node',
			sure: false,
			text: {en: `Take the taint ${key} off ${refText(refOf(node))}`, ko: `${refText(refOf(node))}에서 taint ${key}를 뗍니다`},
		}),
	];
}

/** Whether the pods belong there a person decides: a taint is there for a reason. */
function tolerate(workload: KubeObject, podSpec: Json, taints: readonly Json[]): readonly Remedy[] {
	const [taint] = taints;
	const kept = valueAt(podSpec, 'tolerations');
	if (taint === undefined || (textAt(taint, 'key') ?? '').startsWith('node-role.kubernetes.io/')) return [];
	const value = valueAt(taint, 'value');
	const added = {
		key: textAt(taint, 'key') ?? '',
		operator: value === undefined ? 'Exists' : 'Equal',
		...(value === undefined ? {} : {value}),
		effect: textAt(taint, 'effect') ?? '',
	};
	return [
		exchange(workload, [{path: [...podSpecPlace(workload), 'tolerations'], from: kept, to: [...listAt(podSpec, 'tolerations'), added]}], {
			side: 'workload',
			sure: false,
			text: {
				en: `Let ${refText(refOf(workload))} tolerate ${taintText(taint)}`,
				ko: `${refText(refOf(workload))}가 ${taintText(taint)}를 허용하게 합니다`,
			},
		}),
	];
}
