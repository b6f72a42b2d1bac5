import type {Json} from '../../../core/json.ts';
import {listAt, objectAt, textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {podNeeds} from '../../../core/kube/pod-needs.ts';
import {podSpecOf, templatePath} from '../../../core/kube/pod-spec.ts';
import {oncePerObject} from '../../../core/once-per-object.ts';
import type {Survey} from '../survey.ts';

/** A text that a program is given: a variable, an argument, or an entry of a ConfigMap that it takes. */
export type ToldText = {
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

const fieldPath = (steps: readonly (string | number)[]) => steps.join('.');

/** `--upstream http://x` and `--upstream=http://x`: the flag before a value is its key. */
function argumentTexts(
	container: Json,
	field: 'args' | 'command',
	base: readonly (string | number)[],
	holder: KubeObject,
	at: string,
): readonly ToldText[] {
	const list = listAt(container, field);
	return list.flatMap((each, index): readonly ToldText[] => {
		if (typeof each !== 'string') return [];
		const flag = /^-*([\w.-]+)=/.exec(each)?.[1] ?? (index > 0 ? String(list[index - 1]).replace(/^-+/, '') : '');
		return [{holder, path: `${at}.${field}[${index}]`, place: [...base, field, index], text: each, key: flag}];
	});
}

/** What a workload tells its containers itself: variables, commands and arguments. */
export const ownTexts = oncePerObject((workload: KubeObject): readonly ToldText[] => {
	const root = [...(templatePath(workload) ?? []), 'spec'];
	return ['initContainers', 'containers'].flatMap(list =>
		listAt(podSpecOf(workload), list).flatMap((container, index): readonly ToldText[] => {
			const base = [...root, list, index];
			const at = `${fieldPath([...root, list])}[${textAt(container, 'name') ?? index}]`;
			const variables = listAt(container, 'env').flatMap((variable, number): readonly ToldText[] => {
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
});

/** What a ConfigMap holds, key by key. */
export const entryTexts = oncePerObject((holder: KubeObject): readonly ToldText[] =>
	Object.entries(objectAt(holder, 'data')).flatMap(([key, text]) =>
		typeof text === 'string' ? [{holder, path: `data.${key}`, place: ['data', key], text, key}] : [],
	),
);

/** The ConfigMaps that a workload takes: all of one, or the one key that it names. */
export const takenEntries = (
	workload: KubeObject,
	survey: Survey,
): readonly {readonly holder: KubeObject; readonly key?: string | undefined}[] =>
	podNeeds(podSpecOf(workload)).flatMap(({kind, name, key}) => {
		const holder = kind === 'ConfigMap' ? survey.find(kind, workload.metadata.namespace, name) : undefined;
		return holder === undefined ? [] : [{holder, key}];
	});

/** Everything that the programs of a workload are told. What their Secrets say nobody reads. */
export const textsToldTo = (workload: KubeObject, survey: Survey): readonly ToldText[] => [
	...new Map(
		[
			...ownTexts(workload),
			...takenEntries(workload, survey).flatMap(({holder, key}) =>
				entryTexts(holder).filter(text => key === undefined || key === text.key),
			),
		].map(text => [`${text.holder.kind}/${text.holder.metadata.name} ${text.path}`, text]),
	).values(),
];
