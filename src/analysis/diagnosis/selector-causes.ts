import type {Json, JsonObject} from '../../core/json.ts';
import {objectAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {templatePath} from '../../core/kube/pod-spec.ts';
import {fitsMap} from '../../core/kube/selector.ts';
import {type Case, isUnread, ofKind, ownerOf, type Scene} from './case.ts';
import type {Cause, Remedy} from './cause.ts';
import {earlierTemplates} from './earlier-revision.ts';
import {fieldPath} from './field-path.ts';
import {labelText} from './label-text.ts';
import {changeEvidence, isChangedLater} from './last-write.ts';
import {merge} from './patch-remedy.ts';
import {type OnePod, onePodOf} from './selected-pod.ts';

type Labels = {readonly [key: string]: string};

const valuesOf = (keys: readonly string[], labels: Json): Labels =>
	Object.fromEntries(
		keys.flatMap(key => {
			const value = textAt(labels, key);
			return value === undefined ? [] : [[key, value]];
		}),
	);

/** The labels that a selector was meant to name: its own keys with the values of the pods, or what the workload itself selects by. */
function meantSelector(service: KubeObject, {workload, labels}: Case, pod: OnePod | undefined): Labels | undefined {
	const keys = Object.keys(objectAt(service, 'spec', 'selector')).filter(key => key !== pod?.key);
	const one = pod === undefined ? {} : {[pod.key]: pod.isThere ? pod.value : pod.meant?.value};
	// All pods are no stand-in for one of them: what is written to a replica is lost.
	if (workload === undefined || Object.values(one).includes(undefined)) return undefined;
	const own = valuesOf(keys, labels);
	const selected = objectAt(workload, 'spec', 'selector', 'matchLabels');
	return {
		...(keys.length === Object.keys(own).length ? own : valuesOf(Object.keys(selected), selected)),
		...valuesOf(Object.keys(one), one),
	};
}

/** The pods had what the selector names until the workload was changed. */
function hasLostLabels(service: KubeObject, given: Case): boolean {
	const {workload} = given;
	if (workload === undefined) return false;
	const before = earlierTemplates(given);
	if (before.length === 0) return false;
	const selector = objectAt(service, 'spec', 'selector');
	return before.some(template => fitsMap(selector, valueAt(template, 'metadata', 'labels'))) && !isChangedLater(service, workload);
}

function serviceRemedy(service: KubeObject, meant: Labels, sure: boolean): Remedy {
	const dropped = Object.fromEntries(Object.keys(objectAt(service, 'spec', 'selector')).map(key => [key, meant[key] ?? null]));
	const name = refText(refOf(service));
	return merge(
		service,
		{spec: {selector: {...dropped, ...meant}}},
		{
			side: 'service',
			sure,
			text: {
				en: `Make ${name} select ${labelText(meant)}`,
				ko: `${name}의 셀렉터를 ${labelText(meant)}(으)로 바꿉니다`,
			},
		},
	);
}

function workloadRemedy(workload: KubeObject, lost: JsonObject): Remedy {
	const path = [...(templatePath(workload) ?? []), 'metadata', 'labels'];
	const name = refText(refOf(workload));
	return merge(
		workload,
		path.toReversed().reduce<JsonObject>((inner, step) => ({[step]: inner}), lost),
		{
			side: 'workload',
			sure: true,
			text: {
				en: `Give the pods of ${name} their label ${labelText(lost)} back`,
				ko: `${name}의 파드에 ${labelText(lost)} 라벨을 되돌립니다`,
			},
		},
	);
}

/** `spec.selector.app` where one label is at fault, otherwise the whole selector. */
const wrongField = (base: string, wrong: JsonObject) => {
	const [key, ...others] = Object.keys(wrong);
	return key === undefined || others.length > 0 ? base : fieldPath(undefined, [...base.split('.'), key]);
};

/** Whether a pod is there to stay: one of an older template goes with its rollout, and with it the last that is selected. */
function stays(pod: KubeObject, scene: Scene): boolean {
	if (pod.metadata.deletionTimestamp !== undefined) return false;
	const owner = ownerOf(pod, scene);
	const labels = owner === undefined ? undefined : objectAt(owner, ...(templatePath(owner) ?? []), 'metadata', 'labels');
	return labels === undefined || Object.entries(labels).every(([key, value]) => pod.metadata.labels?.[key] === value);
}

/** Pods of a CronJob come and go: between two runs nobody is there, and nobody is missed. */
const isOfRuns = (selector: JsonObject, scene: Scene) =>
	ofKind(scene, 'CronJob').some(each => fitsMap(selector, valueAt(each, ...(templatePath(each) ?? []), 'metadata', 'labels')));

/** A Service that selects nobody, though somebody was meant. */
export function selectorCause(service: KubeObject, given: Case): readonly Cause[] {
	const {workload, labels, scene} = given;
	const selector = objectAt(service, 'spec', 'selector');
	if (Object.keys(selector).length === 0 || fitsMap(selector, labels) || isUnread(scene, 'Pod')) return [];
	if (ofKind(scene, 'Pod').some(pod => fitsMap(selector, pod.metadata.labels) && stays(pod, scene))) return [];
	if (workload === undefined && isOfRuns(selector, scene)) return [];
	const name = refText(refOf(service));
	const pod = onePodOf(service, given);
	const wrong = Object.fromEntries(
		Object.entries(selector).filter(([key, value]) => textAt(labels, key) !== value && !(pod?.isThere === true && key === pod.key)),
	);
	// The pod that is selected is about to come.
	if (Object.keys(wrong).length === 0) return [];
	const meant = meantSelector(service, given, pod);
	const hasLost = workload !== undefined && hasLostLabels(service, given);
	const at = [...(workload === undefined ? [] : (templatePath(workload) ?? [])), 'metadata', 'labels'].join('.');
	return [
		{
			id: 'selector-fits-no-pod',
			resource: refOf(hasLost ? workload : service),
			path: hasLost ? wrongField(at, wrong) : wrongField('spec.selector', wrong),
			// Nobody is known who would be reached: what is left over hurts nobody.
			...(workload === undefined ? {severity: 'medium' as const} : {}),
			hurts: [refOf(service), ...(workload === undefined ? [] : [refOf(workload)])],
			cause: hasLost
				? {
						en: `The pods of ${refText(refOf(workload))} have lost the label ${labelText(wrong)} by which ${name} selects them: it has no endpoints`,
						ko: `${refText(refOf(workload))}의 파드가 ${name}가 고르는 ${labelText(wrong)} 라벨을 잃어 엔드포인트가 하나도 없습니다`,
					}
				: {
						en: `${name} selects ${labelText(selector)}, and no pod has these labels: it has no endpoints`,
						ko: `${name}가 ${labelText(selector)} 라벨을 고르는데 그런 파드가 없어 엔드포인트가 하나도 없습니다`,
					},
			evidence: [
				{source: name, detail: `spec.selector ${labelText(selector)}`},
				...(workload === undefined ? [] : [{source: refText(refOf(workload)), detail: `pod labels ${labelText(labels)}`}]),
				...changeEvidence(hasLost ? workload : service),
			],
			remedies: [
				...(hasLost ? [workloadRemedy(workload, wrong)] : []),
				...(meant === undefined ? [] : [serviceRemedy(service, meant, !hasLost && pod?.meant?.isTold !== false)]),
			],
		},
	];
}
