import type {Json} from '../../../core/json.ts';
import {listAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refOf} from '../../../core/kube/kube-object.ts';
import {fitsSelector} from '../../../core/kube/selector.ts';
import type {Survey} from '../survey.ts';
import {type Edge, type EdgeFamily, leaning, refTo} from './edge.ts';

function claimEdges(claim: KubeObject, survey: Survey): readonly Edge[] {
	const volume = textAt(claim, 'spec', 'volumeName');
	const named = textAt(claim, 'spec', 'storageClassName');
	const standard = survey
		.all('StorageClass')
		.find(({metadata}) => metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true');
	const chosen = named ?? standard?.metadata.name ?? '';
	return leaning(claim, [
		...(chosen === '' ? [] : [[refTo(survey, 'StorageClass', undefined, chosen), 'is made by its rules'] as const]),
		...(volume === undefined ? [] : [[refTo(survey, 'PersistentVolume', undefined, volume), 'is bound to it'] as const]),
	]);
}

function scalerEdges(scaler: KubeObject, survey: Survey): readonly Edge[] {
	const kind = textAt(scaler, 'spec', 'scaleTargetRef', 'kind') ?? '';
	const name = textAt(scaler, 'spec', 'scaleTargetRef', 'name') ?? '';
	const target = survey.find(kind, scaler.metadata.namespace, name);
	const types = new Set(listAt(scaler, 'spec', 'metrics').flatMap(each => textAt(each, 'type') ?? []));
	const sources = survey.all('APIService').filter(each => {
		const group = textAt(each, 'spec', 'group') ?? '';
		if (group === 'metrics.k8s.io') return types.has('Resource') || types.has('ContainerResource');
		if (group === 'custom.metrics.k8s.io') return types.has('Pods') || types.has('Object');
		return group === 'external.metrics.k8s.io' && types.has('External');
	});
	return [
		...(target === undefined ? [] : leaning(target, [[refOf(scaler), 'is scaled by it']])),
		...leaning(
			scaler,
			sources.map(each => [refOf(each), 'takes its metrics from it']),
		),
	];
}

const serviceOf = (holder: Json | undefined, survey: Survey): readonly Ref[] => {
	const name = textAt(holder, 'name');
	return name === undefined ? [] : [refTo(survey, 'Service', textAt(holder, 'namespace'), name)];
};

const holds = (list: readonly Json[], word: string) => list.includes(word) || list.includes('*');

/** Whether a webhook that cannot be asked keeps pods from being made. */
const stopsPods = (webhook: Json) =>
	(textAt(webhook, 'failurePolicy') ?? 'Fail') === 'Fail' &&
	listAt(webhook, 'rules').some(
		rule =>
			holds(listAt(rule, 'apiGroups'), '') &&
			holds(listAt(rule, 'operations'), 'CREATE') &&
			(holds(listAt(rule, 'resources'), 'pods') || listAt(rule, 'resources').includes('*/*')),
	);

/** Namespaces whose pods a webhook is asked about. Without a selector all of them. */
const admitted = (webhook: Json, survey: Survey): readonly string[] =>
	survey.namespaces.filter(namespace => {
		const selector = valueAt(webhook, 'namespaceSelector');
		const labels = survey.find('Namespace', undefined, namespace)?.metadata.labels;
		return selector === undefined || fitsSelector(selector, labels ?? {'kubernetes.io/metadata.name': namespace});
	});

function webhookEdges(configuration: KubeObject, survey: Survey): readonly Edge[] {
	const webhooks = listAt(configuration, 'webhooks');
	const services = webhooks.flatMap(each => serviceOf(valueAt(each, 'clientConfig', 'service'), survey));
	const namespaces = new Set(webhooks.filter(stopsPods).flatMap(each => admitted(each, survey)));
	const stopped = [...namespaces].flatMap(namespace => survey.workloads(namespace));
	return [
		...leaning(
			configuration,
			services.map(service => [service, 'asks it']),
		),
		...stopped.map((workload): Edge => ({from: refOf(workload), to: refOf(configuration), how: 'has its pods admitted by it'})),
	];
}

/** What belongs to the cluster, and who leans on it: volumes, autoscalers, webhooks and extension APIs. */
export const clusterEdges = (survey: Survey): EdgeFamily => ({
	edges: () => [
		...survey.all('PersistentVolumeClaim').flatMap(claim => claimEdges(claim, survey)),
		...survey.all('HorizontalPodAutoscaler').flatMap(scaler => scalerEdges(scaler, survey)),
		...['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'].flatMap(kind =>
			survey.all(kind).flatMap(each => webhookEdges(each, survey)),
		),
		...survey.all('APIService').flatMap(each =>
			leaning(
				each,
				serviceOf(valueAt(each, 'spec', 'service'), survey).map(to => [to, 'is answered by it']),
			),
		),
	],
});
