import * as z from 'zod';
import type {Question} from '../../servers/request.ts';
import type {Reply} from './reply.ts';

export type Kind = {readonly apiVersion: string; readonly plural: string; readonly isNamespaced: boolean};
/** By kind (of the first group that has it, in its preferred version) and by `apiVersion/kind`. */
export type KindTable = ReadonlyMap<string, Kind>;

const groups = z.object({
	items: z.array(
		z.object({
			metadata: z.object({name: z.string().default('')}),
			versions: z
				.array(
					z.object({
						version: z.string(),
						resources: z.array(z.object({resource: z.string(), scope: z.string(), responseKind: z.object({kind: z.string()})})).default([]),
					}),
				)
				.default([]),
		}),
	),
});

/** What the cluster serves: the core first, then the groups as the server orders them. */
export async function kindTable(send: (question: Question) => Promise<Reply>): Promise<KindTable> {
	const headers = {accept: 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList'};
	const table = new Map<string, Kind>();
	for (const root of ['/api', '/apis']) {
		const {body} = await send({path: root, headers});
		for (const {metadata, versions} of groups.parse(body).items) {
			for (const {version, resources} of versions) {
				const apiVersion = root === '/api' ? version : `${metadata.name}/${version}`;
				for (const {resource, scope, responseKind} of resources) {
					const kind = {apiVersion, plural: resource, isNamespaced: scope === 'Namespaced'};
					for (const key of [responseKind.kind, `${apiVersion}/${responseKind.kind}`]) if (!table.has(key)) table.set(key, kind);
				}
			}
		}
	}
	return table;
}
