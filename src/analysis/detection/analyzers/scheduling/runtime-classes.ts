import type {Json} from '../../../../core/json.ts';
import {objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {cpuText, memoryText} from '../../../../core/kube/quantity.ts';
import {restartWrite} from '../../../../core/restart-write.ts';
import {someOf} from '../../../../core/text/count.ts';
import {amountOf, plus, podSize} from '../../../capacity/pod-size.ts';
import {isReady} from '../../../diagnosis/case.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {podSpecPlace} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {labelText} from '../../../diagnosis/label-text.ts';
import {lastApplied} from '../../../diagnosis/last-applied.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {isChosen, strippedNode} from '../../../diagnosis/node-choice.ts';
import {type Exchange, exchange} from '../../../diagnosis/patch-remedy.ts';
import {backRemedy, changesAt} from '../../../diagnosis/template-change.ts';
import {inOrder, writeOf} from '../../../diagnosis/writes-remedy.ts';
import {makesNodes} from '../../nodes-on-demand.ts';
import type {Survey} from '../../survey.ts';
import {type Subject, subjectsOf} from '../subject.ts';

const restartable = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

const isPlaced = (pod: KubeObject) => textAt(pod, 'spec', 'nodeName') !== undefined;

/** Workloads of a class. */
type Uses = {readonly runtime: KubeObject; readonly subjects: readonly Subject[]};

/** A field of the class with what it holds now and what it should hold; nothing where nobody knows. */
type Way = {readonly exchange: Exchange; readonly sure: boolean};

/** The class is mended, and pods that wait are made anew: each keeps what the class wrote into it. */
function mended({runtime, subjects}: Uses, way: Way): Remedy {
	const waiting = subjects
		.filter(({workload, pods}) => restartable.has(workload.kind) && pods.some(pod => !isPlaced(pod)))
		.map(({workload}) => workload);
	const [name, who] = [refText(refOf(runtime)), someOf(waiting.map(each => refText(refOf(each))))];
	const field = fieldPath(runtime, way.exchange.path);
	const to = way.exchange.to === undefined ? undefined : String(way.exchange.to);
	const text =
		to === undefined
			? {en: `Take ${field} out of ${name}`, ko: `${name}에서 ${field}을(를) 뺍니다`}
			: {en: `Set ${field} of ${name} to ${to}`, ko: `${name}의 ${field}을(를) ${to}(으)로 바꿉니다`};
	const rest = {side: 'settings' as const, sure: way.sure};
	if (waiting.length === 0) return exchange(runtime, [way.exchange], {...rest, text});
	return inOrder([writeOf(runtime, [way.exchange]), ...waiting.map(each => restartWrite(refOf(each), each))], {
		...rest,
		text: {en: `${text.en}, and restart ${who}`, ko: `${text.ko}. ${who}도 다시 시작합니다`},
	});
}

/** What the class wrote into pods that run with it, at a place of theirs: it was so when they were made. */
const formerIn = ({subjects}: Uses, ...place: readonly string[]): readonly (Json | undefined)[] =>
	subjects.flatMap(({pods}) => pods.filter(isReady).map(pod => valueAt(pod, 'spec', ...place)));

/** Whose release brought the class. */
const bringer = ({subjects}: Uses): Subject | undefined =>
	subjects.find(subject => changesAt(subject.change(), [...podSpecPlace(subject.workload), 'runtimeClassName']).length > 0);

/** The release that brought the class may go back on it; otherwise the class itself is mended. */
function blamed(uses: Uses, path: readonly string[], ways: readonly Way[]): Pick<Cause, 'resource' | 'path' | 'evidence' | 'remedies'> {
	const {runtime} = uses;
	const by = bringer(uses);
	const written = changeEvidence(runtime);
	if (by === undefined)
		return {
			resource: refOf(runtime),
			path: fieldPath(runtime, path),
			evidence: written,
			remedies: ways.map(way => mended(uses, way)),
		};
	const place = [...podSpecPlace(by.workload), 'runtimeClassName'];
	const changed = changesAt(by.change(), place);
	return {
		resource: refOf(by.workload),
		path: fieldPath(by.workload, place),
		evidence: written,
		// Nodes for a sandbox may be on their way, and in another the program is kept less apart from its node.
		remedies: backRemedy(by.given(), by.change(), changed, false).map(each => ({...each, loosens: true as const})),
	};
}

const selectorPlace = ['scheduling', 'nodeSelector'];

/** A label of the class that none of these nodes has, and what it should be instead. */
function lostLabel(uses: Uses, key: string, value: string, nodes: readonly KubeObject[]): Way {
	const {runtime} = uses;
	const former = formerIn(uses, 'nodeSelector', key);
	const applied = lastApplied(runtime);
	// Pods that run were made while the class asked for something else; what kubectl applied last may have been edited since.
	const [known] = former.length > 0 ? former : [valueAt(applied, ...selectorPlace, key)];
	const isKnown = former.length > 0 ? former.every(each => each === known) && known !== value : applied !== undefined && known !== value;
	const values = [...new Set(nodes.flatMap(({metadata}) => metadata.labels?.[key] ?? []))];
	const fits = typeof known === 'string' ? values.includes(known) : isKnown;
	const to = isKnown && fits ? known : values.length === 1 ? values[0] : undefined;
	return {exchange: {path: [...selectorPlace, key], from: value, to}, sure: isKnown && fits};
}

/** An autoscaler of nodes says that one is on its way to a pod: Cluster Autoscaler's word and Karpenter's. */
const isNodeComing = ({given}: Subject) =>
	given().events.some(each => ['TriggeredScaleUp', 'Nominated'].includes(textAt(each, 'reason') ?? ''));

/** Pods get the labels that their class asks of nodes: where no node has them, none is ever placed. */
function unplaced(uses: Uses, nodes: readonly KubeObject[]): readonly Cause[] {
	const {runtime, subjects} = uses;
	const wanted = objectAt(runtime, ...selectorPlace);
	const labels = Object.entries(wanted).filter((each): each is [string, string] => typeof each[1] === 'string');
	if (labels.length === 0) return [];
	const kept = subjects.filter(({podSpec}) => {
		const chosen = nodes.filter(node => isChosen(node, podSpec));
		return chosen.length > 0 && !chosen.some(({metadata}) => labels.every(([key, value]) => metadata.labels?.[key] === value));
	});
	const [first] = kept;
	if (first === undefined || kept.some(isNodeComing)) return [];
	const chosen = nodes.filter(node => isChosen(node, first.podSpec));
	const lost = labels.filter(([key, value]) => !chosen.some(({metadata}) => metadata.labels?.[key] === value));
	const stripped = strippedNode(
		first.workload,
		first.pods,
		lost.map(([key, value]) => ({key, value})),
		nodes,
	);
	// Whoever runs the nodes may have taken the label to empty them of sandboxes.
	if (stripped !== undefined)
		return [{...stripped, severity: first.gravity('medium'), remedies: stripped.remedies.map(each => ({...each, sure: false}))}];
	const [name, who] = [refText(refOf(runtime)), someOf(kept.map(({workload}) => refText(refOf(workload))))];
	const only = lost.length === 1 ? lost[0] : undefined;
	const back = blamed(uses, only === undefined ? selectorPlace : [...selectorPlace, only[0]], [
		...lost.map(([key, value]) => lostLabel(uses, key, value, chosen)),
	]);
	return [
		{
			id: 'runtime-class-of-no-node',
			...back,
			severity: first.gravity('medium'),
			hurts: kept.map(({workload}) => refOf(workload)),
			cause: {
				en: `${name} sends the pods of ${who} to nodes with ${labelText(Object.fromEntries(lost.length > 0 ? lost : labels))}, and no node that they may use has that: none is placed from now on`,
				ko: `${name}가 ${who}의 파드를 ${labelText(Object.fromEntries(lost.length > 0 ? lost : labels))} 노드로 보내는데 그런 노드가 없어 새 파드가 배치되지 않습니다`,
			},
			evidence: [
				{source: name, detail: `scheduling.nodeSelector ${labelText(wanted)}`},
				...chosen.slice(0, 4).map(node => ({
					source: refText(refOf(node)),
					detail: labels.map(([key]) => `${key}=${node.metadata.labels?.[key] ?? '(none)'}`).join(', '),
				})),
				...back.evidence,
			],
		},
	];
}

/** A pod with what its runtime takes besides is larger than any node, and without it is not. */
function oversized(uses: Uses, nodes: readonly KubeObject[]): readonly Cause[] {
	const {runtime, subjects} = uses;
	const overhead = amountOf(valueAt(runtime, 'overhead', 'podFixed'));
	return (['cpu', 'memory'] as const).flatMap((thing): readonly Cause[] => {
		const field = thing === 'cpu' ? 'cpuCores' : 'memoryBytes';
		const kept = subjects.filter(({podSpec}) => {
			const largest = Math.max(0, ...nodes.filter(node => isChosen(node, podSpec)).map(node => allocatable(node)[field]));
			const size = podSize(podSpec);
			return largest > 0 && size[field] <= largest && plus(size, overhead)[field] > largest;
		});
		const [first] = kept;
		const now = valueAt(runtime, 'overhead', 'podFixed', thing);
		if (overhead[field] === 0 || first === undefined || now === undefined) return [];
		const path = ['overhead', 'podFixed', thing];
		const former = [...new Set([...formerIn(uses, 'overhead', thing), valueAt(lastApplied(runtime), ...path)])].filter(
			each => each !== undefined && each !== now,
		);
		const [known] = former;
		const back = blamed(uses, path, known === undefined ? [] : [{exchange: {path, from: now, to: known}, sure: former.length === 1}]);
		const [name, who] = [refText(refOf(runtime)), someOf(kept.map(({workload}) => refText(refOf(workload))))];
		const text = thing === 'cpu' ? `${cpuText(overhead.cpuCores)} CPU` : memoryText(overhead.memoryBytes);
		return [
			{
				id: 'runtime-class-of-no-node',
				...back,
				severity: first.gravity('medium'),
				hurts: kept.map(({workload}) => refOf(workload)),
				cause: {
					en: `${name} adds ${text} to each pod of ${who}, and with that no node is large enough: none is placed from now on`,
					ko: `${name}가 ${who}의 파드마다 ${text}를 더해 어느 노드에도 들어가지 않습니다`,
				},
				evidence: [{source: name, detail: `overhead.podFixed.${thing} ${String(now)}`}, ...back.evidence],
			},
		];
	});
}

const allocatable = (node: KubeObject) => amountOf(valueAt(node, 'status', 'allocatable'));

/** Classes whose own wishes keep pods from every node; a pod that was placed before shows nothing of it. */
export function runtimeClasses(survey: Survey): readonly Cause[] {
	const nodes = survey.all('Node');
	if (!survey.isRead('Node') || nodes.length === 0) return [];
	const users = Map.groupBy(subjectsOf(survey), ({podSpec}) => textAt(podSpec, 'runtimeClassName') ?? '');
	return survey.all('RuntimeClass').flatMap(runtime => {
		// What nobody runs at the moment may wait for nodes that come when they are wanted.
		const subjects = (users.get(runtime.metadata.name) ?? []).filter(
			({workload, pods}) => pods.length > 0 || !['CronJob', 'Job'].includes(workload.kind),
		);
		return subjects.length === 0
			? []
			: [...(makesNodes(survey) ? [] : unplaced({runtime, subjects}, nodes)), ...oversized({runtime, subjects}, nodes)];
	});
}
