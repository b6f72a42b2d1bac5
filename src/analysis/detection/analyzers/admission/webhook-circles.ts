import {canonicalJson, type Json, type JsonObject} from '../../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {templatePath} from '../../../../core/kube/pod-spec.ts';
import {fitsMap, fitsSelector} from '../../../../core/kube/selector.ts';
import {someOf} from '../../../../core/text/count.ts';
import {isReady} from '../../../diagnosis/case.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {changeEvidence, isChangedLately} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import type {Analyzer} from '../../analyzer.ts';
import type {Survey} from '../../survey.ts';
import {startingWorkloads} from '../standing.ts';
import {isAskedForPods, isAskedIn, must, webhookKinds} from './webhook-faults.ts';

const labelsOf = (workload: KubeObject) => objectAt(workload, ...(templatePath(workload) ?? []), 'metadata', 'labels');

/** What answers for a webhook, and is asked about itself. */
function askedAboutSelf(webhook: Json, survey: Survey): readonly KubeObject[] {
	const [namespace = '', name = ''] = ['namespace', 'name'].map(field => textAt(webhook, 'clientConfig', 'service', field));
	const service = survey.find('Service', namespace, name);
	const seen = valueAt(webhook, 'objectSelector');
	// Of what an expression leaves out nobody can tell here.
	if (service === undefined || listAt(webhook, 'matchConditions').length > 0) return [];
	if (!isAskedIn(webhook, survey.find('Namespace', undefined, namespace))) return [];
	return startingWorkloads(survey, namespace)
		.filter(workload => fitsMap(valueAt(service, 'spec', 'selector'), labelsOf(workload)))
		.filter(workload => seen === undefined || fitsSelector(seen, labelsOf(workload)));
}

const nameLabel = 'kubernetes.io/metadata.name';

/** A list of namespaces without one of them; undefined where the selector lists none, or only this one. */
function withoutNamespace(selector: JsonObject, namespace: string): JsonObject | undefined {
	const expressions = listAt(selector, 'matchExpressions');
	const index = expressions.findIndex(
		each => textAt(each, 'key') === nameLabel && textAt(each, 'operator') === 'In' && listAt(each, 'values').includes(namespace),
	);
	const values = listAt(expressions[index], 'values').filter(each => each !== namespace);
	return values.length === 0
		? undefined
		: {...selector, matchExpressions: expressions.with(index, {key: nameLabel, operator: 'In', values})};
}

/** The labels by which the selector of a workload knows its pods, as an exception. */
function withoutPods(selector: JsonObject, workload: KubeObject): JsonObject | undefined {
	const [own] = Object.entries(objectAt(workload, 'spec', 'selector', 'matchLabels')).flatMap(([key, value]) =>
		value === undefined ? [] : [[key, value] as const],
	);
	if (own === undefined) return undefined;
	const [key, value] = own;
	return {...selector, matchExpressions: [...listAt(selector, 'matchExpressions'), {key, operator: 'NotIn', values: [value]}]};
}

function remediesOf(object: KubeObject, index: number, workloads: readonly KubeObject[], isDown: boolean): readonly Remedy[] {
	const webhook = listAt(object, 'webhooks')[index];
	const namespace = workloads[0]?.metadata.namespace ?? '';
	const name = textAt(webhook, 'name') ?? '';
	const who = someOf(workloads.map(each => refText(refOf(each))));
	const put = (
		field: string,
		to: JsonObject | undefined,
		what: {readonly en: string; readonly ko: string},
		rest: Pick<Remedy, 'sure' | 'loosens'>,
	): readonly Remedy[] => {
		const from = valueAt(webhook, field);
		return to === undefined || canonicalJson(to) === canonicalJson(from)
			? []
			: [
					exchange(object, [{path: ['webhooks', index, field], from, to}], {
						side: 'policy',
						...rest,
						text: {en: `Leave ${what.en} out of webhook ${name}`, ko: `웹훅 ${name}에서 ${what.ko}을(를) 뺍니다`},
					}),
				];
	};
	const pods = workloads.reduce<JsonObject | undefined>(
		(selector, each) => (selector === undefined ? undefined : withoutPods(selector, each)),
		objectAt(webhook, 'objectSelector'),
	);
	return [
		...put(
			'namespaceSelector',
			withoutNamespace(objectAt(webhook, 'namespaceSelector'), namespace),
			{en: `its own namespace ${namespace}`, ko: `자신의 네임스페이스 ${namespace}`},
			// Nobody can answer before one of the pods is let through unasked.
			{sure: isDown},
		),
		// Pods with that label are let through in every namespace, whoever makes them.
		...put(
			'objectSelector',
			pods,
			{en: `the pods of ${who}, which answer for it`, ko: `이에 응답하는 ${who}의 파드`},
			{sure: false, loosens: true},
		),
	];
}

/** Whether no pod was let through: there is none, or the server says that it could not ask this webhook about one. */
function isShut(name: string, workloads: readonly KubeObject[], survey: Survey): boolean {
	const hasEnded = (pod: KubeObject) => ['Succeeded', 'Failed'].includes(textAt(pod, 'status', 'phase') ?? '');
	const pods = workloads.flatMap(each => survey.podsOf(each)).filter(each => !hasEnded(each));
	if (pods.some(isReady)) return false;
	const [namespace] = workloads.map(({metadata}) => metadata.namespace);
	const isTold = () =>
		survey
			.all('Event', namespace)
			.some(each => textAt(each, 'reason') === 'FailedCreate' && textAt(each, 'message')?.includes(`failed calling webhook "${name}"`));
	return survey.isRead('Pod', namespace) && (pods.length === 0 || isTold());
}

function circleOf(object: KubeObject, webhook: Json, index: number, survey: Survey): readonly Cause[] {
	if (!must(webhook) || !isAskedForPods(webhook)) return [];
	const workloads = askedAboutSelf(webhook, survey);
	if (workloads.length === 0) return [];
	const isDown = isShut(textAt(webhook, 'name') ?? '', workloads, survey);
	// While they run it does its work; whoever brought it lately should know what becomes of it once they do not.
	if (!isDown && !isChangedLately(object, survey.nowMs)) return [];
	const [name, who] = [textAt(webhook, 'name') ?? '', someOf(workloads.map(each => refText(refOf(each))))];
	const selector = valueAt(webhook, 'namespaceSelector');
	return [
		{
			id: 'webhook-guards-its-own-pods',
			resource: refOf(object),
			path: `webhooks[${name}].namespaceSelector`,
			severity: isDown ? 'critical' : 'medium',
			hurts: workloads.map(refOf),
			cause: {
				en: `Webhook ${name} of ${refText(refOf(object))} must be asked before any pod of ${who} is made, and these are the pods that answer for it: ${isDown ? 'none runs, so none can be made' : 'once none runs, none can be made'}`,
				ko: `${refText(refOf(object))}의 웹훅 ${name}은(는) 자신에게 응답하는 ${who}의 파드까지 검사합니다: 하나도 돌지 않으면 다시 만들 수 없습니다`,
			},
			evidence: [
				{
					source: refText(refOf(object)),
					detail: `failurePolicy Fail, namespaceSelector ${selector === undefined ? 'none' : JSON.stringify(selector)}`,
				},
				...changeEvidence(object),
			],
			remedies: remediesOf(object, index, workloads, isDown),
		},
	];
}

/** Webhooks that are asked about the very pods that would answer. */
export const webhookCircles: Analyzer = survey =>
	webhookKinds.flatMap(kind =>
		survey.all(kind).flatMap(object => listAt(object, 'webhooks').flatMap((webhook, index) => circleOf(object, webhook, index, survey))),
	);
