import type {Json} from '../../../core/json.ts';
import {objectAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {labelIndex} from '../../../core/kube/label-index.ts';
import {templatePath} from '../../../core/kube/pod-spec.ts';
import {fitsSelector} from '../../../core/kube/selector.ts';
import {perNamespace} from '../per-namespace.ts';
import type {Survey} from '../survey.ts';

/** Finds workloads by the labels of their pods. */
export type LabelIndex = {
	/** Whom a plain map selects, as Services do. */
	readonly byMap: (namespace: string, selector: Json | undefined) => readonly KubeObject[];
	/** Whom a label selector selects. */
	readonly bySelector: (namespace: string, selector: Json | undefined) => readonly KubeObject[];
};

type Entry = {readonly labels: Json; readonly workload: KubeObject};

/** Pods may have labels that no template gives them: the role of a database, what a webhook added. */
const entriesOf = (workload: KubeObject, survey: Survey): readonly Entry[] => [
	{labels: objectAt(workload, ...(templatePath(workload) ?? []), 'metadata', 'labels'), workload},
	...(workload.kind === 'Pod' ? [] : survey.podsOf(workload).map(pod => ({labels: pod.metadata.labels ?? {}, workload}))),
];

/** Indexes what runs pods, of a namespace when it is first asked about: a selector is compared with those that have its rarest label, and not with all. */
export function labelIndexOf(survey: Survey): LabelIndex {
	const inNamespace = perNamespace(namespace => {
		const entries = survey.workloads(namespace).flatMap(workload => entriesOf(workload, survey));
		return {entries, fitting: labelIndex(entries, ({labels}) => labels)};
	});
	const workloadsOf = (entries: readonly Entry[]) => [...new Set(entries.map(({workload}) => workload))];
	return {
		byMap: (namespace, selector) => workloadsOf(inNamespace(namespace).fitting(selector)),
		bySelector(namespace, selector) {
			const {entries, fitting} = inNamespace(namespace);
			const named = objectAt(selector, 'matchLabels');
			const candidates = Object.keys(named).length === 0 ? entries : fitting(named);
			return workloadsOf(candidates.filter(({labels}) => fitsSelector(selector, labels)));
		},
	};
}
