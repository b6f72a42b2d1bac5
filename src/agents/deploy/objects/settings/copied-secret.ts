import {MkcoaError} from '../../../../core/error.ts';
import {objectAt, textAt} from '../../../../core/kube/json-at.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import type {Values} from './read-values.ts';
import {secretTypes} from './secret-types.ts';

type Type = keyof typeof secretTypes;

const isType = (word: string): word is Type => Object.hasOwn(secretTypes, word);

/**
 * What a live Secret holds, for a copy of it.
 * @param place `NAMESPACE/NAME`
 * @throws MkcoaError `no-such-secret`; `other-type` for a type that belongs to a controller, such as the token of a service account
 */
export async function copiedSecret(cluster: Cluster, place: string): Promise<{readonly type: Type; readonly values: Values}> {
	const [namespace = '', name = ''] = place.split('/');
	const live = await cluster.get({apiVersion: 'v1', kind: 'Secret', namespace, name});
	if (live === undefined)
		throw new MkcoaError({
			kind: 'usage',
			code: 'no-such-secret',
			what: `There is no Secret ${name} in namespace ${namespace}`,
			next: `See what is there with: mkcoa k8s list secrets -n ${namespace}`,
		});
	const written = textAt(live, 'type') ?? secretTypes.opaque;
	const type = Object.keys(secretTypes).find(word => isType(word) && secretTypes[word] === written);
	if (type === undefined || !isType(type))
		throw new MkcoaError({
			kind: 'usage',
			code: 'other-type',
			what: `Secret ${place} is of type ${written}, which is not copied`,
			why: 'its owner makes one for each place itself',
			next: 'Create what owns it in the other namespace',
		});
	const data = Object.entries(objectAt(live, 'data')).map(
		([key, value]) => [key, new Uint8Array(Buffer.from(String(value), 'base64'))] as const,
	);
	return {type, values: new Map(data)};
}
