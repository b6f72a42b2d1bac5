import {numberAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {someOf} from '../../../../core/text/count.ts';
import {isReady} from '../../../diagnosis/case.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {podSpecPlace} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {meantName} from '../../../diagnosis/reference-causes.ts';
import {backRemedy, changeEvidence, changesAt} from '../../../diagnosis/template-change.ts';
import {applied} from '../../../diagnosis/writes-remedy.ts';
import type {Subject} from '../subject.ts';

const named = [
	{field: 'priorityClassName', kind: 'PriorityClass', id: 'priority-class-not-there'},
	{field: 'runtimeClassName', kind: 'RuntimeClass', id: 'runtime-class-not-there'},
] as const;

type Named = (typeof named)[number];

/** A pod that runs with a class shows that the class was there. */
const witnessOf = ({pods}: Subject, field: string, wanted: string): KubeObject | undefined =>
	pods.find(pod => isReady(pod) && textAt(pod, 'spec', field) === wanted);

/** The class as it was, by what it wrote into a pod; of a runtime nobody but the class itself knew which one it is. */
function again(kind: Named['kind'], wanted: string, pod: KubeObject): readonly Remedy[] {
	const value = numberAt(pod, 'spec', 'priority');
	if (kind !== 'PriorityClass' || value === undefined) return [];
	const policy = textAt(pod, 'spec', 'preemptionPolicy');
	return [
		applied(
			{
				apiVersion: 'scheduling.k8s.io/v1',
				kind,
				metadata: {name: wanted},
				value,
				...(policy === undefined ? {} : {preemptionPolicy: policy}),
			},
			{
				side: 'settings',
				sure: true,
				text: {
					en: `Make ${kind} ${wanted} again with the value ${value} that its pods have`,
					ko: `파드가 가진 값 ${value}(으)로 ${kind} ${wanted}를 다시 만듭니다`,
				},
			},
		),
	];
}

function missing({field, kind, id}: Named, wanted: string, subject: Subject): Cause {
	const {survey, workload, given, change, gravity} = subject;
	const path = [...podSpecPlace(workload), field];
	const names = survey.all(kind).map(({metadata}) => metadata.name);
	const meant = meantName(wanted, names);
	// What the revision before named may be gone as well.
	const changed = changesAt(change(), path).filter(({to}) => to === undefined || names.includes(String(to)));
	const witness = changed.length > 0 ? undefined : witnessOf(subject, field, wanted);
	const name = refText(refOf(workload));
	// A runtime keeps the program apart from its node, which somebody wanted: runc is one letter from runsc.
	const isRuntime = kind === 'RuntimeClass';
	const apart = isRuntime ? {loosens: true as const} : {};
	const way = (to: string | undefined, sure: boolean): Remedy => ({
		...exchange(workload, [{path, from: wanted, to}], {
			side: 'workload',
			sure,
			text:
				to === undefined
					? {en: `Let ${name} do without a ${kind}`, ko: `${name}에서 ${kind} 지정을 뺍니다`}
					: {en: `Make ${name} use ${kind} ${to}`, ko: `${name}가 ${kind} ${to}를 쓰게 합니다`},
		}),
		...apart,
	});
	// A priority is a place among others, and any other is another one; of one runtime alone there is nothing to choose.
	const other = isRuntime && names.length === 1 ? names : [];
	const known = witness === undefined ? [] : again(kind, wanted, witness);
	return {
		id,
		resource: refOf(workload),
		path: fieldPath(workload, path),
		severity: gravity('medium'),
		lacks: `${kind} ${wanted}`,
		cause: {
			en: `${name} names ${kind} ${wanted}, which does not exist (there is: ${someOf(names, 5) || 'none'}): no new pod of it is made`,
			ko: `${name}가 없는 ${kind} ${wanted}를 가리켜(있는 것: ${someOf(names, 5) || '없음'}) 새 파드가 만들어지지 않습니다`,
		},
		evidence: [
			{source: name, detail: `${field} ${wanted}`},
			...(witness === undefined ? [] : [{source: refText(refOf(witness)), detail: `runs with ${kind} ${wanted}: it was there`}]),
			...changeEvidence(given(), change(), changed),
		],
		remedies:
			changed.length > 0
				? backRemedy(given(), change(), changed, !isRuntime).map(each => ({...each, ...apart}))
				: known.length > 0
					? known
					: meant !== undefined
						? [way(meant, !isRuntime)]
						: [...other.map(each => way(each, false)), way(undefined, false)],
	};
}

/** A class that a template names and the cluster does not have: the server refuses its pods. */
export const missingClasses = (subject: Subject): readonly Cause[] =>
	named.flatMap((each): readonly Cause[] => {
		const {survey, podSpec} = subject;
		const wanted = textAt(podSpec, each.field);
		const isMissing =
			wanted !== undefined && wanted !== '' && survey.isRead(each.kind) && survey.find(each.kind, undefined, wanted) === undefined;
		return isMissing ? [missing(each, wanted, subject)] : [];
	});
