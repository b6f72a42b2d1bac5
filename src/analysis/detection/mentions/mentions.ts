import type {Json} from '../../../core/json.ts';
import {listAt, objectAt, textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {podNeeds} from '../../../core/kube/pod-needs.ts';
import {podSpecOf, templatePath} from '../../../core/kube/pod-spec.ts';
import {oncePerObject} from '../../../core/once-per-object.ts';
import {oncePerSurvey} from '../once-per-survey.ts';
import type {Survey} from '../survey.ts';
import {type ClusterName, clusterNameOf} from './cluster-name.ts';
import {hostsIn, type NamedHost} from './host-names.ts';

/** That a workload is told of a Service by its name: in a variable, an argument, or a ConfigMap that it takes. */
export type Mention = NamedHost &
	ClusterName & {
		readonly workload: KubeObject;
		/** The object that holds the text: the workload or a ConfigMap. */
		readonly holder: KubeObject;
		/** The field as people read it, list items by name. */
		readonly path: string;
		/** The same field as a patch names it. */
		readonly place: readonly (string | number)[];
		/** All that the field holds. */
		readonly text: string;
		/** What the field is called: a variable, a flag, a key of a ConfigMap. */
		readonly key: string;
	};

type Text = Pick<Mention, 'holder' | 'path' | 'place' | 'text' | 'key'>;

const fieldPath = (steps: readonly (string | number)[]) => steps.join('.');

/** `--upstream http://x` and `--upstream=http://x`: the flag before a value is its key. */
function argumentTexts(
	container: Json,
	field: 'args' | 'command',
	base: readonly (string | number)[],
	holder: KubeObject,
	at: string,
): readonly Text[] {
	const list = listAt(container, field);
	return list.flatMap((each, index): readonly Text[] => {
		if (typeof each !== 'string') return [];
		const flag = /^-*([\w.-]+)=/.exec(each)?.[1] ?? (index > 0 ? String(list[index - 1]).replace(/^-+/, '') : '');
		return [{holder, path: `${at}.${field}[${index}]`, place: [...base, field, index], text: each, key: flag}];
	});
}

function containerTexts(workload: KubeObject): readonly Text[] {
	const root = [...(templatePath(workload) ?? []), 'spec'];
	return ['initContainers', 'containers'].flatMap(list =>
		listAt(podSpecOf(workload), list).flatMap((container, index): readonly Text[] => {
			const base = [...root, list, index];
			const at = `${fieldPath([...root, list])}[${textAt(container, 'name') ?? index}]`;
			const variables = listAt(container, 'env').flatMap((variable, number): readonly Text[] => {
				const [name = '', text] = [textAt(variable, 'name'), textAt(variable, 'value')];
				return text === undefined
					? []
					: [{holder: workload, path: `${at}.env[${name}].value`, place: [...base, 'env', number, 'value'], text, key: name}];
			});
			return [
				...variables,
				...argumentTexts(container, 'command', base, workload, at),
				...argumentTexts(container, 'args', base, workload, at),
			];
		}),
	);
}

const entryTexts = (holder: KubeObject): readonly Text[] =>
	Object.entries(objectAt(holder, 'data')).flatMap(([key, text]) =>
		typeof text === 'string' ? [{holder, path: `data.${key}`, place: ['data', key], text, key}] : [],
	);

type Told = {readonly named: NamedHost; readonly text: Text};

const hostsOf = (texts: readonly Text[]): readonly Told[] =>
	texts.flatMap(text => hostsIn(text.text, text.key).map(named => ({named, text})));

const ownHosts = oncePerObject((workload: KubeObject) => hostsOf(containerTexts(workload)));
const entryHosts = oncePerObject((holder: KubeObject) => hostsOf(entryTexts(holder)));

/** What the ConfigMaps say that a workload takes: all of one, or the one key that it names. */
const takenHosts = (workload: KubeObject, survey: Survey): ReadonlySet<Told> =>
	new Set(
		podNeeds(podSpecOf(workload)).flatMap(({kind, name, key}) => {
			const holder = kind === 'ConfigMap' ? survey.find(kind, workload.metadata.namespace, name) : undefined;
			return holder === undefined ? [] : entryHosts(holder).filter(({text}) => key === undefined || key === text.key);
		}),
	);

type Naming = Told & {readonly workload: KubeObject};

/** Every host that workloads are told of, of the cluster or of the world. */
const namingsIn = oncePerSurvey((survey: Survey): readonly Naming[] =>
	survey.workloads().flatMap(workload => [...ownHosts(workload), ...takenHosts(workload, survey)].map(told => ({...told, workload}))),
);

/** Workloads that are told of any host by its name: without DNS they reach none. */
export const namingWorkloads = oncePerSurvey((survey: Survey): readonly KubeObject[] => [
	...new Set(namingsIn(survey).map(({workload}) => workload)),
]);

/** Every name of a Service, there or not, that workloads are told. What their Secrets say nobody reads. */
export const mentionsIn = oncePerSurvey((survey: Survey): readonly Mention[] =>
	namingsIn(survey).flatMap(({workload, named, text}) => {
		const meant = clusterNameOf(named.host, workload.metadata.namespace ?? '', survey);
		if (meant === undefined) return [];
		// What the pods' own hosts file says nobody asks the cluster about.
		const isAlias = listAt(podSpecOf(workload), 'hostAliases').some(alias => listAt(alias, 'hostnames').includes(named.host));
		return isAlias && survey.find('Service', meant.namespace, meant.service) === undefined ? [] : [{...text, ...named, ...meant, workload}];
	}),
);
