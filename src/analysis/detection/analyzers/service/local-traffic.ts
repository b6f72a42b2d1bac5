import {textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {isReady} from '../../../diagnosis/case.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {changeEvidence, isChangedLately} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {mentionsIn} from '../../mentions/mentions.ts';
import {routingOf} from '../../routing.ts';
import type {Survey} from '../../survey.ts';

const nodesOf = (pods: readonly KubeObject[]) => new Set(pods.filter(isReady).flatMap(pod => textAt(pod, 'spec', 'nodeName') ?? []));

/**
 * Requests of pods do not leave their node under this policy: where no pod of the Service runs, nobody answers.
 * @see https://kubernetes.io/docs/concepts/services-networking/service-traffic-policy/
 */
function localCause(service: KubeObject, survey: Survey): readonly Cause[] {
	const {name, namespace} = service.metadata;
	const routing = routingOf(survey);
	// On each node there is one of a DaemonSet, or is to be.
	if (!survey.isRead('Pod', namespace) || routing.behind(service).some(({kind}) => kind === 'DaemonSet')) return [];
	const served = nodesOf(routing.podsBehind(service));
	const clients = [
		...new Set(mentionsIn(survey).flatMap(each => (each.service === name && each.namespace === namespace ? [each.workload] : []))),
	];
	const cut = clients
		.map(client => ({client, nodes: [...nodesOf(survey.podsOf(client))].filter(node => !served.has(node))}))
		.filter(({nodes}) => nodes.length > 0);
	const [first] = cut;
	if (served.size === 0 || first === undefined) return [];
	const what = refText(refOf(service));
	return [
		{
			id: 'local-traffic-unserved',
			resource: refOf(service),
			path: 'spec.internalTrafficPolicy',
			hurts: cut.map(({client}) => refOf(client)),
			cause: {
				en: `${what} keeps requests on their node (internalTrafficPolicy Local), and its pods run on ${[...served].join(', ')}: ${refText(refOf(first.client))} on ${first.nodes.join(', ')} is not answered`,
				ko: `${what}는 요청을 같은 노드 안에서만 보내는데(internalTrafficPolicy: Local) 파드는 ${[...served].join(', ')}에만 있습니다: ${first.nodes.join(', ')}의 ${refText(refOf(first.client))}는 응답을 받지 못합니다`,
			},
			evidence: [
				{source: what, detail: 'spec.internalTrafficPolicy Local'},
				...cut
					.slice(0, 3)
					.map(({client, nodes}) => ({source: refText(refOf(client)), detail: `is told of it, and runs on ${nodes.join(', ')}`})),
				...changeEvidence(service),
			],
			remedies: [
				exchange(service, [{path: ['spec', 'internalTrafficPolicy'], from: 'Local', to: 'Cluster'}], {
					side: 'service',
					sure: isChangedLately(service, survey.nowMs),
					text: {
						en: `Let ${what} answer requests of all nodes (internalTrafficPolicy Cluster)`,
						ko: `${what}가 모든 노드의 요청을 받게 합니다(internalTrafficPolicy: Cluster)`,
					},
				}),
			],
		},
	];
}

/** Services that answer only on nodes where their pods run, and are asked on others. */
export const localTraffic = (survey: Survey): readonly Cause[] =>
	survey.namespaces
		.flatMap(namespace => survey.all('Service', namespace))
		.filter(service => textAt(service, 'spec', 'internalTrafficPolicy') === 'Local')
		.flatMap(service => localCause(service, survey));
