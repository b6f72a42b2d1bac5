import {isJsonObject, type Json} from '../../../core/json.ts';
import {listAt, objectAt, textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {sameJson} from '../../same-json.ts';
import {forbidden} from '../admission/validate/causes.ts';
import {invalid} from '../errors.ts';

/** What a write through a door of a pod changes: of the given pod only this is taken. */
export const podParts: {readonly [subresource: string]: ((before: KubeObject, given: KubeObject) => KubeObject) | undefined} = {
	ephemeralcontainers: withDebuggers,
	resize: withResources,
};

/** Containers for debugging are added, and stay as they were added. Throws 422 otherwise. */
function withDebuggers(before: KubeObject, given: KubeObject): KubeObject {
	const wanted = listAt(given, 'spec', 'ephemeralContainers');
	for (const old of listAt(before, 'spec', 'ephemeralContainers')) {
		const name = textAt(old, 'name') ?? '';
		const now = wanted.find(one => textAt(one, 'name') === name);
		if (now !== undefined && sameJson(now, old)) continue;
		const why = `existing ephemeral containers ${JSON.stringify(name)} may not be ${now === undefined ? 'removed' : 'changed'}\n`;
		throw invalid({group: '', kind: 'Pod'}, before.metadata.name, [forbidden('spec.ephemeralContainers', why)]);
	}
	const {ephemeralContainers: _, ...spec} = objectAt(before, 'spec');
	return {...before, spec: {...spec, ...(wanted.length === 0 ? {} : {ephemeralContainers: wanted})}};
}

/** Requests and limits of the containers that the pod has. */
function withResources(before: KubeObject, given: KubeObject): KubeObject {
	const wanted = listAt(given, 'spec', 'containers');
	const sized = (container: Json): Json => {
		const found = wanted.find(one => textAt(one, 'name') === textAt(container, 'name'));
		return found === undefined || !isJsonObject(container) ? container : {...container, resources: objectAt(found, 'resources')};
	};
	return {...before, spec: {...objectAt(before, 'spec'), containers: listAt(before, 'spec', 'containers').map(sized)}};
}
