import {objectAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {templatePath} from '../../../../core/kube/pod-spec.ts';
import {fitsMap} from '../../../../core/kube/selector.ts';
import {nearestNames} from '../../../../core/text/nearest-names.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {podSpecPlace} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {backRemedy, changeEvidence, changesAt} from '../../../diagnosis/template-change.ts';
import type {Survey} from '../../survey.ts';
import {type Subject, subjectsOf} from '../subject.ts';

/** Headless Services that choose the pods of a workload: under their names single pods are known. */
function headlessOf(workload: KubeObject, survey: Survey): readonly string[] {
	const labels = objectAt(workload, ...(templatePath(workload) ?? []), 'metadata', 'labels');
	return survey
		.all('Service', workload.metadata.namespace)
		.filter(service => {
			const selector = objectAt(service, 'spec', 'selector');
			return textAt(service, 'spec', 'clusterIP') === 'None' && Object.keys(selector).length > 0 && fitsMap(selector, labels);
		})
		.map(({metadata}) => metadata.name);
}

function causesOf({survey, workload, podSpec, given, change, gravity}: Subject): readonly Cause[] {
	const subdomain = textAt(podSpec, 'subdomain');
	const {namespace} = workload.metadata;
	// A StatefulSet gives its pods the name of its Service, and that is told by it.
	if (subdomain === undefined || subdomain === '' || workload.kind === 'StatefulSet' || !survey.isRead('Service', namespace)) return [];
	if (survey.find('Service', namespace, subdomain) !== undefined) return [];
	const place = [...podSpecPlace(workload), 'subdomain'];
	const changed = changesAt(change(), place).filter(
		({to}) => typeof to === 'string' && survey.find('Service', namespace, to) !== undefined,
	);
	const headless = headlessOf(workload, survey);
	const meant = nearestNames(subdomain, headless)[0] ?? (headless.length === 1 ? headless[0] : undefined);
	// A name that no Service ever had harms nobody: what harms is one that was meant to be another.
	if (changed.length === 0 && meant === undefined) return [];
	const name = refText(refOf(workload));
	const host = `${textAt(podSpec, 'hostname') ?? 'HOSTNAME'}.${meant ?? String(changed[0]?.to)}`;
	return [
		{
			id: 'subdomain-not-there',
			resource: refOf(workload),
			path: fieldPath(workload, place),
			severity: gravity('medium'),
			cause: {
				en: `Pods of ${name} are known below Service ${subdomain}, which is not there: nobody finds ${host}`,
				ko: `${name}의 파드가 없는 서비스 ${subdomain} 아래 이름을 갖습니다: ${host}을(를) 아무도 찾지 못합니다`,
			},
			evidence: [{source: name, detail: `${fieldPath(workload, place)} ${subdomain}`}, ...changeEvidence(given(), change(), changed)],
			remedies:
				changed.length > 0 || meant === undefined
					? backRemedy(given(), change(), changed)
					: [
							exchange(workload, [{path: place, from: subdomain, to: meant}], {
								side: 'workload',
								sure: nearestNames(subdomain, [meant]).length > 0,
								text: {
									en: `Name the pods of ${name} below Service ${meant}`,
									ko: `${name}의 파드 이름을 서비스 ${meant} 아래에 둡니다`,
								},
							}),
						],
		},
	];
}

/** Pods that are to be known by a name of their own below a Service that is not there. */
export const subdomainFaults = (survey: Survey): readonly Cause[] => subjectsOf(survey).flatMap(causesOf);
