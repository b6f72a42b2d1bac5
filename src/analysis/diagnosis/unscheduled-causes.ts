import {listAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {someOf} from '../../core/text/count.ts';
import {type Case, ofKind} from './case.ts';
import type {Cause} from './cause.ts';
import {podSpecPlace} from './container-place.ts';
import {fieldPath} from './field-path.ts';
import {exchange} from './patch-remedy.ts';
import {meantName} from './reference-causes.ts';
import {backRemedy, changeEvidence, changeOf, changesAt} from './template-change.ts';

const usual = 'default-scheduler';

const isPlaced = (pod: KubeObject) => textAt(pod, 'spec', 'nodeName') !== undefined;

const hasBeenLookedAt = (pod: KubeObject) => listAt(pod, 'status', 'conditions').some(each => textAt(each, 'type') === 'PodScheduled');

/** Pods that are held by gates: whoever set them takes them away, and nobody does. */
function gated(workload: KubeObject, given: Case): Cause | undefined {
	const pods = given.pods.filter(pod => !isPlaced(pod) && listAt(pod, 'spec', 'schedulingGates').length > 0);
	const [pod] = pods;
	if (pod === undefined) return undefined;
	const path = [...podSpecPlace(workload), 'schedulingGates'];
	const own = listAt(given.podSpec, 'schedulingGates');
	const names = listAt(pod, 'spec', 'schedulingGates').flatMap(each => textAt(each, 'name') ?? []);
	const change = changeOf(given);
	const changed = changesAt(change, path);
	return {
		id: 'scheduling-gated',
		resource: own.length === 0 ? refOf(pod) : refOf(workload),
		path: own.length === 0 ? 'spec.schedulingGates' : fieldPath(workload, path),
		hurts: [refOf(workload)],
		cause: {
			en: `No scheduler looks at the pods of ${refText(refOf(workload))}: they wait until somebody takes away ${names.join(', ')}`,
			ko: `${refText(refOf(workload))}의 파드가 스케줄링 게이트(${names.join(', ')}) 때문에 배치되지 않습니다`,
		},
		evidence: [
			...pods.slice(0, 3).map(each => ({source: refText(refOf(each)), detail: `schedulingGates ${names.join(', ')}`})),
			...changeEvidence(given, change, changed),
		],
		remedies:
			changed.length > 0
				? backRemedy(given, change, changed)
				: own.length === 0
					? []
					: [
							exchange(workload, [{path, from: own, to: undefined}], {
								side: 'workload',
								sure: false,
								text: {
									en: `Let pods of ${refText(refOf(workload))} be placed without gates`,
									ko: `${refText(refOf(workload))}의 스케줄링 게이트를 없앱니다`,
								},
							}),
						],
	};
}

/** Pods that name a scheduler which never looks at them. */
function unserved(workload: KubeObject, given: Case): Cause | undefined {
	const scheduler = textAt(given.podSpec, 'schedulerName') ?? usual;
	const waiting = given.pods.filter(pod => !isPlaced(pod) && !hasBeenLookedAt(pod) && textAt(pod, 'spec', 'schedulerName') === scheduler);
	const serves = ofKind(given.scene, 'Pod').some(pod => isPlaced(pod) && textAt(pod, 'spec', 'schedulerName') === scheduler);
	if (scheduler === usual || waiting.length === 0 || serves) return undefined;
	const path = [...podSpecPlace(workload), 'schedulerName'];
	const change = changeOf(given);
	const changed = changesAt(change, path);
	const back = backRemedy(given, change, changed);
	return {
		id: 'scheduler-not-there',
		resource: refOf(workload),
		path: fieldPath(workload, path),
		cause: {
			en: `Its pods wait for the scheduler ${scheduler}, and no scheduler of that name has looked at any pod`,
			ko: `파드가 스케줄러 ${scheduler}를 기다리는데 그런 이름의 스케줄러가 동작하지 않습니다`,
		},
		evidence: [
			...waiting.slice(0, 3).map(pod => ({source: refText(refOf(pod)), detail: `schedulerName ${scheduler}, no condition PodScheduled`})),
			...changeEvidence(given, change, changed),
		],
		remedies:
			back.length > 0
				? back
				: [
						exchange(workload, [{path, from: scheduler, to: usual}], {
							side: 'workload',
							sure: meantName(scheduler, [usual]) !== undefined,
							text: {
								en: `Let ${usual} place the pods of ${refText(refOf(workload))}`,
								ko: `${refText(refOf(workload))}의 파드를 ${usual}가 배치하게 합니다`,
							},
						}),
					],
	};
}

/** Pods that are given to a node by name, which is not there: their kubelet never comes. */
export function nodeNameCause({workload, podSpec, ...rest}: Case, nodes: readonly KubeObject[]): Cause | undefined {
	const wanted = textAt(podSpec, 'nodeName');
	if (workload === undefined || wanted === undefined || nodes.length === 0 || nodes.some(({metadata}) => metadata.name === wanted))
		return undefined;
	const given = {workload, podSpec, ...rest};
	const path = [...podSpecPlace(workload), 'nodeName'];
	const change = changeOf(given);
	const changed = changesAt(change, path);
	const names = nodes.map(({metadata}) => metadata.name);
	const meant = meantName(wanted, names);
	const name = refText(refOf(workload));
	const way = (to: string | undefined, sure: boolean) =>
		exchange(workload, [{path, from: wanted, to}], {
			side: 'workload',
			sure,
			text:
				to === undefined
					? {en: `Let the scheduler choose nodes for ${name}`, ko: `${name}의 노드를 스케줄러가 고르게 합니다`}
					: {en: `Send ${name} to node ${to}`, ko: `${name}를 노드 ${to}로 보냅니다`},
		});
	return {
		id: 'node-name-not-there',
		resource: refOf(workload),
		path: fieldPath(workload, path),
		cause: {
			en: `The pods of ${name} are bound to node ${wanted}, which does not exist: nobody starts them`,
			ko: `${name}의 파드가 없는 노드 ${wanted}에 묶여 있어 시작되지 않습니다`,
		},
		evidence: [{source: name, detail: `nodeName ${wanted}; there are ${someOf(names, 5)}`}, ...changeEvidence(given, change, changed)],
		remedies:
			changed.length > 0
				? backRemedy(given, change, changed)
				: [...(meant === undefined ? [] : [way(meant, false)]), way(undefined, meant === undefined)],
	};
}

/** Pods that no scheduler has even looked at. */
export const unscheduledCause = (workload: KubeObject, given: Case): Cause | undefined =>
	gated(workload, given) ?? unserved(workload, given);

/** Whether a template names the node itself. A pod that stands alone has one as soon as it is placed, which is no wish of anybody. */
export const isBound = ({workload, podSpec}: Case) => workload?.kind !== 'Pod' && valueAt(podSpec, 'nodeName') !== undefined;
