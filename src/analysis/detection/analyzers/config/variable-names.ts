import type {Json} from '../../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Survey} from '../../survey.ts';

export const nameOf = (item: Json) => textAt(item, 'name') ?? '';

const reference = /\$\$|\$\(([A-Za-z_][\w.-]*)\)/g;

/** Names that a text refers to as `$(NAME)`, which alone the kubelet puts values for; `$$(NAME)` is escaped. */
export const referred = (text: string) => [...text.matchAll(reference)].flatMap(([, name]) => name ?? []);

/** A ConfigMap or Secret whose keys become variables of a container, and where in `envFrom` that is said. */
export type TakenSource = {readonly index: number; readonly prefix: string; readonly keys: readonly string[]};

/** What a container takes whole from elsewhere; undefined where some of it is not known. */
export function takenSources(container: Json, namespace: string | undefined, survey: Survey): readonly TakenSource[] | undefined {
	const sources: TakenSource[] = [];
	for (const [index, from] of listAt(container, 'envFrom').entries()) {
		const kind = valueAt(from, 'secretRef') === undefined ? 'ConfigMap' : 'Secret';
		const holder = survey.find(kind, namespace, textAt(from, kind === 'Secret' ? 'secretRef' : 'configMapRef', 'name') ?? '');
		if (holder === undefined) return undefined;
		sources.push({index, prefix: textAt(from, 'prefix') ?? '', keys: Object.keys(objectAt(holder, 'data'))});
	}
	return sources;
}

/** The variables that sources give. */
export const takenNames = (sources: readonly TakenSource[]): ReadonlySet<string> =>
	new Set(sources.flatMap(({prefix, keys}) => keys.map(key => `${prefix}${key}`)));

/** In a shell `$(date)` runs a program, and `${NAME}` is a variable. */
export const runsShell = (container: Json) =>
	[...listAt(container, 'command'), ...listAt(container, 'args')].some(
		word => typeof word === 'string' && (/(?:^|\/)(?:ba|z|k|da)?sh$/.test(word) || /\s/.test(word)),
	);

/** A word of a container's command line, or the value of a variable, and which variables are defined before it. */
export type Word = {readonly text: string; readonly at: readonly (string | number)[]; readonly before: readonly string[]};

/** Texts in which the kubelet puts values for `$(NAME)`. */
export function wordsOf({container, place}: {readonly container: Json; readonly place: readonly (string | number)[]}): readonly Word[] {
	const variables = listAt(container, 'env');
	const names = variables.map(nameOf);
	return [
		...variables.map((variable, index) => ({
			text: textAt(variable, 'value') ?? '',
			at: [...place, 'env', index, 'value'],
			before: names.slice(0, index),
		})),
		...['command', 'args'].flatMap(field =>
			listAt(container, field).map((word, index) => ({
				text: typeof word === 'string' ? word : '',
				at: [...place, field, index],
				before: names,
			})),
		),
	];
}

/** Every text of a container of an earlier template, by the container's name. */
export const formerWords = (template: Json | undefined, name: string): readonly string[] =>
	['initContainers', 'containers']
		.flatMap(list => listAt(template, 'spec', list))
		.filter(each => nameOf(each) === name)
		.flatMap(container => wordsOf({container, place: []}).map(({text}) => text));

/** Variables that the kubelet makes for the Services of a namespace. */
export const isOfService = (name: string, podSpec: KubeObject['spec']) =>
	/^KUBERNETES_/.test(name) ||
	(valueAt(podSpec, 'enableServiceLinks') !== false && /_(?:SERVICE_HOST|SERVICE_PORT\w*|PORT(?:_\w+)?)$/.test(name));
