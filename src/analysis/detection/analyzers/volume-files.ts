import type {Json} from '../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
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
