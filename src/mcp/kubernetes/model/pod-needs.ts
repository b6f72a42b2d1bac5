import type {JsonObject} from '../../../core/json.ts';
import {objectsAt, wordAt} from './fields.ts';

/** Something of its namespace that a pod needs, and what for. */
export type PodNeed = {
	readonly kind: 'ConfigMap' | 'Secret' | 'PersistentVolumeClaim' | 'ServiceAccount';
	readonly name: string;
	readonly how: string;
};

const need = (kind: PodNeed['kind'], name: string, how: string): readonly PodNeed[] => (name === '' ? [] : [{kind, name, how}]);

function volumeNeeds(volume: JsonObject): readonly PodNeed[] {
	const how = `volume ${wordAt(volume, 'name')}`;
	const sources = [volume, ...objectsAt(volume, 'projected', 'sources')];
	return [
		...sources.flatMap(source => need('ConfigMap', wordAt(source, 'configMap', 'name'), how)),
		...sources.flatMap(source => need('Secret', wordAt(source, 'secret', 'secretName') || wordAt(source, 'secret', 'name'), how)),
		...need('PersistentVolumeClaim', wordAt(volume, 'persistentVolumeClaim', 'claimName'), how),
	];
}

function containerNeeds(container: JsonObject): readonly PodNeed[] {
	const at = `of container ${wordAt(container, 'name')}`;
	return [
		...objectsAt(container, 'envFrom').flatMap(from => [
			...need('ConfigMap', wordAt(from, 'configMapRef', 'name'), `environment ${at}`),
			...need('Secret', wordAt(from, 'secretRef', 'name'), `environment ${at}`),
		]),
		...objectsAt(container, 'env').flatMap(variable => [
			...need('ConfigMap', wordAt(variable, 'valueFrom', 'configMapKeyRef', 'name'), `${wordAt(variable, 'name')} ${at}`),
			...need('Secret', wordAt(variable, 'valueFrom', 'secretKeyRef', 'name'), `${wordAt(variable, 'name')} ${at}`),
		]),
	];
}

/** Everything that a pod spec names, once for each way in which it is used. */
export function podNeeds(spec: JsonObject): readonly PodNeed[] {
	return [
		...objectsAt(spec, 'volumes').flatMap(volumeNeeds),
		...[...objectsAt(spec, 'initContainers'), ...objectsAt(spec, 'containers')].flatMap(containerNeeds),
		...objectsAt(spec, 'imagePullSecrets').flatMap(secret => need('Secret', wordAt(secret, 'name'), 'image pull secret')),
		...need('ServiceAccount', wordAt(spec, 'serviceAccountName'), 'service account'),
	];
}
