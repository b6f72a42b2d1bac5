import type {Json} from '../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {expressionText} from '../../../core/kube/selector.ts';
import {ageOf} from './age.ts';
import type {Column} from './column.ts';

export const none = '<none>';

export const nameColumn: Column = {
	name: 'Name',
	format: 'name',
	description:
		'Name must be unique within a namespace. Is required when creating resources, although some resources may allow a client to request the generation of an appropriate name automatically. Name is primarily intended for creation idempotence and configuration definition. Cannot be updated. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names',
	// A bookmark is shown as an object without a name.
	cell: ({metadata}) => metadata.name ?? '',
};

export const ageColumn: Column = {name: 'Age', cell: ({metadata}, now) => ageOf(metadata.creationTimestamp, now)};

export const createdColumn: Column = {name: 'Created At', type: 'date', cell: ({metadata}) => metadata.creationTimestamp ?? null};

/** A column that shows a text at a path. */
export const textColumn = (name: string, path: readonly string[], fallback = none): Column => ({
	name,
	cell: object => textAt(object, ...path) || fallback,
});

/** A column that shows a number at a path; 0 when there is none. */
export const countColumn = (name: string, ...path: readonly string[]): Column => ({
	name,
	type: 'integer',
	cell: object => countAt(object, ...path),
});

export const countAt = (value: Json | undefined, ...path: readonly string[]): number => {
	const found = valueAt(value, ...path);
	return typeof found === 'number' ? found : 0;
};

/** Labels as a selector text. */
export function labelsText(labels: {readonly [key: string]: Json | undefined}): string {
	const pairs = Object.entries(labels).map(([key, value]) => `${key}=${String(value)}`);
	return pairs.length === 0 ? none : pairs.sort().join(',');
}

/** Containers, images and, for most kinds, the selector: what `-o wide` adds for workloads. */
export const wideColumns = (template: readonly string[], selector?: (object: KubeObject) => string): readonly Column[] => [
	{name: 'Containers', wide: true, cell: object => containerTexts(object, template, 'name')},
	{name: 'Images', wide: true, cell: object => containerTexts(object, template, 'image')},
	...(selector === undefined ? [] : [{name: 'Selector', wide: true, cell: selector}]),
];

const containerTexts = (object: KubeObject, template: readonly string[], key: string) =>
	listAt(object, ...template, 'spec', 'containers')
		.map(container => textAt(container, key) ?? '')
		.join(',');

/** A label selector as text, matchLabels only as kubectl shows them most. */
export function selectorText(object: KubeObject): string {
	const selector = objectAt(object, 'spec', 'selector');
	const labels = Object.entries(objectAt(selector, 'matchLabels')).map(([key, value]) => `${key}=${String(value)}`);
	const expressions = listAt(selector, 'matchExpressions').map(expressionText);
	const parts = [...labels, ...expressions].sort();
	return parts.length === 0 ? none : parts.join(',');
}
