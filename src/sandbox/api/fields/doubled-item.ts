import {childField, type FieldSchema} from '../../../core/diff/kube-schema.ts';
import {isJsonObject, type Json} from '../../../core/json.ts';
import {pathsOf} from './field-set.ts';
import {itemStep} from './list-items.ts';

/** The first item that a list of unique items holds twice, e.g. `.spec.containers: duplicate entries for key [name="web"]`. */
export function doubledItem(schema: FieldSchema | undefined, value: Json | undefined, path = ''): string | undefined {
	if (Array.isArray(value)) {
		if (schema?.kind !== 'list' || schema.list === 'atomic') return undefined;
		const steps = value.map(item => itemStep(schema, item));
		const double = steps.find((step, index) => steps.indexOf(step) < index);
		if (double !== undefined) return `${path}: duplicate entries for key ${pathsOf({[double]: {}}).join('')}`;
		return firstOf(
			value.map((item, index) => () => doubledItem(schema.of, item, `${path}${pathsOf({[steps[index] ?? '']: {}}).join('')}`)),
		);
	}
	if (!isJsonObject(value)) return undefined;
	return firstOf(
		Object.entries(value).map(
			([key, inner]) =>
				() =>
					doubledItem(childField(schema, key), inner, `${path}.${key}`),
		),
	);
}

function firstOf(searches: readonly (() => string | undefined)[]): string | undefined {
	for (const search of searches) {
		const found = search();
		if (found !== undefined) return found;
	}
	return undefined;
}
