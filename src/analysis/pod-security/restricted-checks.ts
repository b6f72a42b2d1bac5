import type {Json} from '../../core/json.ts';
import {isJsonObject} from '../../core/json.ts';
import {listAt, valueAt} from '../../core/kube/json-at.ts';
import {containersOf} from '../../core/kube/pod-spec.ts';
import {addedBeside, type Check} from './baseline-checks.ts';
import {setters} from './handed-options.ts';
import {containers, counted, nameOf, quoted, sorted} from './words.ts';

export const allowPrivilegeEscalation: Check = podSpec => {
	const bad = containersOf(podSpec).filter(container => valueAt(container, 'securityContext', 'allowPrivilegeEscalation') !== false);
	if (bad.length === 0) return undefined;
	return {
		reason: 'allowPrivilegeEscalation != false',
		detail: `${containers(bad)} must set securityContext.allowPrivilegeEscalation=false`,
	};
};

/** Capabilities that the restricted level lets a container add. */
export const mayAdd = new Set(['NET_BIND_SERVICE']);

/** Containers that keep capabilities which nobody asked for. */
export function capabilitiesKept(podSpec: Json): string | undefined {
	const bad = containersOf(podSpec).filter(container => !listAt(container, 'securityContext', 'capabilities', 'drop').includes('ALL'));
	return bad.length === 0 ? undefined : `${containers(bad)} must set securityContext.capabilities.drop=["ALL"]`;
}

/** Containers that add capabilities beside those that any program may have. */
export function capabilitiesAdded(podSpec: Json): string | undefined {
	const bad = containersOf(podSpec).filter(container => addedBeside(container, mayAdd).length > 0);
	if (bad.length === 0) return undefined;
	const added = sorted(bad.flatMap(container => addedBeside(container, mayAdd)));
	return `${containers(bad)} must not include ${quoted(added)} in securityContext.capabilities.add`;
}

export const restrictedCapabilities: Check = podSpec => {
	const details = [capabilitiesKept(podSpec), capabilitiesAdded(podSpec)].filter(detail => detail !== undefined);
	return details.length === 0 ? undefined : {reason: 'unrestricted capabilities', detail: details.join('; ')};
};

const allowedVolumes = new Set([
	...['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret'],
]);

export const restrictedVolumes: Check = podSpec => {
	// The server makes an emptyDir of a volume that names no source.
	const typeOf = (volume: Json) =>
		isJsonObject(volume) ? (Object.keys(volume).find(key => key !== 'name' && volume[key] !== undefined) ?? 'emptyDir') : 'unknown';
	const bad = listAt(podSpec, 'volumes').filter(volume => !allowedVolumes.has(typeOf(volume)));
	if (bad.length === 0) return undefined;
	const types = sorted(bad.map(typeOf));
	const uses = `${counted(bad, 'uses', 'use')} ${counted(types, 'restricted volume type', 'restricted volume types')}`;
	return {
		reason: 'restricted volume types',
		detail: `${counted(bad, 'volume', 'volumes')} ${quoted(bad.map(nameOf))} ${uses} ${quoted(types)}`,
	};
};

const settersOf = (podSpec: Json, field: string, value: Json) =>
	setters(podSpec, holder => valueAt(holder, 'securityContext', field) === value);

export const runAsNonRoot: Check = podSpec => {
	const reason = 'runAsNonRoot != true';
	const explicit = settersOf(podSpec, 'runAsNonRoot', false);
	if (explicit !== undefined) return {reason, detail: `${explicit} must not set securityContext.runAsNonRoot=false`};
	if (valueAt(podSpec, 'securityContext', 'runAsNonRoot') === true) return undefined;
	const bad = containersOf(podSpec).filter(container => valueAt(container, 'securityContext', 'runAsNonRoot') === undefined);
	return bad.length === 0 ? undefined : {reason, detail: `pod or ${containers(bad)} must set securityContext.runAsNonRoot=true`};
};

export const runAsUser: Check = podSpec => {
	const explicit = settersOf(podSpec, 'runAsUser', 0);
	return explicit === undefined ? undefined : {reason: 'runAsUser=0', detail: `${explicit} must not set runAsUser=0`};
};
