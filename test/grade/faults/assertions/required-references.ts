import type {Json} from '../../../../src/core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../../src/core/kube/json-at.ts';

/** What has to exist, with these keys, before a pod can start. */
export type Reference = {readonly kind: string; readonly name: string; readonly keys: readonly string[]};

const isOptional = (reference: Json) => valueAt(reference, 'optional') === true;
const reference = (kind: string, from: Json, nameField: string, keys: readonly string[] = []): readonly Reference[] =>
	isOptional(from) || textAt(from, nameField) === undefined ? [] : [{kind, name: textAt(from, nameField) ?? '', keys}];

/** Each required ConfigMap, Secret, claim, ServiceAccount and pull Secret of a pod's spec. */
export const requiredReferences = (podSpec: Json): readonly Reference[] => [
	{kind: 'ServiceAccount', name: textAt(podSpec, 'serviceAccountName') ?? 'default', keys: []},
	...listAt(podSpec, 'imagePullSecrets').flatMap(secret => reference('Secret', secret, 'name')),
	...[...listAt(podSpec, 'containers'), ...listAt(podSpec, 'initContainers')].flatMap(ofContainer),
	...listAt(podSpec, 'volumes').flatMap(ofVolume),
];

const keyOf = (from: Json) => [textAt(from, 'key') ?? ''];

const ofContainer = (container: Json): readonly Reference[] => [
	...listAt(container, 'env').flatMap(variable => {
		const [map, secret] = ['configMapKeyRef', 'secretKeyRef'].map(field => objectAt(variable, 'valueFrom', field));
		return [
			...reference('ConfigMap', map ?? {}, 'name', keyOf(map ?? {})),
			...reference('Secret', secret ?? {}, 'name', keyOf(secret ?? {})),
		];
	}),
	...listAt(container, 'envFrom').flatMap(source => [
		...reference('ConfigMap', objectAt(source, 'configMapRef'), 'name'),
		...reference('Secret', objectAt(source, 'secretRef'), 'name'),
	]),
];

function ofVolume(volume: Json): readonly Reference[] {
	const [map, secret] = [objectAt(volume, 'configMap'), objectAt(volume, 'secret')];
	const keys = (source: Json) => listAt(source, 'items').flatMap(keyOf);
	return [
		...reference('ConfigMap', map, 'name', keys(map)),
		...reference('Secret', secret, 'secretName', keys(secret)),
		...reference('PersistentVolumeClaim', objectAt(volume, 'persistentVolumeClaim'), 'claimName'),
	];
}
