import {isJsonObject, type Json, type JsonObject} from '../json.ts';
import type {KubeObject} from '../kube/kube-object.ts';

/** The name that admission makes up, anew at every dry run (plugin/pkg/admission/serviceaccount of Kubernetes). */
const madeUp = /^kube-api-access-[a-z0-9]{5}$/;

const isMadeUp = (item: Json) => isJsonObject(item) && typeof item.name === 'string' && madeUp.test(item.name);

/** A list without what was made up; no list where nothing is left, as before it came. */
function withoutMadeUp(object: JsonObject, key: string): JsonObject {
	const list = object[key];
	if (!Array.isArray(list) || !list.some(isMadeUp)) return object;
	const {[key]: _, ...rest} = object;
	const left = list.filter(item => !isMadeUp(item));
	return left.length === 0 ? rest : {...rest, [key]: left};
}

/** A Pod without the volume for its service account's token that the server adds, and without its mounts. Other objects stay as they are. */
export function withoutTokenVolume(object: KubeObject): KubeObject {
	const {kind, spec} = object;
	if (kind !== 'Pod' || !isJsonObject(spec)) return object;
	const quiet = Object.entries(withoutMadeUp(spec, 'volumes')).map(([key, value]) => {
		const isContainers = key === 'containers' || key === 'initContainers';
		const items = isContainers && Array.isArray(value) ? value : undefined;
		return [key, items?.map((item: Json) => (isJsonObject(item) ? withoutMadeUp(item, 'volumeMounts') : item)) ?? value];
	});
	return {...object, spec: Object.fromEntries(quiet)};
}
