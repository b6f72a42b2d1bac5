import {wantedReplicas} from '../../../../core/consequences/rollout.ts';
import {listAt, objectAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import {isReady} from '../../../diagnosis/case.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {labelText} from '../../../diagnosis/label-text.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {routingOf} from '../../routing.ts';
import type {Survey} from '../../survey.ts';
import {narrowed} from '../service/narrowed.ts';

const revisionAnnotation = 'deployment.kubernetes.io/revision';

/** Whether a Deployment made it: its controller marks each with a hash and a revision, which nobody writes by hand. */
const wasOfDeployment = ({metadata}: KubeObject) =>
	metadata.labels?.['pod-template-hash'] !== undefined || metadata.annotations?.[revisionAnnotation] !== undefined;

const imagesOf = (workload: KubeObject) => listAt(podSpecOf(workload), 'containers').map(each => textAt(each, 'image') ?? '');

/** Whether all pods of who is to serve alone are there, and enough to take over what the left ones serve. */
const servesAlone = (serving: KubeObject, set: KubeObject, survey: Survey) =>
	survey.podsOf(serving).filter(isReady).length >= Math.max(wantedReplicas(serving), wantedReplicas(set));

/** A ReplicaSet whose Deployment is gone keeps pods of an old version behind a Service that another workload serves: no release ends that. */
export function outlivedRevisions(survey: Survey): readonly Cause[] {
	const {servicesOf, behind} = routingOf(survey);
	return survey
		.workloads()
		.filter(each => each.kind === 'ReplicaSet' && wasOfDeployment(each) && wantedReplicas(each) > 0)
		.flatMap(set =>
			servicesOf(set).flatMap((service): readonly Cause[] => {
				const [serving, ...others] = behind(service).filter(
					each => ['Deployment', 'StatefulSet', 'DaemonSet'].includes(each.kind) && wantedReplicas(each) > 0,
				);
				if (serving === undefined || others.length > 0) return [];
				const [name, who, owner] = [set, service, serving].map(each => refText(refOf(each)));
				return [
					{
						id: 'revision-outlives-owner',
						resource: refOf(set),
						path: 'metadata.ownerReferences',
						hurts: [refOf(service), refOf(serving)],
						cause: {
							en: `${name} was made by a Deployment that is gone, and its pods (${imagesOf(set).join(', ')}) still get a part of the requests to ${who} beside those of ${owner} (${imagesOf(serving).join(', ')}): no release will end that`,
							ko: `${name}를 만든 Deployment는 없어졌는데 그 파드(${imagesOf(set).join(', ')})가 ${owner}와 함께 ${who}의 요청 일부를 계속 받습니다`,
						},
						evidence: [
							{source: name ?? '', detail: `no owner, revision ${set.metadata.annotations?.[revisionAnnotation] ?? 'unknown'}`},
							{source: who ?? '', detail: `spec.selector ${labelText(objectAt(service, 'spec', 'selector'))}`},
							...changeEvidence(set),
						],
						remedies: narrowed(service, {to: [serving], from: [set]}, servesAlone(serving, set, survey)),
					},
				];
			}),
		);
}
