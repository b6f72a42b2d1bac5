import type {Json} from '../../core/json.ts';
import {listAt, objectAt, textAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {fitsExpression} from '../../core/kube/selector.ts';
import {type Case, isReady} from './case.ts';
import type {Cause, Remedy} from './cause.ts';
import {podSpecPlace} from './container-place.ts';
import {fieldPath} from './field-path.ts';
import {exchange, merge} from './patch-remedy.ts';
import {meantName} from './reference-causes.ts';
import {backRemedy, changeEvidence, changeOf, changesAt} from './template-change.ts';

const termsPath = ['affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms'] as const;
const terms = (podSpec: Json) => listAt(podSpec, ...termsPath);

const isNumber = (text: string | undefined) => text !== undefined && /^-?\d+$/.test(text);

/** Of a node one may also ask for more or less than a number. */
function fitsRequirement(expression: Json, labels: Json | undefined): boolean {
	const operator = textAt(expression, 'operator');
	if (operator !== 'Gt' && operator !== 'Lt') return fitsExpression(expression, labels);
	const [own, wanted] = [textAt(labels, textAt(expression, 'key') ?? ''), textAt({value: listAt(expression, 'values')[0]}, 'value')];
	if (!isNumber(own) || !isNumber(wanted)) return false;
	return operator === 'Gt' ? Number(own) > Number(wanted) : Number(own) < Number(wanted);
}

const fitsTerm = (term: Json, {metadata}: KubeObject) =>
	listAt(term, 'matchExpressions').every(each => fitsRequirement(each, metadata.labels)) &&
	listAt(term, 'matchFields').every(each => fitsExpression(each, {'metadata.name': metadata.name}));

/** Whether a node fits one of several terms; no terms fit every node. */
export const fitsTerms = (node: KubeObject, wanted: readonly Json[]) => wanted.length === 0 || wanted.some(term => fitsTerm(term, node));

/** Whether a pod may go to a node by the labels that it asks for. */
export function isChosen(node: KubeObject, podSpec: Json): boolean {
	const {labels} = node.metadata;
	return (
		Object.entries(objectAt(podSpec, 'nodeSelector')).every(([key, value]) => labels?.[key] === value) && fitsTerms(node, terms(podSpec))
	);
}

/** Whether a pod asks for labels of nodes at all. */
export const choosesNodes = (podSpec: Json) => Object.keys(objectAt(podSpec, 'nodeSelector')).length > 0 || terms(podSpec).length > 0;

/** What the pods ask of a node: `accelerator=nvidia`, `zone In a, b`. */
const wishes = (podSpec: Json): readonly string[] => [
	...Object.entries(objectAt(podSpec, 'nodeSelector')).map(([key, value]) => `${key}=${value}`),
	...terms(podSpec).flatMap(term =>
		listAt(term, 'matchExpressions').map(each =>
			[textAt(each, 'key'), textAt(each, 'operator'), listAt(each, 'values').join(', ')].filter(Boolean).join(' '),
		),
	),
];

type Place = readonly (string | number)[];
type Lost = {readonly key: string; readonly value: string; readonly place: Place};

/** Wanted labels that no node has, each where it stands. */
function lostLabels(workload: KubeObject, podSpec: Json, nodes: readonly KubeObject[]): readonly Lost[] {
	const isLost = (key: string, value: string) => nodes.every(({metadata}) => metadata.labels?.[key] !== value);
	const at = podSpecPlace(workload);
	const selected = Object.entries(objectAt(podSpec, 'nodeSelector')).flatMap(([key, value]) =>
		typeof value === 'string' && isLost(key, value) ? [{key, value, place: [...at, 'nodeSelector', key]}] : [],
	);
	const expressed = terms(podSpec).flatMap((term, index) =>
		listAt(term, 'matchExpressions').flatMap((each, number): readonly Lost[] => {
			const [key, values] = [textAt(each, 'key') ?? '', listAt(each, 'values').filter(value => typeof value === 'string')];
			if (textAt(each, 'operator') !== 'In' || !values.every(value => isLost(key, value))) return [];
			return values.map((value, item) => ({key, value, place: [...at, ...termsPath, index, 'matchExpressions', number, 'values', item]}));
		}),
	);
	return [...selected, ...expressed];
}

function nearRemedy(workload: KubeObject, {key, value, place}: Lost, nodes: readonly KubeObject[]): readonly Remedy[] {
	const meant = meantName(value, [...new Set(nodes.flatMap(({metadata}) => metadata.labels?.[key] ?? []))]);
	const name = refText(refOf(workload));
	if (meant !== undefined)
		return [
			exchange(workload, [{path: place, from: value, to: meant}], {
				side: 'workload',
				sure: true,
				text: {en: `Make ${name} ask for nodes with ${key}=${meant}`, ko: `${name}가 ${key}=${meant} 노드를 찾게 합니다`},
			}),
		];
	// The key may be what is misspelt: some node has the value under a key like it.
	const keys = [
		...new Set(
			nodes.flatMap(({metadata}) => Object.entries(metadata.labels ?? {}).flatMap(([each, has]) => (has === value ? [each] : []))),
		),
	];
	const meantKey = meantName(key, keys) ?? (value !== 'true' && value !== '' && keys.length === 1 ? keys[0] : undefined);
	if (meantKey === undefined || place.at(-1) !== key) return [];
	return [
		exchange(
			workload,
			[
				{path: place, from: value, to: undefined},
				{path: [...place.slice(0, -1), meantKey], to: value},
			],
			{
				side: 'workload',
				sure: true,
				text: {en: `Make ${name} ask for nodes with ${meantKey}=${value}`, ko: `${name}가 ${meantKey}=${value} 노드를 찾게 합니다`},
			},
		),
	];
}

function withoutLabel(workload: KubeObject, podSpec: Json, {key, place}: Lost): readonly Remedy[] {
	if (place.at(-1) !== key) return [];
	const kept = Object.fromEntries(Object.entries(objectAt(podSpec, 'nodeSelector')).filter(([each]) => each !== key));
	const name = refText(refOf(workload));
	return [
		exchange(workload, [{path: place.slice(0, -1), from: objectAt(podSpec, 'nodeSelector'), to: kept}], {
			side: 'workload',
			sure: false,
			text: {en: `Let ${name} run on nodes without the label ${key}`, ko: `${name}가 ${key} 라벨 없는 노드에서도 돌게 합니다`},
		}),
	];
}

/** A label that pods were placed by, and that their node has no more. */
type Wanted = Pick<Lost, 'key' | 'value'>;

/** A pod that runs where nothing has the label any more was placed while it was there: the node lost it. */
export function strippedNode(
	workload: KubeObject,
	pods: readonly KubeObject[],
	lost: readonly Wanted[],
	nodes: readonly KubeObject[],
): Cause | undefined {
	const [stripped] = lost.flatMap(({key, value}) =>
		pods.flatMap(pod => {
			const hadIt = objectAt(pod, 'spec', 'nodeSelector')[key] === value;
			const node = nodes.find(({metadata}) => metadata.name === textAt(pod, 'spec', 'nodeName'));
			return hadIt && isReady(pod) && node !== undefined ? [{node, key, value, pod}] : [];
		}),
	);
	if (stripped === undefined) return undefined;
	const {node, key, value, pod} = stripped;
	return {
		id: 'node-label-gone',
		resource: refOf(node),
		path: fieldPath(node, ['metadata', 'labels', key]),
		hurts: [refOf(workload)],
		cause: {
			en: `${refText(refOf(node))} lost the label ${key}=${value}, and no other node has it: pods of ${refText(refOf(workload))} that start from now on stay Pending`,
			ko: `${refText(refOf(node))}에서 ${key}=${value} 라벨이 없어졌고 다른 노드에도 없습니다: ${refText(refOf(workload))}의 새 파드는 Pending으로 남습니다`,
		},
		evidence: [{source: refText(refOf(pod)), detail: `runs on ${node.metadata.name}, placed by ${key}=${value}`}],
		remedies: [
			merge(
				node,
				{metadata: {labels: {[key]: value}}},
				{
					side: 'node',
					sure: true,
					text: {
						en: `Give ${refText(refOf(node))} the label ${key}=${value} again`,
						ko: `${refText(refOf(node))}에 ${key}=${value} 라벨을 다시 붙입니다`,
					},
				},
			),
		],
	};
}

/** Pods ask for labels that no node has. */
export function nobodyFits(workload: KubeObject, given: Case, nodes: readonly KubeObject[]): Cause {
	const {podSpec} = given;
	const wanted = wishes(podSpec);
	const keys = [
		...new Set([
			...Object.keys(objectAt(podSpec, 'nodeSelector')),
			...terms(podSpec).flatMap(term => listAt(term, 'matchExpressions').flatMap(each => textAt(each, 'key') ?? [])),
		]),
	];
	const lost = lostLabels(workload, podSpec, nodes);
	const stripped = strippedNode(workload, given.pods, lost, nodes);
	const change = changeOf(given);
	const changed = [
		...changesAt(change, [...podSpecPlace(workload), 'nodeSelector']),
		...changesAt(change, [...podSpecPlace(workload), 'affinity', 'nodeAffinity']),
	];
	const cause = {
		en: `Its pods want a node with ${wanted.join(' and ')}, and none of the ${nodes.length} nodes has that: they stay Pending`,
		ko: `파드가 ${wanted.join(', ')} 노드를 원하는데 노드 ${nodes.length}개 중 그런 노드가 없어 Pending으로 남습니다`,
	};
	const evidence = nodes.slice(0, 5).map(node => ({
		source: refText(refOf(node)),
		detail: keys.map(key => `${key}=${node.metadata.labels?.[key] ?? '(none)'}`).join(', '),
	}));
	if (stripped !== undefined) return {...stripped, evidence: [...stripped.evidence, ...evidence]};
	const near = lost.flatMap(each => nearRemedy(workload, each, nodes));
	const back = backRemedy(given, change, changed);
	const place = lost.length === 1 ? lost[0]?.place : changed[0]?.path;
	const usual = [
		...podSpecPlace(workload),
		...(Object.keys(objectAt(podSpec, 'nodeSelector')).length > 0 ? ['nodeSelector'] : termsPath.slice(0, 2)),
	];
	return {
		id: 'no-node-chosen',
		resource: refOf(workload),
		path: fieldPath(workload, place ?? usual),
		cause,
		evidence: [...evidence, ...changeEvidence(given, change, changed)],
		remedies: back.length > 0 ? back : [...near, ...lost.flatMap(each => withoutLabel(workload, podSpec, each))],
	};
}
