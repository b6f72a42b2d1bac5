import type {Json} from '../../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import {fitsSelector} from '../../../../core/kube/selector.ts';
import {declaredPorts} from '../../../coherence/workload-set.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {labelText} from '../../../diagnosis/label-text.ts';
import {changeEvidence, isChangedSinceMade} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {meantName} from '../../../diagnosis/reference-causes.ts';
import {policyPortFits} from '../../../network/policy-match.ts';
import {routingOf, templateLabels} from '../../routing.ts';
import type {Survey} from '../../survey.ts';

/** The one label of a selector that nearly is one of these objects': the same key, and a value that somebody mistyped. */
function meantLabel(selector: Json | undefined, labels: readonly (Json | undefined)[]) {
	const wrong = Object.entries(objectAt(selector, 'matchLabels')).filter(
		([key, value]) => !labels.some(each => textAt(each, key) === value),
	);
	const [only, ...others] = wrong;
	if (only === undefined || others.length > 0 || typeof only[1] !== 'string') return undefined;
	const [key, value] = only;
	const to = meantName(value, [...new Set(labels.flatMap(each => textAt(each, key) ?? []))]);
	return to === undefined ? undefined : {key, from: value, to};
}

type Selecting = {
	readonly policy: KubeObject;
	readonly selector: Json;
	readonly place: readonly (string | number)[];
	readonly path: string;
};

function selectorCause(
	{policy, selector, place, path}: Selecting,
	labels: readonly (Json | undefined)[],
	id: 'policy-selects-no-pod' | 'policy-peer-not-there',
	what: string,
): Cause {
	const meant = meantLabel(selector, labels);
	const name = refText(refOf(policy));
	const said = labelText(objectAt(selector, 'matchLabels')) || 'its expressions';
	return {
		id,
		resource: refOf(policy),
		path,
		// That nobody is there yet may be meant; a slip of the pen, or a change, is not.
		severity: meant === undefined ? 'low' : isChangedSinceMade(policy) ? 'high' : 'medium',
		cause: {
			en: `${name} names ${what} with ${said}, and there is none${meant === undefined ? '' : ` (there is ${meant.key}=${meant.to})`}`,
			ko: `${name}가 지정한 ${said}에 맞는 것이 없습니다${meant === undefined ? '' : ` (있는 것: ${meant.key}=${meant.to})`}`,
		},
		evidence: [{source: name, detail: `${path} ${said}`}, ...changeEvidence(policy)],
		remedies:
			meant === undefined
				? []
				: [
						exchange(policy, [{path: [...place, 'matchLabels', meant.key], from: meant.from, to: meant.to}], {
							side: 'policy',
							sure: true,
							text: {en: `Make ${name} name ${meant.key}=${meant.to}`, ko: `${name}가 ${meant.key}=${meant.to}을(를) 지정하게 합니다`},
						}),
					],
	};
}

const isSome = (selector: Json | undefined): selector is Json => Object.keys(objectAt({selector}, 'selector')).length > 0;

/** Peers of a policy by namespace and by pod that nobody is. */
function peersOf(policy: KubeObject, survey: Survey): readonly Cause[] {
	const own = policy.metadata.namespace ?? '';
	const namespaces = survey.all('Namespace');
	return (['ingress', 'egress'] as const).flatMap(direction =>
		listAt(policy, 'spec', direction).flatMap((rule, index) => {
			const field = direction === 'ingress' ? 'from' : 'to';
			return listAt(rule, field).flatMap((peer, number): readonly Cause[] => {
				const [pods, spaces] = [valueAt(peer, 'podSelector'), valueAt(peer, 'namespaceSelector')];
				const [at, place] = [`spec.${direction}[${index}].${field}[${number}]`, ['spec', direction, index, field, number]];
				if (isSome(spaces) && survey.isRead('Namespace') && !namespaces.some(({metadata}) => fitsSelector(spaces, metadata.labels))) {
					const labels = namespaces.map(({metadata}): Json => ({'kubernetes.io/metadata.name': metadata.name, ...metadata.labels}));
					return [
						selectorCause(
							{policy, selector: spaces, place: [...place, 'namespaceSelector'], path: `${at}.namespaceSelector`},
							labels,
							'policy-peer-not-there',
							'a namespace',
						),
					];
				}
				const labels = survey.workloads(own).map(templateLabels);
				if (spaces !== undefined || !isSome(pods) || labels.some(each => fitsSelector(pods, each))) return [];
				return [
					selectorCause(
						{policy, selector: pods, place: [...place, 'podSelector'], path: `${at}.podSelector`},
						labels,
						'policy-peer-not-there',
						'pods',
					),
				];
			});
		}),
	);
}

/** Ports that a policy opens on its own pods and that none of them has: the port of a Service, or a name from before. */
function portsOf(policy: KubeObject, workloads: readonly KubeObject[], survey: Survey): readonly Cause[] {
	const declared = workloads.flatMap(workload => declaredPorts(podSpecOf(workload)));
	const services = workloads
		.flatMap(workload => routingOf(survey).servicesOf(workload))
		.flatMap(service => listAt(service, 'spec', 'ports'));
	if (workloads.length === 0 || workloads.some(workload => declaredPorts(podSpecOf(workload)).length === 0)) return [];
	return listAt(policy, 'spec', 'ingress').flatMap((rule, index) => {
		const listed = listAt(rule, 'ports');
		if (listed.length === 0 || listed.some(each => declared.some(port => policyPortFits(each, port)))) return [];
		const service = services.find(each => listed.some(port => valueAt(port, 'port') === valueAt(each, 'port')));
		const isNamed = listed.some(each => typeof valueAt(each, 'port') === 'string');
		// A number that no container lists may be open all the same.
		if (service === undefined && !isNamed) return [];
		const asked = valueAt(service, 'targetPort') ?? valueAt(service, 'port');
		const meant =
			declared.find(({name, number}) => name === asked || number === asked) ?? (declared.length === 1 ? declared[0] : undefined);
		const name = refText(refOf(policy));
		const open = listed.map(each => String(valueAt(each, 'port'))).join(', ');
		const have = declared.map(({name: portName, number}) => (portName === '' ? String(number) : `${number} (${portName})`)).join(', ');
		return [
			{
				id: 'policy-port-not-there' as const,
				resource: refOf(policy),
				path: `spec.ingress[${index}].ports`,
				hurts: workloads.map(refOf),
				cause: {
					en: `${name} opens port ${open} of ${workloads.map(each => refText(refOf(each))).join(', ')}, whose containers listen on ${have}`,
					ko: `${name}가 ${open} 포트를 여는데 그 파드의 컨테이너는 ${have}에서 듣습니다`,
				},
				evidence: [{source: name, detail: `spec.ingress[${index}].ports ${open}`}, ...changeEvidence(policy)],
				remedies:
					meant === undefined
						? []
						: [
								exchange(
									policy,
									[
										{
											path: ['spec', 'ingress', index, 'ports'],
											from: listed,
											to: [{protocol: meant.protocol ?? 'TCP', port: meant.number}],
										},
									],
									{
										side: 'policy',
										sure: true,
										text: {en: `Make ${name} open port ${meant.number}`, ko: `${name}가 ${meant.number} 포트를 열게 합니다`},
									},
								),
							],
			},
		];
	});
}

function faultsOf(policy: KubeObject, survey: Survey): readonly Cause[] {
	const namespace = policy.metadata.namespace ?? '';
	if (!['Deployment', 'StatefulSet', 'DaemonSet'].every(kind => survey.isRead(kind, namespace))) return [];
	const selector = valueAt(policy, 'spec', 'podSelector') ?? {};
	const all = survey.workloads(namespace);
	const own = all.filter(workload => fitsSelector(selector, templateLabels(workload) ?? {}));
	const idle =
		isSome(selector) && own.length === 0 && !survey.all('Pod', namespace).some(({metadata}) => fitsSelector(selector, metadata.labels))
			? [
					selectorCause(
						{policy, selector, place: ['spec', 'podSelector'], path: 'spec.podSelector'},
						all.map(templateLabels),
						'policy-selects-no-pod',
						'pods',
					),
				]
			: [];
	return [...idle, ...peersOf(policy, survey), ...portsOf(policy, own, survey)];
}

/** Policies that name pods, namespaces and ports which are not there. */
export const idlePolicies = (survey: Survey): readonly Cause[] => survey.all('NetworkPolicy').flatMap(policy => faultsOf(policy, survey));
