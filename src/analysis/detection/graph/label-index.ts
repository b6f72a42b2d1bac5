import type {Json} from '../../../core/json.ts';
import {objectAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {templatePath} from '../../../core/kube/pod-spec.ts';
import {fitsMap, fitsSelector} from '../../../core/kube/selector.ts';
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

const pairsOf = (labels: Json | undefined) => Object.entries(objectAt(labels)).map(([key, value]) => `${key}=${String(value)}`);

/** Indexes what runs pods: a selector is compared with those that have its rarest label, and not with all. */
export function labelIndexOf(survey: Survey): LabelIndex {
	const byNamespace = Map.groupBy(
		survey.workloads().flatMap(workload => entriesOf(workload, survey)),
		({workload}) => workload.metadata.namespace ?? '',
	);
	const byPair = new Map<string, Entry[]>();
	for (const [namespace, entries] of byNamespace) {
		for (const entry of entries) {
			for (const pair of pairsOf(entry.labels)) {
				const key = `${namespace} ${pair}`;
				const known = byPair.get(key);
				if (known === undefined) byPair.set(key, [entry]);
				else known.push(entry);
			}
		}
	}
	const candidates = (namespace: string, wanted: Json | undefined): readonly Entry[] => {
		const lists = pairsOf(wanted).map(pair => byPair.get(`${namespace} ${pair}`) ?? []);
		return lists.toSorted((a, b) => a.length - b.length)[0] ?? byNamespace.get(namespace) ?? [];
	};
	const selected = (entries: readonly Entry[], fits: (labels: Json) => boolean) => [
		...new Set(entries.filter(({labels}) => fits(labels)).map(({workload}) => workload)),
	];
	return {
		byMap: (namespace, selector) => selected(candidates(namespace, selector), labels => fitsMap(selector, labels)),
		bySelector: (namespace, selector) =>
			selected(candidates(namespace, objectAt(selector, 'matchLabels')), labels => fitsSelector(selector, labels)),
	};
}
