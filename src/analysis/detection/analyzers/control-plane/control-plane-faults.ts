import {listAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {oneLine} from '../../../../core/text/one-line.ts';
import {removalOf} from '../../../api-lifecycle/removed-apis.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import type {Analyzer} from '../../analyzer.ts';
import type {Survey} from '../../survey.ts';
import {askingCauses} from '../client-service.ts';

const conditionOf = (object: KubeObject, type: string) =>
	listAt(object, 'status', 'conditions').find(each => textAt(each, 'type') === type);

/** An aggregated API that does not answer: its kinds are gone meanwhile, and namespaces do not end. */
function apiCauses(api: KubeObject, survey: Survey): readonly Cause[] {
	const service = valueAt(api, 'spec', 'service');
	const said = conditionOf(api, 'Available');
	const isDown = textAt(said, 'status') === 'False';
	if (service === undefined || service === null) return [];
	const found = askingCauses(
		{
			object: api,
			place: ['spec', 'service'],
			service,
			what: {en: `The API ${api.metadata.name}`, ko: `API ${api.metadata.name}`},
			severity: 'high',
			ids: {service: 'api-service-not-there', port: 'api-port-not-there', served: 'api-not-served', stopped: 'api-stopped'},
			otherwise: [],
		},
		survey,
	);
	if (found.length > 0 || !isDown) return found;
	const name = refText(refOf(api));
	return [
		{
			id: 'api-not-available',
			resource: refOf(api),
			path: 'status.conditions[Available]',
			cause: {
				en: `${name} is not available: ${oneLine(textAt(said, 'message') ?? '')}`,
				ko: `${name}을(를) 쓸 수 없습니다: ${oneLine(textAt(said, 'message') ?? '')}`,
			},
			evidence: [{source: name, detail: `Available is False: ${textAt(said, 'reason') ?? ''}`}],
			remedies: [],
		},
	];
}

function conversionCauses(crd: KubeObject, survey: Survey): readonly Cause[] {
	const service = valueAt(crd, 'spec', 'conversion', 'webhook', 'clientConfig', 'service');
	const bad = ['NamesAccepted', 'Established'].map(type => conditionOf(crd, type)).find(each => textAt(each, 'status') === 'False');
	const name = refText(refOf(crd));
	const converting =
		service === undefined || textAt(crd, 'spec', 'conversion', 'strategy') !== 'Webhook'
			? []
			: askingCauses(
					{
						object: crd,
						place: ['spec', 'conversion', 'webhook', 'clientConfig', 'service'],
						service,
						what: {en: `The conversion between versions of ${name}`, ko: `${name}의 버전 변환`},
						severity: listAt(crd, 'spec', 'versions').length > 1 ? 'high' : 'low',
						ids: {
							service: 'conversion-service-not-there',
							port: 'conversion-port-not-there',
							served: 'conversion-not-served',
							stopped: 'conversion-stopped',
						},
						otherwise: [],
					},
					survey,
				);
	if (bad === undefined) return converting;
	return [
		...converting,
		{
			id: 'kind-not-established',
			resource: refOf(crd),
			path: 'spec.names',
			cause: {
				en: `${name} is not served: ${oneLine(textAt(bad, 'message') ?? '')}`,
				ko: `${name}이(가) 제공되지 않습니다: ${oneLine(textAt(bad, 'message') ?? '')}`,
			},
			evidence: [{source: name, detail: `${textAt(bad, 'type')} is False: ${textAt(bad, 'reason') ?? ''}`}],
			remedies: [],
		},
	];
}

/** Who still writes an object in a version that is gone or going: the tool behind it fails after the next upgrade. */
function versionCauses(object: KubeObject): readonly Cause[] {
	const writers = listAt(object, 'metadata', 'managedFields').flatMap(each => {
		const version = textAt(each, 'apiVersion');
		const removal = version === undefined ? undefined : removalOf(version, object.kind);
		return removal === undefined ? [] : [{by: textAt(each, 'manager') ?? '', version, removal}];
	});
	const [first] = writers;
	if (first === undefined) return [];
	const name = refText(refOf(object));
	return [
		{
			id: 'api-version-gone',
			resource: refOf(object),
			path: 'apiVersion',
			cause: {
				en: `${first.by} wrote ${name} in ${first.version}, which Kubernetes 1.${first.removal.minor} took away: ${first.removal.use} took its place`,
				ko: `${first.by}이(가) ${name}을(를) Kubernetes 1.${first.removal.minor}에서 없어진 ${first.version}으로 썼습니다: ${first.removal.use}을(를) 써야 합니다`,
			},
			evidence: [{source: name, detail: `managed by ${first.by} in ${first.version}`}],
			remedies: [],
		},
	];
}

const versioned = ['Deployment', 'Ingress', 'CronJob', 'HorizontalPodAutoscaler', 'PodDisruptionBudget'] as const;

/** What the control plane leans on. */
export const controlPlaneFaults: Analyzer = survey => [
	...survey.all('APIService').flatMap(api => apiCauses(api, survey)),
	...survey.all('CustomResourceDefinition').flatMap(crd => conversionCauses(crd, survey)),
	...versioned.flatMap(kind => survey.all(kind).flatMap(versionCauses)),
];
