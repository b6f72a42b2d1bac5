import {MkcoaError} from '../../../../core/error.ts';
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
	for (const part of parts) if (part === '.' || part === '..') throw otherPath(part);
	return `${versionPath(type.apiVersion)}/${parts.map(encodeURIComponent).join('/')}`;
}

/** Dots stay as they are when a path is encoded, and lead to another one when it is read (RFC 3986, 5.2.4): `pods/..` is the namespace. */
const otherPath = (part: string) =>
	new MkcoaError({
		kind: 'usage',
		code: 'bad-name',
		what: `${JSON.stringify(part)} is no name of an object or of a namespace`,
		why: 'it would lead to another path of the API',
		next: 'Give the name as the cluster knows it',
	});

/** A kind as error texts name it: `pods`, `deployments.apps`. */
const resourceName = ({plural, apiVersion}: ResourceType) => (groupOf(apiVersion) === '' ? plural : `${plural}.${groupOf(apiVersion)}`);

/** What a request for objects of a kind is about; cluster-scoped kinds lose the namespace. */
export const aboutOf = (verb: string, type: ResourceType, namespace?: string | undefined, name?: string): About => ({
	verb,
	resource: resourceName(type),
	namespace: type.namespaced ? namespace : undefined,
	name,
});
