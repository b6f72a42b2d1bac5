import type {Json} from '../../../core/json.ts';
import {listAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refOf} from '../../../core/kube/kube-object.ts';
import {type Survey, workloadKinds} from '../survey.ts';
import {type Edge, type EdgeFamily, type Leaning, leaning, refTo} from './edge.ts';
import {type LabelIndex, labelIndexOf} from './label-index.ts';

const sends = 'sends requests to it';
const certificate = 'takes its certificate from it';

function serviceEdges(service: KubeObject, index: LabelIndex, survey: Survey): readonly Edge[] {
	const {namespace = ''} = service.metadata;
	const [, name, other] = /^([^.]+)\.([^.]+)\.svc\./.exec(textAt(service, 'spec', 'externalName') ?? '') ?? [];
	return leaning(service, [
		...index.byMap(namespace, valueAt(service, 'spec', 'selector')).map((each): Leaning => [refOf(each), 'sends requests to its pods']),
		...(name === undefined || other === undefined ? [] : [[refTo(survey, 'Service', other, name), 'stands for it'] as const]),
	]);
}

const defaultOf = (kind: string, annotation: string, survey: Survey) =>
	survey.all(kind).find(({metadata}) => metadata.annotations?.[annotation] === 'true');

function ingressEdges(ingress: KubeObject, survey: Survey): readonly Edge[] {
	const {namespace, annotations} = ingress.metadata;
	const paths = listAt(ingress, 'spec', 'rules').flatMap(rule => listAt(rule, 'http', 'paths'));
	const backends = [valueAt(ingress, 'spec', 'defaultBackend'), ...paths.map(path => valueAt(path, 'backend'))];
	const services = backends.flatMap(backend => textAt(backend, 'service', 'name') ?? []);
	const secrets = listAt(ingress, 'spec', 'tls').flatMap(each => textAt(each, 'secretName') ?? []);
	const named = textAt(ingress, 'spec', 'ingressClassName') ?? annotations?.['kubernetes.io/ingress.class'];
	const chosen = named ?? defaultOf('IngressClass', 'ingressclass.kubernetes.io/is-default-class', survey)?.metadata.name;
	return leaning(ingress, [
		...new Map([
			...services.map((name): [string, Leaning] => [`Service ${name}`, [refTo(survey, 'Service', namespace, name), sends]]),
			...secrets.map((name): [string, Leaning] => [`Secret ${name}`, [refTo(survey, 'Secret', namespace, name), certificate]]),
		]).values(),
		...(chosen === undefined ? [] : [[refTo(survey, 'IngressClass', undefined, chosen), 'is served by it'] as const]),
	]);
}

/** A reference of the Gateway API: its kind, and its namespace where it is another one. */
const gatewayRef = (reference: Json, kind: string, {metadata}: KubeObject, survey: Survey): Ref =>
	refTo(survey, textAt(reference, 'kind') ?? kind, textAt(reference, 'namespace') ?? metadata.namespace, textAt(reference, 'name') ?? '');

const routeEdges = (route: KubeObject, survey: Survey): readonly Edge[] =>
	leaning(route, [
		...listAt(route, 'spec', 'rules')
			.flatMap(rule => listAt(rule, 'backendRefs'))
			.map((each): Leaning => [gatewayRef(each, 'Service', route, survey), sends]),
		...listAt(route, 'spec', 'parentRefs').map((each): Leaning => [gatewayRef(each, 'Gateway', route, survey), 'is served by it']),
	]);

function gatewayEdges(gateway: KubeObject, survey: Survey): readonly Edge[] {
	const name = textAt(gateway, 'spec', 'gatewayClassName');
	return leaning(gateway, [
		...(name === undefined ? [] : [[refTo(survey, 'GatewayClass', undefined, name), 'is served by it'] as const]),
		...listAt(gateway, 'spec', 'listeners')
			.flatMap(listener => listAt(listener, 'tls', 'certificateRefs'))
			.map((each): Leaning => [gatewayRef(each, 'Secret', gateway, survey), certificate]),
	]);
}

/** What selects pods, seen from whom it selects. */
const limiting = (kind: string, field: string, how: string, index: LabelIndex, survey: Survey): EdgeFamily => ({
	into: [kind],
	edges: () =>
		survey
			.all(kind)
			.flatMap(each =>
				index
					.bySelector(each.metadata.namespace ?? '', valueAt(each, 'spec', field))
					.map((workload): Edge => ({from: refOf(workload), to: refOf(each), how})),
			),
});

/** How requests come to pods, and what stands in their way. */
export function trafficEdges(survey: Survey): readonly EdgeFamily[] {
	const index = labelIndexOf(survey);
	return [
		{into: ['Service', ...workloadKinds], edges: () => survey.all('Service').flatMap(service => serviceEdges(service, index, survey))},
		{edges: () => survey.all('Ingress').flatMap(ingress => ingressEdges(ingress, survey))},
		{edges: () => survey.all('HTTPRoute').flatMap(route => routeEdges(route, survey))},
		{edges: () => survey.all('Gateway').flatMap(gateway => gatewayEdges(gateway, survey))},
		limiting('NetworkPolicy', 'podSelector', 'has its traffic limited by it', index, survey),
		limiting('PodDisruptionBudget', 'selector', 'has its evictions limited by it', index, survey),
	];
}
