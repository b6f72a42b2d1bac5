import type {Json, JsonObject} from '../../../../core/json.ts';
import {listAt, numberAt, objectAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {podSpecOf, templatePath} from '../../../../core/kube/pod-spec.ts';
import {fitsMap, fitsSelector} from '../../../../core/kube/selector.ts';
import {declaredPorts} from '../../../coherence/workload-set.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {labelText} from '../../../diagnosis/label-text.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {routingOf, templateLabels} from '../../routing.ts';
import {hasApiOf} from '../../served-apis.ts';
import type {Survey} from '../../survey.ts';
import {narrowed} from '../service/narrowed.ts';

/**
 * Whether a run listens on no port that a Service sends to, and gets its requests all the same: a port by its name reaches only who has it, but for a
 * headless Service, whose names lead to all of its pods.
 */
function isMisled(service: KubeObject, run: KubeObject): boolean {
	const declared = declaredPorts(podSpecOf(run));
	const isAsked = listAt(podSpecOf(run), 'containers').some(each => valueAt(each, 'readinessProbe') !== undefined);
	const ports = listAt(service, 'spec', 'ports');
	const targets = ports.map(port => valueAt(port, 'targetPort') ?? numberAt(port, 'port'));
	const isHeadless = valueAt(service, 'spec', 'clusterIP') === 'None';
	const serves = declared.some(({name, number}) => targets.some(target => target === name || target === number));
	return !isAsked && !serves && ports.length > 0 && (isHeadless || targets.some(target => typeof target === 'number'));
}

const peersOf = (policy: KubeObject): readonly Json[] =>
	(['ingress', 'egress'] as const).flatMap(direction =>
		listAt(policy, 'spec', direction).flatMap(rule => [...listAt(rule, 'from'), ...listAt(rule, 'to')]),
	);

/** Every selector by which policies and budgets tell pods of a namespace apart; those of other namespaces let pods in by their labels, too. */
const selectorsFor = (namespace: string | undefined, survey: Survey) =>
	[
		...survey.all('NetworkPolicy', namespace).map(policy => valueAt(policy, 'spec', 'podSelector')),
		...survey.all('NetworkPolicy').flatMap(policy =>
			peersOf(policy)
				.filter(peer => policy.metadata.namespace === namespace || valueAt(peer, 'namespaceSelector') !== undefined)
				.map(peer => valueAt(peer, 'podSelector')),
		),
		...survey.all('PodDisruptionBudget', namespace).map(budget => valueAt(budget, 'spec', 'selector')),
	].filter(selector => selector !== undefined);

/** APIs of networks and meshes whose own policies select pods by their labels, and are not read. */
const labelReaders = [
	'cilium.io',
	'projectcalico.org',
	'antrea.io',
	'policy.networking.k8s.io',
	'istio.io',
	'linkerd.io',
	'kuma.io',
	'consul.hashicorp.com',
];

/** Whether every rule that may need a label is among those that were read: of all namespaces, and of no other API. */
const areRulesKnown = (survey: Survey) =>
	survey.snapshot.namespace === undefined &&
	['NetworkPolicy', 'PodDisruptionBudget', 'CustomResourceDefinition'].every(kind => survey.isRead(kind)) &&
	!hasApiOf(survey, labelReaders);

const without = (labels: JsonObject, key: string): JsonObject =>
	Object.fromEntries(Object.entries(labels).filter(([each]) => each !== key));

/** The label to take away: of those that a Service selects by the first that no rule of another object needs on these pods. */
function labelToTake(run: KubeObject, selector: JsonObject, survey: Survey): {readonly key: string; readonly isFree: boolean} | undefined {
	const labels = objectAt({labels: templateLabels(run) ?? {}}, 'labels');
	const others = selectorsFor(run.metadata.namespace, survey);
	const isFree = (key: string) => others.every(each => fitsSelector(each, labels) === fitsSelector(each, without(labels, key)));
	const [first, ...more] = Object.keys(selector);
	const free = [first, ...more].find(key => key !== undefined && isFree(key));
	const key = free ?? first;
	return key === undefined ? undefined : {key, isFree: free !== undefined && areRulesKnown(survey)};
}

function relabelled(run: KubeObject, service: KubeObject, survey: Survey): readonly Remedy[] {
	const take = labelToTake(run, objectAt(service, 'spec', 'selector'), survey);
	// A Job never changes its template, and its pods end by themselves.
	if (take === undefined || run.kind === 'Job') return [];
	const path = [...(templatePath(run) ?? []), 'metadata', 'labels', take.key];
	const name = refText(refOf(run));
	return [
		exchange(run, [{path, from: valueAt(run, ...path), to: undefined}], {
			side: 'workload',
			sure: take.isFree,
			text: {en: `Take the label ${take.key} from the pods of ${name}`, ko: `${name}의 파드에서 ${take.key} 라벨을 뺍니다`},
		}),
	];
}

/** Pods of a run that a Service takes for those of the application that it is for: while they run a part of the requests goes to nobody. */
export function runBehindService(run: KubeObject, survey: Survey): readonly Cause[] {
	const isOver = run.kind === 'Job' && listAt(run, 'status', 'conditions').length > 0;
	const labels = templateLabels(run);
	if (isOver || labels === undefined || run.metadata.deletionTimestamp !== undefined) return [];
	return survey.all('Service', run.metadata.namespace).flatMap((service): readonly Cause[] => {
		const selector = objectAt(service, 'spec', 'selector');
		if (Object.keys(selector).length === 0 || !fitsMap(selector, labels) || !isMisled(service, run)) return [];
		const serving = routingOf(survey)
			.behind(service)
			.filter(({kind}) => kind !== 'Pod');
		if (serving.length === 0) return [];
		const [name, who] = [refText(refOf(run)), refText(refOf(service))];
		const [key = ''] = Object.keys(selector);
		const at = [...(templatePath(run) ?? []), 'metadata', 'labels', labelToTake(run, selector, survey)?.key ?? key];
		return [
			{
				id: 'run-behind-service',
				resource: refOf(run),
				path: fieldPath(run, at),
				hurts: [refOf(service), ...serving.map(refOf)],
				cause: {
					en: `Pods of ${name} have the labels by which ${who} selects (${labelText(selector)}), and listen on none of its ports: while they run they get a part of its requests`,
					ko: `${name}의 파드가 ${who}가 고르는 라벨(${labelText(selector)})을 달고 있어, 실행되는 동안 받을 수 없는 요청 일부가 그리로 갑니다`,
				},
				evidence: [
					{source: who, detail: `spec.selector ${labelText(selector)}`},
					{source: name, detail: `pod labels ${labelText(labels)}, no port of the Service`},
					...changeEvidence(run),
				],
				remedies: [...relabelled(run, service, survey), ...narrowed(service, {to: serving, from: [run]}, run.kind === 'Job')],
			},
		];
	});
}
