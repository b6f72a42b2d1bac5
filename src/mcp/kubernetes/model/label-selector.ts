import type {Json, JsonObject} from '../../../core/json.ts';
import {fieldAt, objectsAt, textAt, textMapAt, textsAt} from './fields.ts';

type Labels = {readonly [key: string]: string};

const operators: {readonly [operator: string]: (value: string | undefined, values: readonly string[]) => boolean} = {
	In: (value, values) => value !== undefined && values.includes(value),
	NotIn: (value, values) => value === undefined || !values.includes(value),
	Exists: value => value !== undefined,
	DoesNotExist: value => value === undefined,
};

/**
 * Whether labels match a LabelSelector (`matchLabels`, `matchExpressions`).
 * A selector that is missing selects nothing; an empty one selects everything, as the API says. An unknown operator matches nothing.
 */
export function selectorMatches(selector: Json | undefined, labels: Labels): boolean {
	if (selector === undefined || selector === null) return false;
	const wanted = textMapAt(selector, 'matchLabels');
	if (!Object.entries(wanted).every(([key, value]) => labels[key] === value)) return false;
	return objectsAt(selector, 'matchExpressions').every(
		expression => operators[textAt(expression, 'operator')]?.(labels[textAt(expression, 'key')], textsAt(expression, 'values')) ?? false,
	);
}

/** Whether the flat selector of a Service matches; an empty one selects nothing. */
export function serviceSelects(service: JsonObject, labels: Labels): boolean {
	const wanted = Object.entries(textMapAt(service, 'spec', 'selector'));
	return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
}

function expressionText(expression: JsonObject): string {
	const key = textAt(expression, 'key');
	const values = textsAt(expression, 'values').join(',');
	switch (textAt(expression, 'operator')) {
		case 'In':
			return `${key} in (${values})`;
		case 'NotIn':
			return `${key} notin (${values})`;
		case 'DoesNotExist':
			return `!${key}`;
		default:
			return key;
	}
}

/** A LabelSelector as the `labelSelector` parameter of a list; undefined where there is none or it is empty. */
export function selectorText(selector: Json | undefined): string | undefined {
	const labels = Object.entries(textMapAt(selector, 'matchLabels')).map(([key, value]) => `${key}=${value}`);
	const parts = [...labels, ...objectsAt(selector, 'matchExpressions').map(expressionText)];
	return parts.length === 0 ? undefined : parts.join(',');
}

/** The selector by which a workload finds its pods: a LabelSelector, or the flat map of a ReplicationController. */
export function podSelectorText(workload: JsonObject): string | undefined {
	const selector = fieldAt(workload, 'spec', 'selector');
	if (workload.kind !== 'ReplicationController') return selectorText(selector);
	return selectorText(selector === undefined ? undefined : {matchLabels: selector});
}
