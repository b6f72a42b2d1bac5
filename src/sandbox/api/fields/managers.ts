import {isJsonObject, type Json} from '../../../core/json.ts';
import {textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {type FieldSet, isEmpty} from './field-set.ts';

/** One entry of metadata.managedFields. */
export type Manager = {
	readonly manager: string;
	readonly operation: 'Apply' | 'Update';
	readonly apiVersion: string;
	readonly subresource: string;
	/** '' when it never changed anything. */
	readonly time: string;
	readonly fields: FieldSet;
};

export const isSameManager = (a: Omit<Manager, 'fields' | 'time'>, b: Omit<Manager, 'fields' | 'time'>) =>
	a.manager === b.manager && a.operation === b.operation && a.subresource === b.subresource && a.apiVersion === b.apiVersion;

/** The entries of an object; undefined when it has none at all. An empty list, or one empty entry, is a wish to start anew. */
export function readManagers(value: Json | undefined): readonly Manager[] | undefined {
	if (!Array.isArray(value)) return undefined;
	return value.flatMap(entry => {
		if (!isJsonObject(entry) || textAt(entry, 'manager') === undefined) return [];
		return [
			{
				manager: textAt(entry, 'manager') ?? '',
				operation: textAt(entry, 'operation') === 'Apply' ? 'Apply' : 'Update',
				apiVersion: textAt(entry, 'apiVersion') ?? '',
				subresource: textAt(entry, 'subresource') ?? '',
				time: textAt(entry, 'time') ?? '',
				// fieldsV1 is a tree of objects by its definition.
				fields: (isJsonObject(entry.fieldsV1) ? entry.fieldsV1 : {}) as FieldSet,
			},
		];
	});
}

/** The object with these entries: applying managers first, then by time and name, as the server sorts them. */
export function withManagers(object: KubeObject, managers: readonly Manager[]): KubeObject {
	const {managedFields: _old, ...metadata} = object.metadata;
	const entries = managers
		.filter(({fields}) => !isEmpty(fields))
		.toSorted((a, b) => order(a).localeCompare(order(b)))
		.map(({manager, operation, apiVersion, subresource, time, fields}) => ({
			manager,
			operation,
			apiVersion,
			...(time === '' ? {} : {time}),
			fieldsType: 'FieldsV1',
			fieldsV1: fields,
			...(subresource === '' ? {} : {subresource}),
		}));
	return {...object, metadata: entries.length === 0 ? metadata : {...metadata, managedFields: entries}};
}

const order = ({operation, time, manager, subresource}: Manager) => `${operation} ${time} ${manager} ${subresource}`;
