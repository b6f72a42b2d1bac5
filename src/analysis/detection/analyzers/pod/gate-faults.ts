import {listAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {isReady} from '../../../diagnosis/case.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {podSpecPlace} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {meantName} from '../../../diagnosis/reference-causes.ts';
import {backRemedy, changeEvidence, changesAt} from '../../../diagnosis/template-change.ts';
import {oncePerSurvey} from '../../once-per-survey.ts';
import type {Survey} from '../../survey.ts';
import type {Subject} from '../subject.ts';

/** So long a controller is given to say of a pod whose containers are ready what its gate waits for. */
const patienceMs = 60_000;

/** Conditions that every pod may have; those of gates are set by others. */
const ofKubelet = new Set(['Ready', 'ContainersReady', 'Initialized', 'PodScheduled', 'PodReadyToStartContainers', 'DisruptionTarget']);

/** Pods of all namespaces that were read, also where one alone is judged anew. */
const podsAnywhere = (survey: Survey): readonly KubeObject[] => {
	const namespaces = new Set([...survey.namespaces, ...survey.all('Namespace').map(({metadata}) => metadata.name)]);
	return [...namespaces].flatMap(namespace => survey.all('Pod', namespace));
};

/** Conditions that somebody sets on any pod. */
const setAnywhere = oncePerSurvey(
	(survey: Survey): ReadonlySet<string> =>
		new Set(
			podsAnywhere(survey)
				.flatMap(pod => listAt(pod, 'status', 'conditions').flatMap(each => textAt(each, 'type') ?? []))
				.filter(type => !ofKubelet.has(type)),
		),
);

/** A pod that would be ready, were it not for its gates. */
const isHeld = (pod: KubeObject, nowMs: number) =>
	!isReady(pod) &&
	listAt(pod, 'status', 'conditions').some(
		each =>
			textAt(each, 'type') === 'ContainersReady' &&
			textAt(each, 'status') === 'True' &&
			nowMs - (Date.parse(textAt(each, 'lastTransitionTime') ?? pod.metadata.creationTimestamp ?? '') || 0) > patienceMs,
	);

/** Back to what it waited for before, or to the condition of a near name that somebody sets; else whether it may do without is a person's choice. */
function remediesOf({workload, podSpec, given, change, survey}: Subject, index: number, type: string): readonly Remedy[] {
	const all = [...podSpecPlace(workload), 'readinessGates'];
	const changed = changesAt(change(), all);
	if (changed.length > 0) return backRemedy(given(), change(), changed);
	// The spec of a pod that stands alone stays as it is.
	if (workload.kind === 'Pod') return [];
	const [meant, name] = [meantName(type, [...setAnywhere(survey)]), refText(refOf(workload))];
	if (meant !== undefined)
		return [
			exchange(workload, [{path: [...all, index, 'conditionType'], from: type, to: meant}], {
				side: 'workload',
				sure: true,
				text: {en: `Let pods of ${name} wait for ${meant}`, ko: `${name}의 파드가 ${meant}을(를) 기다리게 합니다`},
			}),
		];
	const gates = listAt(podSpec, 'readinessGates');
	return [
		exchange(workload, [{path: all, from: gates, to: gates.filter((_, at) => at !== index)}], {
			side: 'workload',
			sure: false,
			loosens: true,
			text: {en: `Let pods of ${name} be ready without ${type}`, ko: `${name}의 파드가 ${type} 없이 준비되게 합니다`},
		}),
	];
}

/** Pods that wait for a condition which nobody sets: not on them, and on no other pod. */
export function gateFaults(subject: Subject): readonly Cause[] {
	const {survey, workload, podSpec, pods, given, change, gravity} = subject;
	const held = pods.filter(pod => isHeld(pod, survey.nowMs));
	if (held.length === 0 || !survey.isRead('Pod', workload.metadata.namespace)) return [];
	return listAt(podSpec, 'readinessGates').flatMap((gate, index): readonly Cause[] => {
		const type = textAt(gate, 'conditionType') ?? '';
		const waiting = held.filter(pod => listAt(pod, 'spec', 'readinessGates').some(each => textAt(each, 'conditionType') === type));
		if (type === '' || waiting.length === 0 || ofKubelet.has(type) || setAnywhere(survey).has(type)) return [];
		const path = [...podSpecPlace(workload), 'readinessGates', index, 'conditionType'];
		const name = refText(refOf(workload));
		return [
			{
				id: 'readiness-gate-never-set',
				resource: refOf(workload),
				path: fieldPath(workload, path),
				severity: gravity('medium'),
				cause: {
					en: `The containers of ${name} are ready, and its pods are not: they wait for the condition ${type}, which nobody sets on any pod`,
					ko: `${name}의 컨테이너는 준비되었지만 아무도 설정하지 않는 조건 ${type} 때문에 파드가 준비되지 않습니다`,
				},
				evidence: [
					...waiting
						.slice(0, 3)
						.map(pod => ({source: refText(refOf(pod)), detail: `ContainersReady True, Ready False, no condition ${type}`})),
					...changeEvidence(given(), change(), changesAt(change(), path)),
				],
				remedies: remediesOf(subject, index, type),
			},
		];
	});
}
