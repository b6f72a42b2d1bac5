import {MkcoaError} from '../../../../core/error.ts';
import type {KubeObject, Ref} from '../../../../core/kube/kube-object.ts';
import {aboutOf, resourcePath} from '../discovery/resource-path.ts';
import type {TypeBook} from '../discovery/type-book.ts';
import type {Transport} from '../transport/transport.ts';
import {withType} from './paging.ts';

const absentCodes = new Set(['not-found', 'unknown-kind']);

/** One object as it is stored; undefined when there is none, or no such kind. */
export async function readObject(
	transport: Transport,
	book: Pick<TypeBook, 'typeOfRef'>,
	ref: Ref,
	signal?: AbortSignal,
): Promise<KubeObject | undefined> {
	const {namespace, name} = ref;
	try {
		const type = await book.typeOfRef(ref);
		const {body} = await transport.json({
			method: 'GET',
			path: resourcePath(type, {namespace, name}),
			changes: false,
			about: aboutOf('get', type, namespace, name),
			signal,
		});
		return withType(body, type);
	} catch (error) {
		if (error instanceof MkcoaError && absentCodes.has(error.trouble.code)) return undefined;
		throw error;
	}
}
