import type {Clock} from '../../../../core/clock.ts';
import {MkcoaError} from '../../../../core/error.ts';
import type {Cluster, ResourceType} from '../../port.ts';
import type {Transport} from '../transport/transport.ts';
import {discover} from './discover.ts';
import {findType, nearTypes, preferredTypes} from './find-type.ts';
import type {Discovered} from './read-resources.ts';

/** A kind may have been installed since the last look, so an unknown word is worth another one after this long. */
const staleMs = 2_000;

export type TypeBook = Pick<Cluster, 'types' | 'typeOf' | 'typeOfRef'>;

/** The kinds of one cluster, read when first asked for. */
export function makeTypeBook(transport: Transport, clock: Clock, warn: (text: string) => void): TypeBook {
	let held: {readonly read: Promise<Discovered>; readonly atMs: number} | undefined;

	const readAgain = () => {
		const read = discover(transport).then(found => {
			if (found.missing.length > 0) warn(`These API groups do not answer, so their kinds are unknown now: ${found.missing.join(', ')}`);
			return found;
		});
		held = {read, atMs: clock.now()};
		// A failed look must not be remembered for the life of the process.
		read.catch(() => {
			held = undefined;
		});
		return read;
	};
	const all = async () => (await (held?.read ?? readAgain())).types;

	const find = async (word: string, pick: (types: readonly ResourceType[]) => ResourceType | undefined) => {
		const types = await all();
		const found = pick(types);
		if (found !== undefined) return found;
		const fresh = held !== undefined && clock.now() - held.atMs >= staleMs ? (await readAgain()).types : types;
		const late = pick(fresh);
		if (late !== undefined) return late;
		throw unknownKind(word, nearTypes(fresh, word), (await held?.read)?.missing ?? []);
	};

	return {
		types: async () => preferredTypes(await all()),
		typeOf: word => find(word, types => findType(types, word)),
		typeOfRef: ({apiVersion, kind}) =>
			find(`${kind} of ${apiVersion}`, types => types.find(type => type.apiVersion === apiVersion && type.kind === kind)),
	};
}

export const unknownKind = (word: string, near: readonly string[], missing: readonly string[]) =>
	new MkcoaError({
		kind: 'usage',
		code: 'unknown-kind',
		what: `The cluster serves no kind ${JSON.stringify(word)}`,
		why:
			near.length > 0
				? `names near it: ${near.join(', ')}`
				: missing.length > 0
					? `it may belong to an API group that does not answer: ${missing.join(', ')}`
					: undefined,
		next: 'List the kinds with mkcoa k8s api-resources',
	});
