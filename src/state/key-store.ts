import {createHash, timingSafeEqual} from 'node:crypto';
import * as z from 'zod';
import type {AccessKey, AccessKeys} from '../core/access-key.ts';
import {MkcoaError} from '../core/error.ts';
import {canonicalJson} from '../core/json.ts';
import {jsonColumn} from './journal-row.ts';
import {freeId, shortId} from './short-id.ts';
import {isoTime, type Storage} from './storage.ts';

const keySchema: z.ZodType<AccessKey> = z.object({
	id: z.string(),
	name: z.string(),
	scopes: z.array(z.string()),
	createdAt: z.string(),
	expiresAt: z.string(),
	revokedAt: z.string().optional(),
});
// The signature binds the text as it stands, before a schema has read it.
const row = z.object({id: z.string(), terms: jsonColumn(keySchema), text: z.string(), hash: z.string(), mac: z.string()});
const columns = 'id, terms, terms AS text, hash, mac';

/** 256 random bits need no slow hash: nobody guesses them. */
const secretBytes = 32;
const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex');

const tokenPattern = /^mkcoa_([0-9a-z]{1,40})_([\w-]{43})$/;

/** Keys on SQLite, signed with the user's key: a row that something else wrote into the file opens nothing. */
export function keyStore(storage: Storage): AccessKeys {
	const {database, vault, now, randomBytes} = storage;
	const macOf = (id: string, text: string, hash: string) => vault.sign(canonicalJson({use: 'access key', id, text, hash}));
	const isForged = ({id, terms, text, hash, mac}: z.output<typeof row>) => mac !== macOf(id, text, hash) || terms.id !== id;
	const found = (id: string) => database.get(row, `SELECT ${columns} FROM access_key WHERE id = ?`, id);
	const isInForce = ({revokedAt, expiresAt}: AccessKey) => revokedAt === undefined && Date.parse(expiresAt) > now();

	return {
		add: async ({name, scopes}, lastsMs) =>
			database.transaction(() => {
				const id = freeId(
					() => shortId(now(), randomBytes),
					taken => database.has('SELECT 1 FROM access_key WHERE id = ?', taken),
				);
				const expiresAt = new Date(now() + lastsMs).toISOString();
				const key: AccessKey = {id, name, scopes: [...scopes], createdAt: isoTime(storage), expiresAt};
				const secret = Buffer.from(randomBytes(secretBytes)).toString('base64url');
				const [text, hash] = [canonicalJson(key), hashOf(secret)];
				database.run('INSERT INTO access_key (id, terms, hash, mac) VALUES (?, ?, ?, ?)', id, text, hash, macOf(id, text, hash));
				return {key, token: `mkcoa_${id}_${secret}`};
			}),

		list: async () =>
			database.all(row, `SELECT ${columns} FROM access_key ORDER BY seq`).map(each => ({key: each.terms, forged: isForged(each)})),

		find: async token => {
			const [, id = '', secret = ''] = tokenPattern.exec(token) ?? [];
			const key = found(id);
			if (key === undefined || isForged(key)) return undefined;
			const isRight = timingSafeEqual(Buffer.from(hashOf(secret), 'hex'), Buffer.from(key.hash, 'hex'));
			return isRight && isInForce(key.terms) ? key.terms : undefined;
		},

		revoke: async id =>
			database.transaction(() => {
				const key = found(id);
				if (key === undefined) throw noSuchKey(id);
				if (isForged(key)) return database.run('DELETE FROM access_key WHERE id = ?', id);
				const text = canonicalJson({...key.terms, revokedAt: key.terms.revokedAt ?? isoTime(storage)});
				database.run('UPDATE access_key SET terms = ?, mac = ? WHERE id = ?', text, macOf(id, text, key.hash), id);
			}),
	};
}

const noSuchKey = (id: string) =>
	new MkcoaError({kind: 'usage', code: 'no-such-key', what: `There is no key ${id}`, next: 'See the keys with: mkcoa mcp keys list'});
