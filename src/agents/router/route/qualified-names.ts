import {languageOf} from '../words/language.ts';
import type {World} from '../world.ts';
import {namedKinds} from './ordered.ts';

/** Two names with a slash; an image has a tag or a registry, a path begins with a slash. */
const slashed = /(?<![\w./:@=-])([a-z0-9][a-z0-9-]*)\/([a-z0-9](?:[\w.-]*[a-z0-9])?)(?!['’]?[\w/:@=-])/g;

/** `payments/pay-api` → `pay-api in payments`, where that namespace holds a thing of that name. */
export async function qualifiedNames(request: string, world: World): Promise<string> {
	const found = [...request.matchAll(slashed)];
	if (found.length === 0) return request;
	const namespaces = await world.namespaces();
	const objects = (await Promise.all(namedKinds.map(kind => world.objects(kind)))).flat();
	const isThere = (namespace: string, name: string) =>
		namespaces.includes(namespace) && objects.some(({metadata}) => metadata.namespace === namespace && metadata.name === name);
	return request.replace(slashed, (all, namespace: string, name: string) => {
		if (!isThere(namespace, name)) return all;
		return languageOf(request) === 'ko' ? `${namespace} 네임스페이스의 ${name}` : `${name} in ${namespace}`;
	});
}
