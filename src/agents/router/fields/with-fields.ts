import {isJsonObject, type Json} from '../../../core/json.ts';
import {listAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {templatePath} from '../../../core/kube/pod-spec.ts';
import {changeAt, type Step} from '../change/change-at.ts';
import {labelChange} from '../change/labels/label-words.ts';
import type {Clause} from '../clause.ts';
import {assignedIn} from './assigned.ts';
import type {Field} from './field.ts';
import {fields} from './vocabulary.ts';

/** The object that a clause makes, with every field that the clause gives a value and the object has none of. */
export function withFields(object: KubeObject, clause: Clause): KubeObject {
	const own = fields.filter(({kinds}) => kinds.includes(object.kind));
	const told = assignedIn(clause, own).reduce<Json | undefined>((whole, {field, value}) => {
		const path = pathIn(object, field);
		return path === undefined || at(whole, path) !== undefined ? whole : changeAt(whole, path, () => value);
	}, object);
	return withMetadata(isObject(told) ? told : object, clause);
}

const isObject = (value: Json | undefined): value is KubeObject => isJsonObject(value ?? null);

/** Where a field of a new object stands: of several containers the first one is meant. */
function pathIn(object: KubeObject, {place, path}: Field): readonly Step[] | undefined {
	if (place === 'object') return path;
	const pod = [...(templatePath(object) ?? []), 'spec'];
	if (place === 'pod') return [...pod, ...path];
	const [first] = listAt(object, ...pod, 'containers');
	const name = isJsonObject(first ?? null) ? valueAt(first as KubeObject, 'name') : undefined;
	return typeof name === 'string' ? [...pod, 'containers', {named: name}, ...path] : undefined;
}

const at = (whole: Json | undefined, path: readonly Step[]) => {
	let found: Json | undefined;
	changeAt(whole, path, value => {
		found = value;
		return value;
	});
	return found;
};

/** `annotate it with a=b`, `라벨 keep=7y도 달아서`. */
function withMetadata(object: KubeObject, clause: Clause): KubeObject {
	const said = labelChange(clause, {labels: [], annotations: []});
	if (said === undefined || Object.keys(said.set).length === 0) return object;
	// Whose pods have labels of their own is told with the pods.
	if (said.field === 'labels' && labelled.has(object.kind)) return object;
	return {...object, metadata: {...object.metadata, [said.field]: {...object.metadata[said.field], ...said.set}}};
}

const labelled = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Pod', 'CronJob', 'Namespace']);
