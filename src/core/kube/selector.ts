import {isJsonObject, type Json} from '../json.ts';
import {listAt, objectAt, textAt, valueAt} from './json-at.ts';

const isLabelOf = (labels: Json | undefined, key: string, value: Json | undefined) => valueAt(labels, key) === value;

/** Whether labels fit one requirement of a label selector; an operator that it does not have fits nothing. */
export function fitsExpression(expression: Json, labels: Json | undefined): boolean {
	const value = textAt(labels, textAt(expression, 'key') ?? '');
	const values = listAt(expression, 'values');
	switch (textAt(expression, 'operator')) {
		case 'In':
			return value !== undefined && values.includes(value);
		case 'NotIn':
			return value === undefined || !values.includes(value);
		case 'Exists':
			return value !== undefined;
		case 'DoesNotExist':
			return value === undefined;
		default:
			return false;
	}
}

/** Whether labels fit a plain map, as Services and ReplicationControllers select. An empty one selects nothing. */
export const fitsMap = (selector: Json | undefined, labels: Json | undefined): boolean =>
	isJsonObject(selector) &&
	Object.keys(selector).length > 0 &&
	Object.entries(selector).every(([key, value]) => isLabelOf(labels, key, value));

/** Whether labels fit a label selector (`matchLabels`, `matchExpressions`). An empty one selects everything, a missing one nothing. */
export const fitsSelector = (selector: Json | undefined, labels: Json | undefined): boolean =>
	isJsonObject(selector) &&
	Object.entries(objectAt(selector, 'matchLabels')).every(([key, value]) => isLabelOf(labels, key, value)) &&
	listAt(selector, 'matchExpressions').every(expression => fitsExpression(expression, labels));

/** One expression of a label selector as the `labelSelector` parameter writes it: `tier in (front,back)`. */
export function expressionText(expression: Json): string {
	const key = textAt(expression, 'key') ?? '';
	const values = listAt(expression, 'values').join(',');
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
