import type {Json} from '../../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {fitsSelector} from '../../../../core/kube/selector.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import type {Analyzer} from '../../analyzer.ts';
import type {Survey} from '../../survey.ts';
import {askingCauses} from '../client-service.ts';

export const webhookKinds = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'] as const;

/** Whether nothing is made that a webhook could not be asked about. */
export const must = (webhook: Json) => textAt(webhook, 'failurePolicy') !== 'Ignore';

const holds = (list: readonly Json[], value: string) => list.includes('*') || list.includes(value);

/** Whether a webhook is asked when pods are made. */
export const isAskedForPods = (webhook: Json) =>
	listAt(webhook, 'rules').some(
		rule =>
			holds(listAt(rule, 'operations'), 'CREATE') &&
			holds(listAt(rule, 'apiGroups'), '') &&
			(holds(listAt(rule, 'resources'), 'pods') || listAt(rule, 'resources').includes('*/*')),
	);

/** Whether a webhook looks at a namespace: no selector, or an empty one, takes all. */
export function isAskedIn(webhook: Json, namespace: KubeObject | undefined): boolean {
	const selector = valueAt(webhook, 'namespaceSelector');
	const labels = {...objectAt(namespace, 'metadata', 'labels'), 'kubernetes.io/metadata.name': namespace?.metadata.name ?? ''};
	return selector === undefined || fitsSelector(selector, labels);
}

/** Without an answer nothing is let through: whether that may stop is for a person to say. */
function letThrough(object: KubeObject, index: number, name: string): Remedy {
	const from = valueAt(listAt(object, 'webhooks')[index], 'failurePolicy');
	return exchange(object, [{path: ['webhooks', index, 'failurePolicy'], from, to: 'Ignore'}], {
		side: 'policy',
		sure: false,
		loosens: true,
		text: {
			en: `Let pass what webhook ${name} cannot be asked about, until it answers again: it checks nothing meanwhile`,
			ko: `웹훅 ${name}이(가) 다시 응답할 때까지 검사 없이 통과시킵니다`,
		},
	});
}

/** Its Service and the namespace of that are gone: it was taken out, and left this behind. */
function leftBehind(object: KubeObject): Remedy {
	const name = refText(refOf(object));
	return {
		tool: 'resource_delete',
		input: {kind: object.kind, name: object.metadata.name},
		side: 'policy',
		sure: false,
		text: {
			en: `Delete ${name}: what it belongs to is gone with its whole namespace`,
			ko: `${name}을(를) 지웁니다: 이것이 속한 네임스페이스가 통째로 없습니다`,
		},
	};
}

function causesOf(object: KubeObject, webhook: Json, index: number, survey: Survey): readonly Cause[] {
	const name = textAt(webhook, 'name') ?? '';
	const who = refText(refOf(object));
	const service = valueAt(webhook, 'clientConfig', 'service');
	const isGone = survey.isRead('Namespace') && survey.find('Namespace', undefined, textAt(service, 'namespace') ?? '') === undefined;
	const otherwise =
		isGone && listAt(object, 'webhooks').length === 1 ? [leftBehind(object)] : must(webhook) ? [letThrough(object, index, name)] : [];
	return service === undefined
		? []
		: askingCauses(
				{
					object,
					place: ['webhooks', index, 'clientConfig', 'service'],
					service,
					what: {
						en: `Webhook ${name} of ${who}, which ${must(webhook) ? 'must let pass' : 'may see'} what is made,`,
						ko: `${who}의 웹훅 ${name}`,
					},
					severity: must(webhook) ? (isAskedForPods(webhook) ? 'critical' : 'high') : 'low',
					ids: {
						service: 'webhook-service-not-there',
						port: 'webhook-port-not-there',
						served: 'webhook-not-served',
						stopped: 'webhook-stopped',
					},
					otherwise,
				},
				survey,
			);
}

/** A webhook that keeps the control plane itself from starting pods where it does not answer. */
function coversSystem(object: KubeObject, webhook: Json, index: number, survey: Survey): readonly Cause[] {
	const system = survey.find('Namespace', undefined, 'kube-system');
	if (system === undefined || !must(webhook) || !isAskedForPods(webhook) || !isAskedIn(webhook, system)) return [];
	if (Object.keys(objectAt(webhook, 'objectSelector')).length > 0 || listAt(webhook, 'matchConditions').length > 0) return [];
	const name = textAt(webhook, 'name') ?? '';
	const selector = objectAt(webhook, 'namespaceSelector');
	const excluded = {key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system']};
	const to = {...selector, matchExpressions: [...listAt(selector, 'matchExpressions'), excluded]};
	return [
		{
			id: 'webhook-covers-system',
			resource: refOf(object),
			path: `webhooks[${name}].namespaceSelector`,
			cause: {
				en: `Webhook ${name} of ${refText(refOf(object))} must let pass every pod, those of kube-system too: while it does not answer, the cluster cannot mend itself`,
				ko: `${refText(refOf(object))}의 웹훅 ${name}은(는) kube-system까지 모든 파드를 검사합니다: 응답하지 않으면 클러스터가 스스로 회복하지 못합니다`,
			},
			evidence: [{source: refText(refOf(object)), detail: `namespaceSelector ${JSON.stringify(selector)}, failurePolicy Fail`}],
			remedies: [
				exchange(object, [{path: ['webhooks', index, 'namespaceSelector'], from: valueAt(webhook, 'namespaceSelector'), to}], {
					side: 'policy',
					sure: false,
					text: {en: `Leave kube-system out of webhook ${name}`, ko: `웹훅 ${name}에서 kube-system을 뺍니다`},
				}),
			],
		},
	];
}

/** Webhooks that are asked where nobody answers. */
export const webhookFaults: Analyzer = survey =>
	webhookKinds.flatMap(kind =>
		survey
			.all(kind)
			.flatMap(object =>
				listAt(object, 'webhooks').flatMap((webhook, index) => [
					...causesOf(object, webhook, index, survey),
					...coversSystem(object, webhook, index, survey),
				]),
			),
	);
