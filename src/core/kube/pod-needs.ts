import {isJsonObject, type Json, type JsonObject} from '../json.ts';
import {oncePerObject} from '../once-per-object.ts';
import {listAt, textAt, valueAt} from './json-at.ts';

type Place = readonly (string | number)[];

/** Something of its namespace that a pod needs, and what for. Pods start without what is optional. */
export type PodNeed = {
	readonly kind: 'ConfigMap' | 'Secret' | 'PersistentVolumeClaim' | 'ServiceAccount';
	readonly name: string;
	readonly how: string;
	readonly optional: boolean;
	/** The key that a variable or a file takes; undefined where all of it, or a choice of files, is used. */
	readonly key?: string | undefined;
	/** Where in the pod spec the name stands. */
	readonly nameAt: Place;
	/** Where the key stands. */
	readonly keyAt?: Place | undefined;
};

type Reference = {readonly kind: PodNeed['kind']; readonly at: Place; readonly how: string; readonly nameField?: string};

/** @param reference the object that names another one, where it stands, and under which field it keeps the name */
function need(reference: Json | undefined, {kind, at, how, nameField = 'name'}: Reference): readonly PodNeed[] {
	const name = textAt(reference, nameField) ?? '';
	if (name === '') return [];
	const common = {kind, name, how, optional: valueAt(reference, 'optional') === true, nameAt: [...at, nameField]};
	const key = textAt(reference, 'key');
	const items = listAt(reference, 'items').flatMap((item, index): readonly PodNeed[] => {
		const file = textAt(item, 'key');
		return file === undefined ? [] : [{...common, key: file, keyAt: [...at, 'items', index, 'key']}];
	});
	if (items.length > 0) return items;
	return [key === undefined ? common : {...common, key, keyAt: [...at, 'key']}];
}

const nameOf = (item: Json) => textAt(item, 'name') ?? '';

function volumeNeeds(volume: Json, at: Place): readonly PodNeed[] {
	const how = `volume ${nameOf(volume)}`;
	const sources = [
		{source: volume, at},
		...listAt(volume, 'projected', 'sources').map((source, index) => ({source, at: [...at, 'projected', 'sources', index]})),
	];
	return [
		...sources.flatMap(each => need(valueAt(each.source, 'configMap'), {kind: 'ConfigMap', at: [...each.at, 'configMap'], how})),
		// A volume of its own calls it `secretName`, one source of a projected volume `name`.
		...sources.flatMap(each => {
			const secret = {kind: 'Secret', at: [...each.at, 'secret'], how} as const;
			const value = valueAt(each.source, 'secret');
			return [...need(value, {...secret, nameField: 'secretName'}), ...need(value, secret)];
		}),
		...need(valueAt(volume, 'persistentVolumeClaim'), {
			kind: 'PersistentVolumeClaim',
			at: [...at, 'persistentVolumeClaim'],
			how,
			nameField: 'claimName',
		}),
	];
}

/** A single file of a ConfigMap or Secret that is mounted under another name: a key that is not there becomes an empty directory. */
function fileNeeds(container: Json, at: Place, spec: Json): readonly PodNeed[] {
	return listAt(container, 'volumeMounts').flatMap((mount, index): readonly PodNeed[] => {
		const [file, name] = [textAt(mount, 'subPath'), nameOf(mount)];
		const number = listAt(spec, 'volumes').findIndex(volume => nameOf(volume) === name);
		const volume = listAt(spec, 'volumes')[number] ?? {};
		if (file === undefined || file === '' || file.includes('/') || valueAt(volume, 'projected') !== undefined) return [];
		return volumeNeeds(volume, ['volumes', number])
			.filter(({kind, key}) => key === undefined && kind !== 'PersistentVolumeClaim')
			.map(each => ({
				...each,
				key: file,
				keyAt: [...at, 'volumeMounts', index, 'subPath'],
				how: `file ${file} of container ${nameOf(container)}`,
			}));
	});
}

function containerNeeds(container: Json, at: Place): readonly PodNeed[] {
	const where = `of container ${nameOf(container)}`;
	return [
		...listAt(container, 'envFrom').flatMap((from, index) => {
			const [place, how] = [[...at, 'envFrom', index], `environment ${where}`];
			return [
				...need(valueAt(from, 'configMapRef'), {kind: 'ConfigMap', at: [...place, 'configMapRef'], how}),
				...need(valueAt(from, 'secretRef'), {kind: 'Secret', at: [...place, 'secretRef'], how}),
			];
		}),
		...listAt(container, 'env').flatMap((variable, index) => {
			const [place, how] = [[...at, 'env', index, 'valueFrom'], `${nameOf(variable)} ${where}`];
			const from = valueAt(variable, 'valueFrom');
			return [
				...need(valueAt(from, 'configMapKeyRef'), {kind: 'ConfigMap', at: [...place, 'configMapKeyRef'], how}),
				...need(valueAt(from, 'secretKeyRef'), {kind: 'Secret', at: [...place, 'secretKeyRef'], how}),
			];
		}),
	];
}

const needsOf = oncePerObject((spec: JsonObject): readonly PodNeed[] => {
	const containers = ['initContainers', 'containers'].flatMap(list =>
		listAt(spec, list).map((container, index) => ({container, at: [list, index]})),
	);
	return [
		...listAt(spec, 'volumes').flatMap((volume, index) => volumeNeeds(volume, ['volumes', index])),
		...containers.flatMap(({container, at}) => [...containerNeeds(container, at), ...fileNeeds(container, at, spec)]),
		...listAt(spec, 'imagePullSecrets').flatMap((secret, index) =>
			need(secret, {kind: 'Secret', at: ['imagePullSecrets', index], how: 'image pull secret'}),
		),
		...need(spec, {kind: 'ServiceAccount', at: [], how: 'service account', nameField: 'serviceAccountName'}),
	];
});

/** Everything that a pod spec names, once for each way in which it is used. */
export const podNeeds = (spec: Json): readonly PodNeed[] => (isJsonObject(spec) ? needsOf(spec) : []);
