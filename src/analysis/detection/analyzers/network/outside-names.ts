import type {JsonObject} from '../../../../core/json.ts';
import {listAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {refKey, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {fitsSelector} from '../../../../core/kube/selector.ts';
import {speakingOf} from '../../../coherence/policy-rules.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {changedLast, changeEvidence} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {privateNetworks} from '../../../network/ipv4.ts';
import {clusterNameOf} from '../../mentions/cluster-name.ts';
import {type Mention, mentionsIn} from '../../mentions/mentions.ts';
import {templateLabels} from '../../routing.ts';
import type {Survey} from '../../survey.ts';
import {hasOtherPolicies, isForPort} from './outside.ts';

/** What is no host of the world: addresses of one link are those of the node and its cloud. */
const ownNetworks = [...privateNetworks, '169.254.0.0/16'];

/**
 * A Service that stands for a host of the world: its address nobody can tell, but rules that name no block of addresses let nobody out of the cluster.
 */
function keptFrom(mention: Mention, survey: Survey): readonly Cause[] {
	const {workload, port} = mention;
	const {namespace = ''} = workload.metadata;
	const service = survey.find('Service', mention.namespace, mention.service);
	const host = textAt(service, 'spec', 'externalName') ?? '';
	const isWorlds = host.includes('.') && clusterNameOf(host, namespace, survey)?.isFull !== true;
	if (service === undefined || !isWorlds || port === undefined || !survey.isRead('NetworkPolicy', namespace)) return [];
	const policies = speakingOf(survey.all('NetworkPolicy', namespace), 'egress').filter(policy =>
		fitsSelector(valueAt(policy, 'spec', 'podSelector') ?? {}, templateLabels(workload) ?? {}),
	);
	const rules = policies.flatMap(policy => listAt(policy, 'spec', 'egress')).filter(rule => isForPort(rule, {port, protocol: 'TCP'}));
	const mayPass = rules.some(
		rule => listAt(rule, 'to').length === 0 || listAt(rule, 'to').some(peer => valueAt(peer, 'ipBlock') !== undefined),
	);
	const policy = changedLast(policies) ?? policies.find(each => listAt(each, 'spec', 'egress').length > 0) ?? policies[0];
	if (policy === undefined || mayPass) return [];
	const [name, who, what] = [refText(refOf(policy)), refText(refOf(workload)), refText(refOf(service))];
	const rule: JsonObject = {to: [{ipBlock: {cidr: '0.0.0.0/0', except: ownNetworks}}], ports: [{protocol: 'TCP', port}]};
	return [
		{
			id: 'policy-keeps-in',
			resource: refOf(policy),
			path: `spec.egress[${service.metadata.name}:${port}]`,
			hurts: [refOf(workload)],
			cause: {
				en: `${name} lets ${who} out of the cluster at port ${port} nowhere, and ${what}, which it is told to ask, stands for ${host}`,
				ko: `${name}가 ${who}를 클러스터 밖 ${port} 포트로 내보내지 않는데 ${what}는 ${host}를 가리킵니다`,
			},
			evidence: [
				{source: refText(refOf(mention.holder)), detail: `${mention.path} names ${mention.host}`},
				{source: what, detail: `spec.externalName ${host}`},
				...changeEvidence(policy),
			],
			remedies: [
				exchange(
					policy,
					[{path: ['spec', 'egress'], from: valueAt(policy, 'spec', 'egress'), to: [...listAt(policy, 'spec', 'egress'), rule]}],
					{
						side: 'policy',
						// Which addresses the host has only its owner knows: this is more than those.
						sure: false,
						text: {
							en: `Let out to the world at port ${port} by ${name}: whoever knows the addresses of ${host} may name them instead`,
							ko: `${name}가 클러스터 밖 ${port} 포트를 허용하게 합니다: ${host}의 주소를 안다면 그것만 쓰는 것이 좋습니다`,
						},
					},
				),
			],
		},
	];
}

/** Hosts of the world that a workload is told of by a Service, and that no policy lets it reach. */
export const outsideNames = (survey: Survey): readonly Cause[] => [
	...new Map(
		(hasOtherPolicies(survey) ? [] : mentionsIn(survey))
			.flatMap(mention => keptFrom(mention, survey))
			.map(cause => [`${refKey(cause.resource)} ${cause.path}`, cause]),
	).values(),
];
