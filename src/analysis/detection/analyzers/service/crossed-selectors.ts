import {wantedReplicas} from '../../../../core/consequences/rollout.ts';
import {canonicalJson} from '../../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {labelText} from '../../../diagnosis/label-text.ts';
import {lastApplied} from '../../../diagnosis/last-applied.ts';
import {changeEvidence, isChangedLately} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {routingOf, templateLabels} from '../../routing.ts';
import type {Survey} from '../../survey.ts';

const serving = ['Deployment', 'StatefulSet', 'DaemonSet'];

/** A Service that leads to the pods of another Service, and not to those of its own name. */
type Astray = {readonly service: KubeObject; readonly own: KubeObject; readonly other: KubeObject};

function astray(service: KubeObject, survey: Survey): Astray | undefined {
	const {name, namespace} = service.metadata;
	const routing = routingOf(survey);
	const [other, ...others] = routing.behind(service);
	const own = survey.workloads(namespace).find(each => serving.includes(each.kind) && each.metadata.name === name);
	// Who is scaled to nothing may be stood in for.
	// Whoever delivers step by step (Flagger, Argo Rollouts) leads a Service of its own from one version to the next.
	if (listAt(service, 'metadata', 'ownerReferences').length > 0) return undefined;
	if (own === undefined || other === undefined || others.length > 0 || other === own || wantedReplicas(own) === 0) return undefined;
	const hasOwn = survey.find('Service', namespace, other.metadata.name) !== undefined;
	return hasOwn && routing.servicesOf(own).every(each => each.metadata.name !== name) ? {service, own, other} : undefined;
}

function causeOf({service, own, other}: Astray): readonly Cause[] {
	const selector = objectAt(service, 'spec', 'selector');
	const labels = templateLabels(own);
	const keys = Object.keys(selector);
	const to = Object.fromEntries(keys.flatMap(key => (textAt(labels, key) === undefined ? [] : [[key, textAt(labels, key) ?? '']])));
	if (Object.keys(to).length < keys.length) return [];
	const [name, meant, stranger] = [service, own, other].map(each => refText(refOf(each)));
	return [
		{
			id: 'selector-of-another',
			resource: refOf(service),
			path: 'spec.selector',
			hurts: [refOf(own)],
			cause: {
				en: `${name} leads to the pods of ${stranger} (${labelText(selector)}), which has a Service of its own, and nothing of that name leads to ${meant}`,
				ko: `${name}가 자기 서비스가 따로 있는 ${stranger}의 파드(${labelText(selector)})로 보내고, ${meant}로는 보내지 않습니다`,
			},
			evidence: [
				{source: name ?? '', detail: `spec.selector ${labelText(selector)}`},
				{source: meant ?? '', detail: `pod labels ${labelText(objectAt({labels}, 'labels'))}`},
				...changeEvidence(service),
			],
			remedies: [
				exchange(service, [{path: ['spec', 'selector'], from: selector, to}], {
					side: 'service',
					// Traffic may have been led over to the next version, or a standby made the primary: what was applied tells what is meant.
					sure: canonicalJson(valueAt(lastApplied(service), 'spec', 'selector') ?? null) === canonicalJson(to),
					text: {en: `Make ${name} select ${labelText(to)}`, ko: `${name}가 ${labelText(to)}을(를) 선택하게 합니다`},
				}),
			],
		},
	];
}

/** Services that lead to the pods of each other, or to those of another since they were changed. */
export function crossedSelectors(survey: Survey): readonly Cause[] {
	const all = survey.namespaces.flatMap(namespace => survey.all('Service', namespace)).flatMap(service => astray(service, survey) ?? []);
	const isCrossed = ({own, other}: Astray) => all.some(each => each.own === other && each.other === own);
	return all.filter(each => isCrossed(each) || isChangedLately(each.service, survey.nowMs)).flatMap(causeOf);
}
