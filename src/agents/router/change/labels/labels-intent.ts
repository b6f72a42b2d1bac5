import type {Json, JsonObject} from '../../../../core/json.ts';
import {objectAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {templatePath} from '../../../../core/kube/pod-spec.ts';
import type {Clause} from '../../clause.ts';
import {selectingPairs} from '../../names/by-label.ts';
import {exactPod} from '../../names/exact-pod.ts';
import {kindsIn} from '../../names/kinds-in.ts';
import type {Intent} from '../../understanding.ts';
import {pairsIn} from '../../words/values.ts';
import {type Asking, type Question, question} from '../asking.ts';
import {changeAt, type Step} from '../change-at.ts';
import {type Edit, editTargets} from '../edit-targets.ts';
import {knownLabel} from './known-label.ts';
import {type LabelChange, labelChange, speaksOfBoth, speaksOfLabels} from './label-words.ts';

/** Kinds that people label, those first that a bare name means. */
const workloads = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job'] as const;
const others = [
	'Node',
	'Service',
	'ConfigMap',
	'Secret',
	'Ingress',
	'PersistentVolumeClaim',
	'ServiceAccount',
	'HorizontalPodAutoscaler',
	'PodDisruptionBudget',
	'NetworkPolicy',
	'ResourceQuota',
	'Role',
	'RoleBinding',
	'Pod',
	'Namespace',
	'StorageClass',
	'PersistentVolume',
	'PriorityClass',
	'IngressClass',
	'LimitRange',
	'ClusterRole',
	'ClusterRoleBinding',
] as const;

/** Kinds that hold nothing which is written as KEY=VALUE, so that such a pair is a label. */
const pairless = new Set<string>([
	'Namespace',
	'Node',
	'Service',
	'PersistentVolumeClaim',
	'PersistentVolume',
	'Ingress',
	'ServiceAccount',
	'StorageClass',
]);

/** `not the pod labels`: the object's own are meant. */
const notOnPods =
	/\b(?:not|without|leave|leaving|rather than|instead of)(?: \w+)?(?: (?:on|of|to|for|the|those|that|ones?|labels?|its|their))* pods?(?:'s?)?(?: labels?| template)?|파드(?: ?라벨)?(?:은|는)? ?(?:말고|빼고|그대로|건드리지)/g;
const onPods = /\bpods? (?:of|in|behind|labels?)\b|\b(?:pods?|the|its|their) template|\bpods\b|파드(?:들)?에|파드 ?템플릿/;

/** A pair by which other objects are chosen. */
const choosing =
	/\bselect\w*|\b(?:pin|schedule|run|place|land|move|send|route|point|switch)\w*\b|\b(?:with|where|whose|having)\b|셀렉터|붙은|달린|인 (?:노드|파드)|스케줄|배치|로만|에서만|노드에만/i;

/** Pairs that can be nothing but labels: variables have capitals. */
const labelPairs = (clause: Clause) => {
	const pairs = pairsIn(clause);
	return pairs.length > 0 && !choosing.test(clause.text) && pairs.every(({key, value}) => /^[a-z]/.test(key) && /^[\w.-]*$/.test(value));
};

/** `web gets team=core`: what a thing wears is a label; variables have capitals, and keys of settings are told as such. */
const wearsPairs = (clause: Clause) =>
	labelPairs(clause) &&
	/\b(?:gets?|carry|carries|wears?|bears?|receives?)\s+(?:also\s+)?[a-z][\w./-]*=/i.test(clause.text) &&
	!kindsIn(clause).some(({kind}) => kind === 'ConfigMap' || kind === 'Secret');

/** Where the labels of an object stand, or those of the pods that it makes. */
function metadataPath(object: KubeObject, text: string): readonly Step[] {
	const template = onPods.test(text.replace(notOnPods, ' ')) && object.kind !== 'Pod' ? templatePath(object) : undefined;
	return template === undefined || template.length === 0 ? ['metadata'] : [...template, 'metadata'];
}

function withLabels(object: KubeObject, path: readonly Step[], {field, set, remove}: LabelChange): Json | undefined {
	const entries = [...Object.entries(set), ...remove.map(key => [key, undefined] as const)];
	return entries.reduce<Json | undefined>((changed, [key, value]) => changeAt(changed, [...path, field, key], () => value), object);
}

/** What a clause wants of the labels of an object, though it may not call them so. */
function changeOf(
	clause: Clause,
	object: KubeObject,
	present: {readonly labels: JsonObject; readonly annotations: JsonObject; readonly name: string},
) {
	if (speaksOfLabels(clause) || wearsPairs(clause) || (onPods.test(clause.text) && labelPairs(clause))) return labelChange(clause, present);
	const known = knownLabel(clause, object);
	if (known !== undefined) return {field: 'labels' as const, set: Object.fromEntries([known]), remove: []};
	return pairless.has(object.kind) && labelPairs(clause) ? labelChange(clause, present) : undefined;
}

function edited({clause}: Asking, object: KubeObject): Edit | Question | undefined {
	const path = metadataPath(object, clause.text.toLowerCase());
	const steps = path.filter(step => typeof step === 'string');
	const heldIn = (field: string) => objectAt(object, ...steps, field);
	if (speaksOfBoth(clause))
		return question(
			clause,
			`Which of these become labels of ${object.metadata.name}, and which annotations? Say them in a sentence each.`,
			`${object.metadata.name}의 라벨과 어노테이션은 각각 무엇인가요? 한 문장씩 말씀해 주세요.`,
		);
	const change = changeOf(clause, object, {labels: heldIn('labels'), annotations: heldIn('annotations'), name: object.metadata.name});
	if (change === undefined) return undefined;
	const told = [...Object.entries(change.set).map(([key, value]) => `${key}=${value}`), ...change.remove.map(key => `${key}-`)];
	if (told.length > 0) return {after: withLabels(object, path, change), told: told.join(' ')};
	const {name} = object.metadata;
	const word = change.field === 'labels' ? 'label' : 'annotation';
	const list = Object.keys(heldIn(change.field)).join(', ') || '-';
	return question(
		clause,
		`Which ${word} of ${name}, and which value? Written as KEY=VALUE. It has: ${list}.`,
		`${name}의 어느 ${word === 'label' ? '라벨' : '어노테이션'}을 어떤 값으로 할까요(KEY=VALUE)? 지금 있는 것: ${list}.`,
	);
}

/** `in payments`: where the thing is, which is not to be labelled itself. */
const isPlace = /\b(?:in|inside|within|into)\s+(?:the\s+)?[a-z]|[a-z0-9]에서(?=\s|$)/i;

/** `namespace a and deployment b`: beside another kind, a namespace is the place of it otherwise. */
const listsNamespace =
	/\bnamespaces?\s+[\w-]+\s*(?:,|\band\b)|\band\s+(?:the\s+)?(?:[\w-]+\s+)?namespaces?\b|네임스페이스(?:와|랑|이랑|하고|도|,)/i;

/** Sets and removes labels and annotations of any kind of object. */
export const labelsIntent: Intent = {
	name: 'labels',
	async understand(clause, world, talk) {
		// `restart the ones labelled tier=web` sets none.
		if (selectingPairs(clause).length > 0 && selectingPairs(clause).length === pairsIn(clause).length) return undefined;
		const said = new Set<string>(kindsIn(clause).map(({kind}) => kind));
		const speaks = speaksOfLabels(clause) || wearsPairs(clause) || (said.has('Pod') && labelPairs(clause));
		const holdsPairs = labelPairs(clause) && said.size === 1 && [...said].some(kind => pairless.has(kind));
		if (!speaks && !holdsPairs && !/\bfrom\b.+\bto\b|에서 .+로|->|→|\b(?:make|call|turn) (?:it|that|this)\b/.test(clause.text))
			return undefined;
		const asking = {clause, world, talk};
		// `the pods of web`: what makes them carries their labels.
		const isPod = (await exactPod(clause, world)) !== undefined;
		const named = [...workloads, ...others].filter(
			kind =>
				said.has(kind) &&
				(kind !== 'Pod' || (isPod && said.size === 1)) &&
				(kind !== 'Namespace' || said.size === 1 || listsNamespace.test(clause.text)),
		);
		const edit = (object: KubeObject) => edited(asking, object);
		// `default` and the like are words as well: an account is meant where it is called one.
		const around = [...talk.clauses, clause].some(({text}) => isPlace.test(text));
		const rest = others.filter(kind => kind !== 'ServiceAccount' && !(kind === 'Namespace' && around));
		for (const kinds of [named, workloads, rest]) {
			const found = kinds.length === 0 ? undefined : await editTargets(asking, kinds, edit);
			if (found !== undefined && (speaks || found.kind === 'calls')) return found;
		}
		return undefined;
	},
};
