import {wantedReplicas} from '../../../../core/consequences/rollout.ts';
import {listAt, objectAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import {isReady} from '../../../diagnosis/case.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {labelText} from '../../../diagnosis/label-text.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {merge} from '../../../diagnosis/patch-remedy.ts';
import {routingOf, templateLabels} from '../../routing.ts';
import type {Survey} from '../../survey.ts';

const revisionAnnotation = 'deployment.kubernetes.io/revision';

/** Whether a Deployment made it: its controller marks each with a hash and a revision, which nobody writes by hand. */
const wasOfDeployment = ({metadata}: KubeObject) =>
	metadata.labels?.['pod-template-hash'] !== undefined || metadata.annotations?.[revisionAnnotation] !== undefined;

const imagesOf = (workload: KubeObject) => listAt(podSpecOf(workload), 'containers').map(each => textAt(each, 'image') ?? '');

/** The Service selects by one label more of who is there to serve it: what was left behind has not got it. */
function narrower(service: KubeObject, set: KubeObject, serving: KubeObject, survey: Survey): readonly Remedy[] {
	const apart = Object.entries(objectAt(serving, 'spec', 'selector', 'matchLabels')).find(
		([key, value]) => textAt(templateLabels(set), key) !== value,
	);
	if (apart === undefined) return [];
	const more = {[apart[0]]: apart[1]};
	const pods = survey.podsOf(serving);
	const name = refText(refOf(service));
	return [
		merge(
			service,
			{spec: {selector: more}},
			{
				side: 'service',
				// As long as the others serve alone.
				sure: pods.length > 0 && pods.every(isReady),
				text: {
					en: `Make ${name} select ${labelText(more)}, too, so that ${refText(refOf(serving))} alone serves it`,
					ko: `${name}가 ${labelText(more)} 라벨도 고르게 해 ${refText(refOf(serving))}만 요청을 받게 합니다`,
				},
			},
		),
	];
}

/** A ReplicaSet whose Deployment is gone keeps pods of an old version behind a Service that another workload serves: no release ends that. */
export function outlivedRevisions(survey: Survey): readonly Cause[] {
	const {servicesOf, behind} = routingOf(survey);
	return survey
		.workloads()
		.filter(each => each.kind === 'ReplicaSet' && wasOfDeployment(each) && wantedReplicas(each) > 0)
		.flatMap(set =>
			servicesOf(set).flatMap((service): readonly Cause[] => {
				const [serving, ...others] = behind(service).filter(
					each => ['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout'].includes(each.kind) && wantedReplicas(each) > 0,
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
						remedies: narrower(service, set, serving, survey),
					},
				];
			}),
		);
}
