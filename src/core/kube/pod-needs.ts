import type {Json} from '../json.ts';
import {listAt, textAt, valueAt} from './json-at.ts';

/** Something of its namespace that a pod needs, and what for. Pods start without what is optional. */
export type PodNeed = {
	readonly kind: 'ConfigMap' | 'Secret' | 'PersistentVolumeClaim' | 'ServiceAccount';
	readonly name: string;
	readonly how: string;
	readonly optional: boolean;
	/** The key that a variable takes; undefined where all of it, or a choice of files, is used. */
	readonly key?: string | undefined;
};

/** @param nameField under which the reference keeps the name */
function need(kind: PodNeed['kind'], reference: Json | undefined, how: string, nameField = 'name'): readonly PodNeed[] {
	const name = textAt(reference, nameField) ?? '';
	const key = textAt(reference, 'key');
	return name === '' ? [] : [{kind, name, how, optional: valueAt(reference, 'optional') === true, ...(key === undefined ? {} : {key})}];
}

const nameOf = (item: Json) => textAt(item, 'name') ?? '';

function volumeNeeds(volume: Json): readonly PodNeed[] {
	const how = `volume ${nameOf(volume)}`;
	const sources = [volume, ...listAt(volume, 'projected', 'sources')];
	return [
		...sources.flatMap(source => need('ConfigMap', valueAt(source, 'configMap'), how)),
		// A volume of its own calls it `secretName`, one source of a projected volume `name`.
		...sources.flatMap(source => [
			...need('Secret', valueAt(source, 'secret'), how, 'secretName'),
			...need('Secret', valueAt(source, 'secret'), how),
		]),
		...need('PersistentVolumeClaim', valueAt(volume, 'persistentVolumeClaim'), how, 'claimName'),
	];
}

function containerNeeds(container: Json): readonly PodNeed[] {
	const at = `of container ${nameOf(container)}`;
	return [
		...listAt(container, 'envFrom').flatMap(from => [
			...need('ConfigMap', valueAt(from, 'configMapRef'), `environment ${at}`),
			...need('Secret', valueAt(from, 'secretRef'), `environment ${at}`),
		]),
		...listAt(container, 'env').flatMap(variable => [
			...need('ConfigMap', valueAt(variable, 'valueFrom', 'configMapKeyRef'), `${nameOf(variable)} ${at}`),
			...need('Secret', valueAt(variable, 'valueFrom', 'secretKeyRef'), `${nameOf(variable)} ${at}`),
		]),
	];
}

/** Everything that a pod spec names, once for each way in which it is used. */
export function podNeeds(spec: Json): readonly PodNeed[] {
	return [
		...listAt(spec, 'volumes').flatMap(volumeNeeds),
		...[...listAt(spec, 'initContainers'), ...listAt(spec, 'containers')].flatMap(containerNeeds),
		...listAt(spec, 'imagePullSecrets').flatMap(secret => need('Secret', secret, 'image pull secret')),
		...need('ServiceAccount', spec, 'service account', 'serviceAccountName'),
	];
}
