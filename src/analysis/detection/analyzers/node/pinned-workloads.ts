import type {Json, JsonObject} from '../../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {someOf} from '../../../../core/text/count.ts';
import {roomOf} from '../../../capacity/free-room.ts';
import {podSize} from '../../../capacity/pod-size.ts';
import {isReady} from '../../../diagnosis/case.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {keepsAway} from '../../../diagnosis/closed-nodes.ts';
import {podSpecPlace} from '../../../diagnosis/container-place.ts';
import {exchangesBetween} from '../../../diagnosis/exchanges-between.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {fitsTerms, isChosen} from '../../../diagnosis/node-choice.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import type {Survey} from '../../survey.ts';
import {type Subject, subjectsOf} from '../subject.ts';

const hostname = 'kubernetes.io/hostname';
const required = 'requiredDuringSchedulingIgnoredDuringExecution';

const isByName = (expression: Json) => textAt(expression, 'key') === hostname && textAt(expression, 'operator') === 'In';

/** A rule about nodes without their names; undefined where nothing else is left of one of its terms, which would fit no node. */
function withoutNames(rule: JsonObject): JsonObject | undefined {
	const terms = listAt(rule, 'nodeSelectorTerms').map(term => {
		const {matchFields: _, matchExpressions, ...rest} = objectAt(term);
		const kept = (Array.isArray(matchExpressions) ? matchExpressions : []).filter(each => !isByName(each));
		return {...rest, ...(kept.length === 0 ? {} : {matchExpressions: kept})};
	});
	return terms.some(term => Object.keys(term).length === 0) ? undefined : {...rule, nodeSelectorTerms: terms};
}

const without = (object: JsonObject, key: string): JsonObject | undefined => {
	const {[key]: _, ...rest} = object;
	return Object.keys(rest).length === 0 ? undefined : rest;
};

/** A pod spec that asks for nodes by all that it asked for but their names. */
function unpinned(podSpec: JsonObject): JsonObject {
	const {nodeName: _, nodeSelector, affinity, ...rest} = podSpec;
	const selector = without(objectAt(nodeSelector), hostname);
	const nodeAffinity = objectAt(affinity, 'nodeAffinity');
	const rule = valueAt(nodeAffinity, required) === undefined ? undefined : withoutNames(objectAt(nodeAffinity, required));
	const kept = rule === undefined ? without(nodeAffinity, required) : {...nodeAffinity, [required]: rule};
	const others = kept === undefined ? without(objectAt(affinity), 'nodeAffinity') : {...objectAt(affinity), nodeAffinity: kept};
	return {...rest, ...(selector === undefined ? {} : {nodeSelector: selector}), ...(others === undefined ? {} : {affinity: others})};
}

const conditionOf = (node: KubeObject, isMeant: (type: string) => boolean) =>
	listAt(node, 'status', 'conditions').find(each => isMeant(textAt(each, 'type') ?? '') && textAt(each, 'status') === 'True');

const isSick = (node: KubeObject) =>
	conditionOf(node, type => type === 'Ready') === undefined ||
	conditionOf(node, type => type.endsWith('Pressure') || type === 'NetworkUnavailable') !== undefined;

/** Whether the pods may be elsewhere by what they keep: what lies on the disk of a node does not come along. */
function mayMove({podSpec, given, survey}: Subject, node: KubeObject): boolean {
	if (listAt(podSpec, 'volumes').some(volume => valueAt(volume, 'hostPath') !== undefined)) return false;
	return given().claims.every(claim => {
		const volume = survey.find('PersistentVolume', undefined, textAt(claim, 'spec', 'volumeName') ?? '');
		return volume === undefined || fitsTerms(node, listAt(volume, 'spec', 'nodeAffinity', 'required', 'nodeSelectorTerms'));
	});
}

function causeOf(subject: Subject, nodes: readonly KubeObject[], rooms: () => ReturnType<typeof roomOf>): readonly Cause[] {
	const {workload, podSpec, pods} = subject;
	const nodeName = textAt(podSpec, 'nodeName');
	const chosen = nodes.filter(node => (nodeName === undefined ? isChosen(node, podSpec) : node.metadata.name === nodeName));
	if (['DaemonSet', 'Pod', 'Job'].includes(workload.kind) || chosen.length === 0 || !chosen.every(isSick) || pods.every(isReady)) return [];
	const free = unpinned(podSpec);
	const place = podSpecPlace(workload);
	const exchanges = exchangesBetween(podSpec, free, place);
	const size = podSize(podSpec);
	const roomy = new Set(
		rooms()
			.filter(room => room.podsFree > 0 && room.free.cpuCores >= size.cpuCores && room.free.memoryBytes >= size.memoryBytes)
			.map(({name}) => name),
	);
	const others = nodes.filter(
		node =>
			!isSick(node) &&
			isChosen(node, free) &&
			valueAt(node, 'spec', 'unschedulable') !== true &&
			!listAt(node, 'spec', 'taints').some(keepsAway(free)) &&
			roomy.has(node.metadata.name) &&
			mayMove(subject, node),
	);
	const [first] = exchanges;
	if (first === undefined || others.length === 0) return [];
	const name = refText(refOf(workload));
	const sick = someOf(chosen.map(({metadata}) => metadata.name));
	const there = someOf(others.map(({metadata}) => metadata.name));
	return [
		{
			id: 'pinned-to-sick-node',
			resource: refOf(workload),
			path: fieldPath(workload, first.path),
			cause: {
				en: `Pods of ${name} may run on ${sick} alone, which is not well, and ${there} would have room for them`,
				ko: `${name}의 파드는 상태가 나쁜 ${sick}에서만 실행될 수 있는데 ${there}에 자리가 있습니다`,
			},
			evidence: [
				...exchanges.map(({path, from}) => ({source: name, detail: `${fieldPath(workload, path)}: ${JSON.stringify(from)}`})),
				...pods
					.filter(pod => !isReady(pod))
					.slice(0, 3)
					.map(pod => ({
						source: refText(refOf(pod)),
						detail: textAt(pod, 'spec', 'nodeName') === undefined ? 'waits for a node' : 'not ready',
					})),
			],
			remedies: [
				exchange(workload, exchanges, {
					side: 'workload',
					// Why it was bound to that machine only its owners know.
					sure: false,
					text: {en: `Let pods of ${name} run on other nodes too`, ko: `${name}의 파드가 다른 노드에서도 실행되게 합니다`},
				}),
			],
		},
	];
}

/** Workloads that are bound by name to nodes which are lost or short of something, while others could take their pods. */
export function pinnedWorkloads(survey: Survey): readonly Cause[] {
	const nodes = survey.all('Node');
	if (!survey.isRead('Node') || !survey.isRead('Pod') || !nodes.some(isSick)) return [];
	let known: ReturnType<typeof roomOf> | undefined;
	const rooms = () => {
		known ??= roomOf(nodes, survey.all('Pod'));
		return known;
	};
	return subjectsOf(survey).flatMap(subject => causeOf(subject, nodes, rooms));
}
