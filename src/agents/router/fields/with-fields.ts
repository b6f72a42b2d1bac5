import {isJsonObject, type Json} from '../../../core/json.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {changeAt} from '../change/change-at.ts';
import {containersIn} from '../change/containers.ts';
import {labelChange} from '../change/labels/label-words.ts';
import type {Clause} from '../clause.ts';
import {metadataIn} from '../create/reading/metadata-words.ts';
import {wishOf} from '../create/reading/wish.ts';
import {assignedIn} from './assigned.ts';
import {fieldPlace} from './field-place.ts';
import {nestedOfNew} from './nested/all-nested.ts';
import {fields} from './vocabulary.ts';

/** The object that a clause makes, with every field that the clause gives a value and the object has none of. Of several containers the first one is meant. */
export function withFields(object: KubeObject, clause: Clause): KubeObject {
	const own = wholly.has(object.kind) ? [] : fields.filter(({kinds}) => kinds.includes(object.kind));
	const [first] = containersIn(object);
	const told = assignedIn(clause, own).reduce<Json | undefined>((whole, {field, value}) => {
		const place = fieldPlace(object, field, first);
		return place === undefined || place.now !== undefined ? whole : changeAt(whole, place.path, () => value);
	}, object);
	return withMetadata(withNested(isObject(told) ? told : object, clause), clause);
}

/** Their makers read all of their fields, which exclude each other. */
const wholly = new Set(['HorizontalPodAutoscaler', 'PodDisruptionBudget']);

function withNested(object: KubeObject, clause: Clause): KubeObject {
	const [first] = containersIn(object);
	const told = nestedOfNew
		.filter(({kinds}) => kinds.includes(object.kind))
		.reduce<Json | undefined>((whole, nested) => {
			const place = fieldPlace(object, nested, first);
			const value = place?.now === undefined ? nested.read(clause, object) : undefined;
			return place === undefined || value === undefined ? whole : changeAt(whole, place.path, () => value);
		}, object);
	return isObject(told) ? told : object;
}

const isObject = (value: Json | undefined): value is KubeObject => isJsonObject(value ?? null);

/** `annotate it with a=b`, `라벨 keep=7y도 달아서`. */
function withMetadata(object: KubeObject, clause: Clause): KubeObject {
	const {labels, annotations} = metadataIn(wishOf(clause.text, clause.language));
	const isSaid = /\blabel|\bannotat|라벨|레이블|어노테이션|애너테이션|주석/i.test(clause.text);
	const spoken =
		!isSaid || Object.keys({...labels, ...annotations}).length > 0 ? undefined : labelChange(clause, {labels: {}, annotations: {}});
	const all = {labels, annotations, ...(spoken === undefined ? {} : {[spoken.field]: spoken.set})};
	// Whose pods have labels of their own is told with the pods.
	const own = labelled.has(object.kind) ? {} : all.labels;
	return {...object, metadata: {...object.metadata, ...merged(object, 'labels', own), ...merged(object, 'annotations', all.annotations)}};
}

const merged = (object: KubeObject, field: 'labels' | 'annotations', more: {readonly [key: string]: string}) =>
	Object.keys(more).length === 0 ? {} : {[field]: {...object.metadata[field], ...more}};

const labelled = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Pod', 'CronJob', 'Namespace', 'NetworkPolicy', 'PodDisruptionBudget']);
