import {listAt, numberAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {podSpecPlace} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {backRemedy, changeEvidence, changesAt} from '../../../diagnosis/template-change.ts';
import type {Subject} from '../subject.ts';

/** What a pod is given that says nothing. */
const usualSeconds = 30;

/** It says itself how long it needs. */
const isMeant = ({metadata}: KubeObject) =>
	Object.entries(metadata.annotations ?? {}).some(([key, value]) => /grace|terminat|shutdown/i.test(`${key} ${value}`));

const holdsData = (workload: KubeObject, {podSpec}: Subject) =>
	workload.kind === 'StatefulSet' || listAt(podSpec, 'volumes').some(volume => valueAt(volume, 'persistentVolumeClaim') !== undefined);

/**
 * With a grace of 0 the server forgets a pod before its program has ended: the next one starts beside it, and both write.
 * @see https://kubernetes.io/docs/tasks/run-application/force-delete-stateful-set-pod/
 */
export function graceFaults(subject: Subject): readonly Cause[] {
	const {workload, podSpec, given, change, fresh} = subject;
	const grace = numberAt(podSpec, 'terminationGracePeriodSeconds');
	if (grace !== 0 || !holdsData(workload, subject) || isMeant(workload) || ['Job', 'CronJob'].includes(workload.kind)) return [];
	const place = [...podSpecPlace(workload), 'terminationGracePeriodSeconds'];
	const changed = fresh(place);
	const name = refText(refOf(workload));
	const back = backRemedy(given(), change(), changesAt(change(), place));
	return [
		{
			id: 'no-time-to-end',
			resource: refOf(workload),
			path: fieldPath(workload, place),
			// What has always been so may be known to whoever made it, unless its pods have data of their own.
			severity: changed.length > 0 || listAt(workload, 'spec', 'volumeClaimTemplates').length > 0 ? 'medium' : 'low',
			cause: {
				en: `Pods of ${name} are killed at once and forgotten before they have ended (terminationGracePeriodSeconds 0): two may write to their data at a time`,
				ko: `${name}의 파드는 종료 시간이 0초라 바로 강제 종료되고, 끝나기 전에 다음 파드가 같은 데이터를 쓸 수 있습니다`,
			},
			evidence: [
				{source: name, detail: 'terminationGracePeriodSeconds 0'},
				...changeEvidence(given(), change(), changesAt(change(), place)),
			],
			remedies:
				back.length > 0
					? back
					: [
							exchange(workload, [{path: place, from: grace, to: usualSeconds}], {
								side: 'workload',
								sure: false,
								amount: String(usualSeconds),
								text: {en: `Give pods of ${name} ${usualSeconds}s to end`, ko: `${name}의 파드에 종료 시간 ${usualSeconds}초를 줍니다`},
							}),
						],
		},
	];
}

/** No program needs longer to end, unless it says so itself. */
const longestSeconds = 3600;

/** A release that lets each pod take hours to end: whatever replaces or drains pods waits for it. */
export function slowEnds({workload, podSpec, given, change, fresh}: Subject): readonly Cause[] {
	const grace = numberAt(podSpec, 'terminationGracePeriodSeconds') ?? usualSeconds;
	const place = [...podSpecPlace(workload), 'terminationGracePeriodSeconds'];
	if (grace <= longestSeconds || isMeant(workload) || fresh(place).length === 0) return [];
	const changed = changesAt(change(), place);
	const before = changed.flatMap(({to}) => (typeof to === 'number' ? [to] : [usualSeconds]))[0] ?? usualSeconds;
	if (before > longestSeconds) return [];
	const name = refText(refOf(workload));
	return [
		{
			id: 'ends-too-slowly',
			resource: refOf(workload),
			path: fieldPath(workload, place),
			cause: {
				en: `Pods of ${name} are given ${grace}s to end since its last change, and had ${before}s: one that does not end by itself holds up rollouts and drains for as long`,
				ko: `${name}의 파드 종료 시간이 ${before}초에서 ${grace}초로 바뀌어, 스스로 끝나지 않는 파드가 배포와 드레인을 그만큼 막습니다`,
			},
			evidence: [{source: name, detail: `terminationGracePeriodSeconds ${grace}`}, ...changeEvidence(given(), change(), changed)],
			// Thousands instead of ones are a slip of units; anything else somebody may have wanted, and to go back on it ends every pod.
			remedies: backRemedy(given(), change(), changed, grace === before * 1000),
		},
	];
}
