import type {Json} from '../../../../core/json.ts';
import {listAt, numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {keepsAway, tolerates} from '../../../diagnosis/closed-nodes.ts';
import {podSpecPlace} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {isChosen} from '../../../diagnosis/node-choice.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {backRemedy, changeEvidence, changesAt} from '../../../diagnosis/template-change.ts';
import type {Subject} from '../subject.ts';

/** Which toleration lets a pod stay on a tainted node for a time only; those that the control plane sets pass by themselves. */
function passing(
	podSpec: Json,
	taints: readonly Json[],
): {readonly index: number; readonly seconds: number; readonly key: string} | undefined {
	const lasting = taints.filter(
		taint => textAt(taint, 'effect') === 'NoExecute' && !(textAt(taint, 'key') ?? '').startsWith('node.kubernetes.io/'),
	);
	const found = lasting.flatMap(taint => {
		const index = listAt(podSpec, 'tolerations').findIndex(each => tolerates(each, taint));
		const seconds = numberAt(listAt(podSpec, 'tolerations')[index], 'tolerationSeconds');
		return seconds === undefined ? [] : [{index, seconds, key: textAt(taint, 'key') ?? ''}];
	});
	return found.toSorted((a, b) => a.seconds - b.seconds)[0];
}

/**
 * Pods whose every node has a taint that they tolerate for a time only: they are evicted when it is over, and placed there anew.
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/#taint-based-evictions
 */
export function passingTolerations({survey, workload, podSpec, given, change, gravity}: Subject): readonly Cause[] {
	// What ends by itself may be done before.
	if (
		['Job', 'CronJob', 'Pod'].includes(workload.kind) ||
		!listAt(podSpec, 'tolerations').some(each => valueAt(each, 'tolerationSeconds') !== undefined)
	)
		return [];
	const open = survey.all('Node').filter(node => isChosen(node, podSpec) && !listAt(node, 'spec', 'taints').some(keepsAway(podSpec)));
	const stays = open.map(node => passing(podSpec, listAt(node, 'spec', 'taints')));
	const [first] = stays;
	if (!survey.isRead('Node') || first === undefined || stays.includes(undefined)) return [];
	const {index, seconds, key} = first;
	const path = [...podSpecPlace(workload), 'tolerations', index, 'tolerationSeconds'];
	const changed = changesAt(change(), path).filter(each => each.path.length >= path.length);
	const who = refText(refOf(workload));
	return [
		{
			id: 'tolerated-for-a-time',
			resource: refOf(workload),
			path: fieldPath(workload, path),
			severity: gravity('medium'),
			cause: {
				en: `Each node that ${who} may use has the taint ${key}, which its pods tolerate for ${seconds} s: they are evicted then, again and again`,
				ko: `${who}가 쓸 수 있는 모든 노드에 테인트 ${key}가 있고 파드는 ${seconds}초만 견딜 수 있어 계속 축출됩니다`,
			},
			evidence: [
				{source: who, detail: `${fieldPath(workload, path)} ${seconds}`},
				...open.slice(0, 3).map(node => ({source: refText(refOf(node)), detail: `taint ${key}, NoExecute`})),
				...changeEvidence(given(), change(), changed),
			],
			remedies:
				changed.length > 0
					? backRemedy(given(), change(), changed)
					: [
							exchange(workload, [{path, from: seconds, to: undefined}], {
								side: 'workload',
								sure: false,
								text: {en: `Let pods of ${who} stay on nodes with ${key}`, ko: `${who}의 파드가 ${key} 노드에 머물게 합니다`},
							}),
						],
		},
	];
}
