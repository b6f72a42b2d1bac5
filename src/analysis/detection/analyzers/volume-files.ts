import type {Json} from '../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {keysOf} from '../../diagnosis/renamed-key.ts';
import type {Subject} from './subject.ts';

/** Files of a volume by their paths in it, and the ConfigMap that they come from if that is there. */
type VolumeFiles = {readonly names: readonly string[]; readonly holder: KubeObject | undefined};

/** What a ConfigMap, or the items of a Secret, put into a volume; undefined where that is not known. */
export function volumeFiles(volume: Json, {survey, workload}: Subject): VolumeFiles | undefined {
	const source = valueAt(volume, 'configMap') ?? valueAt(volume, 'secret');
	const items = listAt(source, 'items');
	const holder = survey.find('ConfigMap', workload.metadata.namespace, textAt(volume, 'configMap', 'name') ?? '');
	if (items.length > 0) return {holder, names: items.flatMap(item => textAt(item, 'path') ?? [])};
	if (holder === undefined) return undefined;
	return {holder, names: [...Object.keys(objectAt(holder, 'data')), ...Object.keys(objectAt(holder, 'binaryData'))]};
}

/** What a ConfigMap or Secret puts into a volume; undefined where that is not known, or where it may be left out. */
function filesOfSource(source: Json, kind: 'ConfigMap' | 'Secret', {survey, workload}: Subject): readonly string[] | undefined {
	if (valueAt(source, 'optional') === true) return undefined;
	const items = listAt(source, 'items');
	if (items.length > 0) return items.flatMap(item => textAt(item, 'path') ?? []);
	const holder = survey.find(kind, workload.metadata.namespace, textAt(source, 'name') ?? textAt(source, 'secretName') ?? '');
	return holder === undefined ? undefined : keysOf(holder);
}

/** The fields of a volume that name who has its files. */
export const fileSources = [
	{field: 'configMap', kind: 'ConfigMap'},
	{field: 'secret', kind: 'Secret'},
] as const;

/** The files of a volume that is made of keys and fields, by their paths in it; undefined for all others, and where one source is not known. */
export function filesIn(volume: Json, subject: Subject): readonly string[] | undefined {
	const sources = valueAt(volume, 'projected') === undefined ? [volume] : listAt(volume, 'projected', 'sources');
	const files = sources.map(source => {
		const fields = valueAt(source, 'downwardAPI');
		if (fields !== undefined) return listAt(fields, 'items').flatMap(item => textAt(item, 'path') ?? []);
		const token = textAt(source, 'serviceAccountToken', 'path');
		if (token !== undefined) return [token];
		const [found] = fileSources.filter(({field}) => valueAt(source, field) !== undefined);
		return found === undefined ? undefined : filesOfSource(valueAt(source, found.field) ?? {}, found.kind, subject);
	});
	return files.includes(undefined) ? undefined : files.flatMap(each => each ?? []);
}
