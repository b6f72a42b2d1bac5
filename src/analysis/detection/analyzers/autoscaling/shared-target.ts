import {textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {changedLast, writeText} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {meantName} from '../../../diagnosis/reference-causes.ts';
import type {Survey} from '../../survey.ts';

const targetOf = (scaler: KubeObject) =>
	`${textAt(scaler, 'spec', 'scaleTargetRef', 'kind')}/${textAt(scaler, 'spec', 'scaleTargetRef', 'name')}`;

/** The workload of the same kind that bears the autoscaler's own name and has none. */
function ownWorkload(scaler: KubeObject, survey: Survey): string | undefined {
	const kind = textAt(scaler, 'spec', 'scaleTargetRef', 'kind') ?? '';
	const {name, namespace} = scaler.metadata;
	const scaled = new Set(survey.all('HorizontalPodAutoscaler', namespace).map(targetOf));
	const free = survey.all(kind, namespace).flatMap(({metadata}) => (scaled.has(`${kind}/${metadata.name}`) ? [] : [metadata.name]));
	return meantName(name, free) ?? meantName(name.replace(/-?(?:hpa|autoscaler|scaler)$/, ''), free);
}

function remediesOf(scaler: KubeObject, isLast: boolean, survey: Survey): readonly Remedy[] {
	const name = refText(refOf(scaler));
	const own = ownWorkload(scaler, survey);
	if (own !== undefined)
		return [
			exchange(scaler, [{path: ['spec', 'scaleTargetRef', 'name'], from: textAt(scaler, 'spec', 'scaleTargetRef', 'name'), to: own}], {
				side: 'autoscaler',
				sure: true,
				text: {en: `Make ${name} scale ${own}`, ko: `${name}가 ${own}를 조절하게 합니다`},
			}),
		];
	return [
		{
			tool: 'resource_delete',
			input: {kind: 'HorizontalPodAutoscaler', name: scaler.metadata.name, namespace: scaler.metadata.namespace ?? 'default'},
			side: 'autoscaler',
			// The one that came to a workload which had one already is the one too many.
			sure: isLast,
			text: {en: `Delete ${name}, which came second`, ko: `나중에 생긴 ${name}를 삭제합니다`},
		},
	];
}

/** Autoscalers that scale one workload undo each other's work, and both say so (`AmbiguousSelector`). */
export function sharedTargets(survey: Survey, namespace: string): readonly Cause[] {
	const groups = [...Map.groupBy(survey.all('HorizontalPodAutoscaler', namespace), targetOf)];
	return groups.flatMap(([target, scalers]): readonly Cause[] => {
		const [first, second] = scalers;
		if (first === undefined || second === undefined) return [];
		const last = changedLast(scalers);
		const wrong = last ?? scalers.find(each => ownWorkload(each, survey) !== undefined) ?? second;
		const others = scalers.filter(each => each !== wrong);
		const names = others.map(each => refText(refOf(each))).join(', ');
		return [
			{
				id: 'autoscalers-share-target',
				resource: refOf(wrong),
				path: 'spec.scaleTargetRef.name',
				hurts: others.map(refOf),
				cause: {
					en: `${refText(refOf(wrong))} scales ${target}, which ${names} scales already: they undo each other's work`,
					ko: `${refText(refOf(wrong))}가 ${names}와 같은 ${target}를 조절해 서로의 작업을 되돌립니다`,
				},
				evidence: scalers.map(each => ({source: refText(refOf(each)), detail: `scaleTargetRef ${target}, ${writeText(each)}`})),
				remedies: remediesOf(wrong, last !== undefined, survey),
			},
		];
	});
}
