import {numberAt, valueAt} from '../../../../core/kube/json-at.ts';
import {refOf, refText} from '../../../../core/kube/kube-object.ts';
import {age} from '../../../../core/text/age.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import type {PlacedContainer} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {backRemedy, changeEvidence, changesAt} from '../../../diagnosis/template-change.ts';
import type {Subject} from '../subject.ts';

/** Longer than this no pod is meant to run without being asked for. */
const longestS = 600;

/** What a kubelet waits with where the field is not there, and what it becomes where nobody knows better. */
const usual = {initialDelaySeconds: 0, periodSeconds: 10, successThreshold: 1} as const;

/** A pod counts as ready only once its probe has been answered as often as it says: until then nobody is sent to it. */
function late({workload, given, change, fresh, gravity, isWell}: Subject, {name, container, place}: PlacedContainer): readonly Cause[] {
	return (['startupProbe', 'readinessProbe'] as const).flatMap((probe): readonly Cause[] => {
		const asked = valueAt(container, probe);
		if (asked === undefined) return [];
		const at = (field: keyof typeof usual) => numberAt(asked, field) ?? usual[field];
		const delay = at('initialDelaySeconds');
		const waits = delay + at('periodSeconds') * (at('successThreshold') - (delay > 0 ? 1 : 0));
		const here = [...place, probe];
		if (waits < longestS || (isWell && fresh(here).length === 0)) return [];
		const field =
			delay >= longestS ? 'initialDelaySeconds' : at('periodSeconds') >= at('successThreshold') ? 'periodSeconds' : 'successThreshold';
		const path = [...here, field];
		const changed = changesAt(change(), path);
		const who = refText(refOf(workload));
		return [
			{
				id: 'probe-asks-late',
				resource: refOf(workload),
				path: fieldPath(workload, path),
				severity: gravity('medium'),
				cause: {
					en: `The ${probe} of container ${name} lets each new pod of ${who} wait for ${age(waits * 1000)} at the least before it counts as ready (${field} ${at(field)})`,
					ko: `컨테이너 ${name}의 ${probe} 때문에 ${who}의 새 파드는 적어도 ${age(waits * 1000)} 동안 준비되지 않습니다(${field} ${at(field)})`,
				},
				evidence: [
					{
						source: who,
						detail: `${probe} initialDelaySeconds ${delay}, periodSeconds ${at('periodSeconds')}, successThreshold ${at('successThreshold')}`,
					},
					...changeEvidence(given(), change(), changed),
				],
				remedies:
					changed.length > 0
						? backRemedy(given(), change(), changed)
						: [
								exchange(workload, [{path, from: at(field), to: usual[field]}], {
									side: 'workload',
									sure: false,
									amount: String(usual[field]),
									text: {
										en: `Set ${field} of the ${probe} of ${who} to ${usual[field]}`,
										ko: `${who}의 ${probe} ${field}을(를) ${usual[field]}(으)로 바꿉니다`,
									},
								}),
							],
			},
		];
	});
}

/** Probes that keep pods from being used for long. */
export const lateProbeFaults = (subject: Subject): readonly Cause[] =>
	subject.containers.filter(({isInit}) => !isInit).flatMap(placed => late(subject, placed));
