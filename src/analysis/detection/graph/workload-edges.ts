import {listAt, textAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refOf} from '../../../core/kube/kube-object.ts';
import {podNeeds} from '../../../core/kube/pod-needs.ts';
import {podSpecOf} from '../../../core/kube/pod-spec.ts';
import {oncePerObject} from '../../../core/once-per-object.ts';
import {someOf} from '../../../core/text/count.ts';
import {namedServices} from '../named-services.ts';
import type {Survey} from '../survey.ts';
import {type Edge, type EdgeFamily, type Leaning, leaning, refTo} from './edge.ts';

/** What its pods need of their namespace, each with what for: settings, secrets, volumes, an account. */
const needsOf = oncePerObject((workload: KubeObject) => {
	const spec = podSpecOf(workload);
	const byTarget = Map.groupBy(podNeeds(spec), ({kind, name}) => `${kind} ${name}`);
	const hasAccount = textAt(spec, 'serviceAccountName') !== undefined;
	return [
		...[...byTarget.values()].flatMap(([first, ...others]) => {
			if (first === undefined) return [];
			const hows = [...new Set([first, ...others].map(({how}) => how))];
			return [{kind: first.kind, name: first.name, how: `uses it: ${someOf(hows)}`}];
		}),
		...(hasAccount ? [] : [{kind: 'ServiceAccount', name: 'default', how: 'uses it: service account'}]),
	];
});

const needed = (workload: KubeObject, survey: Survey): readonly Edge[] =>
	leaning(
		workload,
		needsOf(workload).map(({kind, name, how}) => [refTo(survey, kind, workload.metadata.namespace, name), how]),
	);

/** Claims that a StatefulSet makes for each of its pods, by the pods that are there. */
const ownClaims = (workload: KubeObject, survey: Survey): readonly Edge[] => {
	const templates = new Set(listAt(workload, 'spec', 'volumeClaimTemplates').flatMap(each => textAt(each, 'metadata', 'name') ?? []));
	if (templates.size === 0) return [];
	const names = survey
		.podsOf(workload)
		.flatMap(pod =>
			podNeeds(podSpecOf(pod)).filter(({kind, how}) => kind === 'PersistentVolumeClaim' && templates.has(how.replace(/^volume /, ''))),
		);
	return leaning(
		workload,
		names.map(({name}) => [refTo(survey, 'PersistentVolumeClaim', workload.metadata.namespace, name), 'keeps its data in it']),
	);
};

const asked = (workload: KubeObject, survey: Survey): readonly Edge[] => {
	const named = namedServices(workload, survey);
	if (named.length === 0) return [];
	const byService = Map.groupBy(named, ({namespace, name}) => `${namespace} ${name}`);
	return leaning(
		workload,
		[...byService.values()].flatMap(([first]): readonly Leaning[] => {
			if (first === undefined) return [];
			const {setting, name, namespace} = first;
			const where = setting.holder === workload ? setting.name || 'its arguments' : `ConfigMap ${setting.holder.metadata.name}`;
			return [[refTo(survey, 'Service', namespace, name), `asks it, named in ${where}`]];
		}),
	);
};

/** Classes that a pod spec names, and the Service that gives a StatefulSet's pods their names. */
function classes(workload: KubeObject, survey: Survey): readonly Edge[] {
	const spec = podSpecOf(workload);
	const priority = textAt(spec, 'priorityClassName');
	const runtime = textAt(spec, 'runtimeClassName');
	const governing = workload.kind === 'StatefulSet' ? (textAt(workload, 'spec', 'serviceName') ?? '') : '';
	return leaning(workload, [
		...(priority === undefined ? [] : [[refTo(survey, 'PriorityClass', undefined, priority), 'takes its priority from it'] as const]),
		...(runtime === undefined ? [] : [[refTo(survey, 'RuntimeClass', undefined, runtime), 'runs its containers with it'] as const]),
		...(governing === ''
			? []
			: [[refTo(survey, 'Service', workload.metadata.namespace, governing), 'has the names of its pods from it'] as const]),
	]);
}

/** What limits a workload by where it is: its namespace, quotas and default limits there. */
const housed = (workload: KubeObject, survey: Survey): readonly Edge[] => {
	const {namespace} = workload.metadata;
	if (namespace === undefined) return [];
	return leaning(workload, [
		[refTo(survey, 'Namespace', undefined, namespace), 'lives in it'],
		...survey.all('ResourceQuota', namespace).map(each => [refOf(each), 'counts against it'] as const),
		...survey.all('LimitRange', namespace).map(each => [refOf(each), 'is limited by it'] as const),
	]);
};

/** Everything that what runs pods leans on by its own fields. */
export function workloadEdges(survey: Survey): readonly EdgeFamily[] {
	const ofEach = (...finds: readonly ((workload: KubeObject, survey: Survey) => readonly Edge[])[]) =>
		survey.workloads().flatMap(workload => finds.flatMap(find => find(workload, survey)));
	return [
		{into: ['ConfigMap', 'Secret', 'PersistentVolumeClaim', 'ServiceAccount'], edges: () => ofEach(needed, ownClaims)},
		{into: ['Service', 'PriorityClass', 'RuntimeClass'], edges: () => ofEach(asked, classes)},
		{into: ['Namespace', 'ResourceQuota', 'LimitRange'], edges: () => ofEach(housed)},
	];
}
