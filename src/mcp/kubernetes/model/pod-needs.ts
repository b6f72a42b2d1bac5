import {isJsonObject, type Json, type JsonObject} from '../../../core/json.ts';
import {fieldAt, objectsAt, textAt} from './fields.ts';

/** Something of its namespace that a pod needs, and what for. */
export type PodNeed = {
	readonly kind: 'ConfigMap' | 'Secret' | 'PersistentVolumeClaim' | 'ServiceAccount';
	readonly name: string;
	readonly how: string;
};

/** The pod spec of a Pod, of a workload's template or of a CronJob's; undefined where there is none. */
export function podSpecOf(object: JsonObject): JsonObject | undefined {
	const spec =
		object.kind === 'Pod'
			? object.spec
			: (fieldAt(object, 'spec', 'jobTemplate', 'spec', 'template', 'spec') ?? fieldAt(object, 'spec', 'template', 'spec'));
	return isJsonObject(spec) ? spec : undefined;
}

/** The labels that a workload gives its pods, or that a pod has. */
export function podLabelsOf(object: JsonObject): Json | undefined {
	return object.kind === 'Pod' ? fieldAt(object, 'metadata', 'labels') : fieldAt(object, 'spec', 'template', 'metadata', 'labels');
}

const need = (kind: PodNeed['kind'], name: string, how: string): readonly PodNeed[] => (name === '' ? [] : [{kind, name, how}]);

function volumeNeeds(volume: JsonObject): readonly PodNeed[] {
	const how = `volume ${textAt(volume, 'name')}`;
	const sources = [volume, ...objectsAt(volume, 'projected', 'sources')];
	return [
		...sources.flatMap(source => need('ConfigMap', textAt(source, 'configMap', 'name'), how)),
		...sources.flatMap(source => need('Secret', textAt(source, 'secret', 'secretName') || textAt(source, 'secret', 'name'), how)),
		...need('PersistentVolumeClaim', textAt(volume, 'persistentVolumeClaim', 'claimName'), how),
	];
}

function containerNeeds(container: JsonObject): readonly PodNeed[] {
	const at = `of container ${textAt(container, 'name')}`;
	return [
		...objectsAt(container, 'envFrom').flatMap(from => [
			...need('ConfigMap', textAt(from, 'configMapRef', 'name'), `environment ${at}`),
			...need('Secret', textAt(from, 'secretRef', 'name'), `environment ${at}`),
		]),
		...objectsAt(container, 'env').flatMap(variable => [
			...need('ConfigMap', textAt(variable, 'valueFrom', 'configMapKeyRef', 'name'), `${textAt(variable, 'name')} ${at}`),
			...need('Secret', textAt(variable, 'valueFrom', 'secretKeyRef', 'name'), `${textAt(variable, 'name')} ${at}`),
		]),
	];
}

/** Everything that a pod spec names, once for each way in which it is used. */
export function podNeeds(spec: JsonObject): readonly PodNeed[] {
	return [
		...objectsAt(spec, 'volumes').flatMap(volumeNeeds),
		...[...objectsAt(spec, 'initContainers'), ...objectsAt(spec, 'containers')].flatMap(containerNeeds),
		...objectsAt(spec, 'imagePullSecrets').flatMap(secret => need('Secret', textAt(secret, 'name'), 'image pull secret')),
		...need('ServiceAccount', textAt(spec, 'serviceAccountName'), 'service account'),
	];
}
