import * as z from 'zod';
import {MkcoaError} from '../core/error.ts';
import {canonicalJson} from '../core/json.ts';
import {type Grant, grantSchema, isInForce, makeGrant, revokeGrant} from '../core/policy/grants.ts';
import {jsonColumn} from './journal-row.ts';
import {freeId, shortId} from './short-id.ts';
import type {Storage} from './storage.ts';

export type Grants = {
	/** @throws MkcoaError as `makeGrant` does */
	readonly add: (scope: Omit<Parameters<typeof makeGrant>[0], 'id'>, lastsMs: number) => Promise<Grant>;
	/** All that were ever given, oldest first, for people. `forged`: something else than mkcoa wrote or changed it. */
	readonly list: () => Promise<readonly {readonly grant: Grant; readonly forged: boolean}[]>;
	/** What policy may go by. */
	readonly inForce: () => Promise<readonly Grant[]>;
	/**
	 * The first end counts. A forged grant is deleted.
	 * @throws MkcoaError `no-such-grant`
	 */
	readonly revoke: (id: string, by: string) => Promise<void>;
};

// The signature binds the text as it stands, before a schema has read it.
const row = z.object({id: z.string(), terms: jsonColumn(grantSchema), text: z.string(), mac: z.string()});
const columns = 'id, terms, terms AS text, mac';

/** Grants on SQLite, signed with the user's key: a row that something else wrote into the file grants nothing. */
export function grantStore(storage: Storage): Grants {
	const {database, vault, now, randomBytes} = storage;
	const isTaken = (id: string) => database.has('SELECT 1 FROM permit WHERE id = ?', id);
	const macOf = (id: string, text: string) => vault.sign(canonicalJson({use: 'grant', id, text}));
	const isForged = ({id, terms, text, mac}: z.output<typeof row>) => mac !== macOf(id, text) || terms.id !== id;
	const list = () =>
		database
			.all(row, `SELECT ${columns} FROM permit ORDER BY seq`)
			.map(found => ({grant: {...found.terms, id: found.id}, forged: isForged(found)}));

	return {
		add: async (scope, lastsMs) =>
			database.transaction(() => {
				const grant = makeGrant({...scope, id: freeId(() => shortId(now(), randomBytes), isTaken)}, lastsMs, now());
				const text = canonicalJson(grant);
				database.run('INSERT INTO permit (id, terms, mac) VALUES (?, ?, ?)', grant.id, text, macOf(grant.id, text));
				return grant;
			}),
		list: async () => list(),
		inForce: async () =>
			list()
				.filter(({grant, forged}) => !forged && isInForce(grant, now()))
				.map(({grant}) => grant),
		revoke: async (id, by) =>
			database.transaction(() => {
				const found = database.get(row, `SELECT ${columns} FROM permit WHERE id = ?`, id);
				if (found === undefined) throw noSuchGrant(id);
				if (isForged(found)) return database.run('DELETE FROM permit WHERE id = ?', id);
				const text = canonicalJson(revokeGrant(found.terms, by, now()));
				database.run('UPDATE permit SET terms = ?, mac = ? WHERE id = ?', text, macOf(id, text), id);
			}),
	};
}

const noSuchGrant = (id: string) =>
	new MkcoaError({kind: 'usage', code: 'no-such-grant', what: `There is no grant ${id}`, next: 'See the grants with: mkcoa grants list'});
