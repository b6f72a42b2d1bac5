import {listAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../core/kube/pod-spec.ts';
import {oncePerObject} from '../../../core/once-per-object.ts';
import {oncePerSurvey} from '../once-per-survey.ts';
import {perNamespace} from '../per-namespace.ts';
import type {Survey} from '../survey.ts';
import {type ClusterName, clusterNameOf} from './cluster-name.ts';
import {hostsIn, type NamedHost} from './host-names.ts';
import {entryTexts, ownTexts, type ToldText, takenEntries} from './told-texts.ts';

/** That a workload is told of a Service by its name: in a variable, an argument, or a ConfigMap that it takes. */
export type Mention = NamedHost & ClusterName & ToldText & {readonly workload: KubeObject};

type Told = NamedHost & ToldText;

const hostsOf = (texts: readonly ToldText[]): readonly Told[] =>
	texts.flatMap(text => hostsIn(text.text, text.key).map(named => ({...text, ...named})));

export type Naming = Told & {readonly workload: KubeObject};

const ownNamings = oncePerObject((workload: KubeObject): readonly Naming[] =>
	hostsOf(ownTexts(workload)).map(told => ({...told, workload})),
);
const entryHosts = oncePerObject((holder: KubeObject) => hostsOf(entryTexts(holder)));

/** What the ConfigMaps say that a workload takes. */
function takenNamings(workload: KubeObject, survey: Survey): readonly Naming[] {
	const hosts = takenEntries(workload, survey).flatMap(({holder, key}) =>
		entryHosts(holder).filter(told => key === undefined || key === told.key),
	);
	return [...new Set(hosts)].map(told => ({...told, workload}));
}

/** Every host that workloads are told of, of the cluster or of the world. */
export const namingsIn = oncePerSurvey((survey: Survey): readonly Naming[] =>
	survey.workloads().flatMap(workload => [...ownNamings(workload), ...takenNamings(workload, survey)]),
);

/** Workloads that are told of any host by its name: without DNS they reach none. */
export const namingWorkloads = oncePerSurvey((survey: Survey): readonly KubeObject[] => [
	...new Set(namingsIn(survey).map(({workload}) => workload)),
]);

/** Every name of a Service, there or not, that workloads are told. What their Secrets say nobody reads. */
export const mentionsIn = oncePerSurvey((survey: Survey): readonly Mention[] => {
	// Thousands of pods are told the same few names.
	const meantFrom = perNamespace(from => {
		const known = new Map<string, {readonly meant: ClusterName | undefined}>();
		return (host: string) => {
			const found = known.get(host) ?? {meant: clusterNameOf(host, from, survey)};
			known.set(host, found);
			return found.meant;
		};
	});
	return namingsIn(survey).flatMap(naming => {
		const {workload, host} = naming;
		const meant = meantFrom(workload.metadata.namespace)(host);
		if (meant === undefined) return [];
		// What the pods' own hosts file says nobody asks the cluster about.
		const isAlias = listAt(podSpecOf(workload), 'hostAliases').some(alias => listAt(alias, 'hostnames').includes(host));
		return isAlias && survey.find('Service', meant.namespace, meant.service) === undefined ? [] : [{...naming, ...meant}];
	});
});
