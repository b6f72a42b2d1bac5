import {groupOf} from '../../../../core/kube/kube-object.ts';
import type {ResourceType} from '../../port.ts';
import type {About} from '../transport/call.ts';

/** `/api/v1` or `/apis/GROUP/VERSION` */
export const versionPath = (apiVersion: string) => (apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`);

/** Where objects of a kind live. No namespace means all of them, or a cluster-scoped kind. */
export function resourcePath(
	type: ResourceType,
	{namespace, name, subresource}: {namespace?: string | undefined; name?: string; subresource?: string | undefined},
) {
	const parts = [
		...(type.namespaced && namespace !== undefined ? ['namespaces', namespace] : []),
		type.plural,
		...(name === undefined ? [] : [name]),
		...(subresource === undefined ? [] : [subresource]),
	];
	return `${versionPath(type.apiVersion)}/${parts.map(encodeURIComponent).join('/')}`;
}

/** A kind as error texts name it: `pods`, `deployments.apps`. */
const resourceName = ({plural, apiVersion}: ResourceType) => (groupOf(apiVersion) === '' ? plural : `${plural}.${groupOf(apiVersion)}`);

/** What a request for objects of a kind is about; cluster-scoped kinds lose the namespace. */
export const aboutOf = (verb: string, type: ResourceType, namespace?: string | undefined, name?: string): About => ({
	verb,
	resource: resourceName(type),
	namespace: type.namespaced ? namespace : undefined,
	name,
});
