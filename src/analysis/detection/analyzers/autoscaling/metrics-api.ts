import type {Json} from '../../../../core/json.ts';
import {listAt, numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {shortLine} from '../../../../core/text/short-line.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {lastApplied} from '../../../diagnosis/last-applied.ts';
import {isChangedSinceMade, writeText} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import type {Survey} from '../../survey.ts';

const apis: {readonly [type: string]: readonly string[]} = {
	Resource: ['v1beta1.metrics.k8s.io'],
	ContainerResource: ['v1beta1.metrics.k8s.io'],
	Pods: ['v1beta2.custom.metrics.k8s.io', 'v1beta1.custom.metrics.k8s.io'],
	Object: ['v1beta2.custom.metrics.k8s.io', 'v1beta1.custom.metrics.k8s.io'],
	External: ['v1beta1.external.metrics.k8s.io'],
};

type Unserved = {readonly type: string; readonly api: string; readonly message: string};

/** It asked for something else before: the metric is what is wrong, and not the API that nobody ever served. */
function unservedMetric(scaler: KubeObject, {type, api, message}: Unserved, instead: readonly Remedy[]): Cause {
	const name = refText(refOf(scaler));
	const metrics = listAt(scaler, 'spec', 'metrics');
	const served = metrics.filter(each => textAt(each, 'type') !== type);
	return {
		id: 'autoscaler-metrics-api-missing',
		resource: refOf(scaler),
		path: 'spec.metrics',
		cause: {
			en: `${name} was changed to measure ${type} metrics, and nobody serves ${api}, where it asks for them: it never scales`,
			ko: `${name}가 ${type} 메트릭을 재도록 바뀌었는데 그것을 묻는 ${api}를 제공하는 것이 없어 동작하지 않습니다`,
		},
		evidence: [
			{source: name, detail: `spec.metrics of type ${type}, ${writeText(scaler)}`},
			{source: name, detail: shortLine(message, 240)},
		],
		remedies:
			served.length === 0
				? instead
				: [
						exchange(scaler, [{path: ['spec', 'metrics'], from: [...metrics], to: [...served]}], {
							side: 'autoscaler',
							sure: true,
							text: {en: `Let ${name} measure only what is served`, ko: `${name}가 제공되는 메트릭만 재게 합니다`},
						}),
					],
	};
}

const isServed = (type: string, survey: Survey) =>
	(apis[type] ?? []).some(each => survey.find('APIService', undefined, each) !== undefined);

/** Of the shares of CPU that autoscalers hold, the one that most of the namespace have; a usual one where none has any. */
function usualShare(scaler: KubeObject, survey: Survey): number {
	const shares = survey
		.all('HorizontalPodAutoscaler', scaler.metadata.namespace)
		.flatMap(each => listAt(each, 'spec', 'metrics'))
		.filter(each => textAt(each, 'resource', 'name') === 'cpu')
		.flatMap(each => numberAt(each, 'resource', 'target', 'averageUtilization') ?? []);
	const counts = [...Map.groupBy(shares, share => share).entries()].toSorted(([, a], [, b]) => b.length - a.length);
	return counts[0]?.[0] ?? 80;
}

/** What it can be let measure where nothing of what it asks for is served: what it measured before, or the CPU of its pods. */
function measurable(scaler: KubeObject, podSpec: Json, survey: Survey): readonly Remedy[] {
	const metrics = listAt(scaler, 'spec', 'metrics');
	const put = (to: readonly Json[], rest: Pick<Remedy, 'sure' | 'amount' | 'text'>) =>
		exchange(scaler, [{path: ['spec', 'metrics'], from: [...metrics], to: [...to]}], {side: 'autoscaler', ...rest});
	const name = refText(refOf(scaler));
	const former = listAt(lastApplied(scaler), 'spec', 'metrics');
	if (former.length > 0 && former.every(each => isServed(textAt(each, 'type') ?? '', survey)))
		return [
			put(former, {sure: true, text: {en: `Let ${name} measure again what it did`, ko: `${name}가 이전에 재던 것을 다시 재게 합니다`}}),
		];
	const containers = listAt(podSpec, 'containers');
	const canShare = containers.length > 0 && containers.every(each => valueAt(each, 'resources', 'requests', 'cpu') !== undefined);
	if (!canShare || !isServed('Resource', survey)) return [];
	const share = usualShare(scaler, survey);
	return [
		put([{type: 'Resource', resource: {name: 'cpu', target: {type: 'Utilization', averageUtilization: share}}}], {
			sure: false,
			amount: String(share),
			text: {
				en: `Let ${name} measure the CPU of its pods, and add some at ${share} %, which is served`,
				ko: `${name}가 제공되는 CPU 사용률을 재고 ${share}%에서 파드를 늘리게 합니다`,
			},
		}),
	];
}

/** The controller says that it finds no metrics, and nobody serves the API that it asks. */
export function metricsApi(scaler: KubeObject, podSpec: Json, survey: Survey): readonly Cause[] {
	const told = listAt(scaler, 'status', 'conditions').find(
		each =>
			textAt(each, 'type') === 'ScalingActive' && textAt(each, 'status') === 'False' && /^FailedGet/.test(textAt(each, 'reason') ?? ''),
	);
	const message = textAt(told, 'message') ?? '';
	if (
		told === undefined ||
		!survey.isRead('APIService') ||
		!/could not find the requested resource|no matches for|unable to fetch metrics from/.test(message)
	)
		return [];
	const types = [...new Set(listAt(scaler, 'spec', 'metrics').flatMap(each => textAt(each, 'type') ?? []))];
	const lost = types.find(type => apis[type] !== undefined && !isServed(type, survey));
	const [api] = lost === undefined ? [] : (apis[lost] ?? []);
	if (api === undefined || lost === undefined) return [];
	const name = refText(refOf(scaler));
	const instead = types.some(type => isServed(type, survey)) ? [] : measurable(scaler, podSpec, survey);
	if (isChangedSinceMade(scaler)) return [unservedMetric(scaler, {type: lost, api, message}, instead)];
	return [
		{
			id: 'autoscaler-metrics-api-missing',
			resource: {apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService', name: api},
			path: 'metadata.name',
			hurts: [refOf(scaler)],
			cause: {
				en: `Nobody serves ${api}, which autoscalers ask for their metrics: they never scale`,
				ko: `오토스케일러가 메트릭을 묻는 ${api}를 제공하는 것이 없어 동작하지 않습니다`,
			},
			evidence: [{source: name, detail: shortLine(message, 240)}],
			remedies: instead,
		},
	];
}
