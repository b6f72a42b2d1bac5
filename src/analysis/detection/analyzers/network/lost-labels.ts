import {objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {refOf, refText} from '../../../../core/kube/kube-object.ts';
import {templatePath} from '../../../../core/kube/pod-spec.ts';
import {fitsSelector} from '../../../../core/kube/selector.ts';
import {caseOf} from '../../../diagnosis/case.ts';
import type {Remedy} from '../../../diagnosis/cause.ts';
import {earlierTemplates} from '../../../diagnosis/earlier-revision.ts';
import {labelText} from '../../../diagnosis/label-text.ts';
import {merge} from '../../../diagnosis/patch-remedy.ts';
import type {Survey} from '../../survey.ts';
import type {FlowEnd} from './flows.ts';

/** The labels that the pods had in an earlier template and that a selector asks for. */
export function lostLabels(end: FlowEnd, selector: ReturnType<typeof valueAt>, survey: Survey) {
	const {workload, namespace} = end;
	if (workload === undefined || selector === undefined) return undefined;
	const before = earlierTemplates(caseOf(workload, survey.scene(namespace))).find(template =>
		fitsSelector(selector, valueAt(template, 'metadata', 'labels')),
	);
	if (before === undefined) return undefined;
	const wanted = Object.entries(objectAt(selector, 'matchLabels')).filter(([key, value]) => textAt(end.labels, key) !== value);
	return wanted.length === 0 ? undefined : {workload, labels: Object.fromEntries(wanted)};
}

export type Lost = NonNullable<ReturnType<typeof lostLabels>>;

export function giveBack({workload, labels}: Lost): Remedy {
	const path = [...(templatePath(workload) ?? []), 'metadata', 'labels'];
	const name = refText(refOf(workload));
	return merge(workload, objectAt({patch: path.toReversed().reduce((inner, step) => ({[step]: inner}), labels)}, 'patch'), {
		side: 'workload',
		sure: true,
		text: {
			en: `Give the pods of ${name} their label ${labelText(labels)} back`,
			ko: `${name}의 파드에 ${labelText(labels)} 라벨을 되돌립니다`,
		},
	});
}
