import {listAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {podSpecOf, templatePath} from '../../../../core/kube/pod-spec.ts';
import {fitsSelector} from '../../../../core/kube/selector.ts';
import {sharesOf} from '../../../coherence/autoscaler-check.ts';
import {caseOf} from '../../../diagnosis/case.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {templateBefore} from '../../../diagnosis/earlier-revision.ts';
import {labelText} from '../../../diagnosis/label-text.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {type Exchange, exchange} from '../../../diagnosis/patch-remedy.ts';
import type {Survey} from '../../survey.ts';
import {startingWorkloads} from '../standing.ts';

type Share = ReturnType<typeof sharesOf>[number];

/** A pod of which an autoscaler cannot tell the share: a container without a request, or without the container that is measured. */
function lackOf(stranger: KubeObject, {resource, container}: Share): string | undefined {
	const containers = listAt(podSpecOf(stranger), 'containers');
	const meant = containers.filter(each => container === undefined || textAt(each, 'name') === container);
	if (meant.length === 0 && containers.length > 0) return `has no container ${container}`;
	const bare = meant.find(each => ['requests', 'limits'].every(field => valueAt(each, 'resources', field, resource) === undefined));
	return bare === undefined ? undefined : `container ${textAt(bare, 'name')} makes no ${resource} request`;
}

const labelsPlace = (workload: KubeObject) => [...(templatePath(workload) ?? []), 'metadata', 'labels'];

type Way = {readonly exchanges: readonly Exchange[]; readonly sure: boolean; readonly field: string};

/** The labels that the selector asks for, as the pods had them before, or else as their own name: not those by which their own workload knows them. */
function relabelled(stranger: KubeObject, selector: KubeObject, survey: Survey): Way | undefined {
	const place = labelsPlace(stranger);
	const labels = objectAt(stranger, ...place);
	const before = templateBefore(caseOf(stranger, survey.scene(stranger.metadata.namespace ?? '')));
	const former = objectAt(before, 'metadata', 'labels');
	const wanted = valueAt(selector, 'spec', 'selector');
	const isNew = before !== undefined && !fitsSelector(wanted, former);
	const free = Object.keys(objectAt(wanted, 'matchLabels')).filter(
		key => objectAt(stranger, 'spec', 'selector', 'matchLabels')[key] === undefined,
	);
	const keys = isNew ? Object.keys(labels).filter(key => labels[key] !== former[key]) : free.slice(0, 1);
	const exchanges = keys.map(key => ({path: [...place, key], from: labels[key], to: isNew ? former[key] : stranger.metadata.name}));
	return exchanges.length === 0 ? undefined : {exchanges, sure: isNew, field: [...place, keys[0] ?? ''].join('.')};
}

const remedyOf = (stranger: KubeObject, scaler: KubeObject, {exchanges, sure}: Way): Remedy => {
	const to = labelText(Object.fromEntries(exchanges.map(({path, to: value}) => [String(path.at(-1)), value ?? ''])));
	const [who, name] = [refText(refOf(stranger)), refText(refOf(scaler))];
	return exchange(stranger, exchanges, {
		side: 'workload',
		sure,
		text: {
			en: `Give the pods of ${who} ${sure ? 'their labels back' : 'a label of their own'} (${to}), so that ${name} counts them no longer`,
			ko: `${who}의 파드 레이블을 ${to}(으)로 바꿔 ${name}가 세지 않게 합니다`,
		},
	});
};

/**
 * An autoscaler measures every pod that fits the selector of its target, whoever made it: a single one of which no share can be told keeps it from scaling.
 * @see calculatePodRequests in kubernetes pkg/controller/podautoscaler/replica_calculator.go
 */
export function strangerPods(scaler: KubeObject, workload: KubeObject, survey: Survey): readonly Cause[] {
	const selector = valueAt(workload, 'spec', 'selector');
	const shares = sharesOf(scaler);
	if (shares.length === 0) return [];
	return startingWorkloads(survey, scaler.metadata.namespace)
		.filter(other => other !== workload && fitsSelector(selector, objectAt(other, ...labelsPlace(other))))
		.flatMap((stranger): readonly Cause[] => {
			const lack = shares.flatMap(share => lackOf(stranger, share) ?? [])[0];
			if (lack === undefined) return [];
			const way = relabelled(stranger, workload, survey);
			const [name, who, target] = [scaler, stranger, workload].map(each => refText(refOf(each)));
			return [
				{
					id: 'autoscaler-counts-strangers',
					resource: refOf(stranger),
					path: way?.field ?? labelsPlace(stranger).join('.'),
					hurts: [refOf(scaler), refOf(workload)],
					cause: {
						en: `The pods of ${who} fit the selector of ${target}, so ${name} measures them too, and of them it cannot tell: ${lack}`,
						ko: `${who}의 파드가 ${target}의 셀렉터에 맞아 ${name}가 함께 재는데 사용률을 계산할 수 없습니다: ${lack}`,
					},
					evidence: [
						{source: who ?? '', detail: `pod labels ${labelText(objectAt(stranger, ...labelsPlace(stranger)))}; ${lack}`},
						{source: target ?? '', detail: `spec.selector ${JSON.stringify(selector)}`},
						...changeEvidence(stranger, labelsPlace(stranger)),
					],
					remedies: way === undefined ? [] : [remedyOf(stranger, scaler, way)],
				},
			];
		});
}
