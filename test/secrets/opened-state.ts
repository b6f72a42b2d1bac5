import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {gunzipSync} from 'node:zlib';
import {imagePlace} from '../../src/state/journal-row.ts';
import {loadUserKey} from '../../src/state/user-key.ts';
import {makeVault, type Place} from '../../src/state/vault.ts';
import {bytesBelow} from './planted.ts';

const noBytes = () => {
	throw new Error('nothing is made here');
};

/** Everything below a state folder as a thief reads it who has the key: raw, decrypted, and without base64 and gzip. */
export function openedState(folder: string): string {
	const state = join(folder, 'state', 'mkcoa');
	const vault = makeVault(loadUserKey(state, noBytes), noBytes);
	const opened = (body: unknown, place: Place): string => {
		if (!(body instanceof Uint8Array)) return '';
		const found = vault.open(body, place);
		if ('unavailable' in found) throw new Error(`${place.join(' ')}: ${found.unavailable}`);
		return JSON.stringify(found.value);
	};
	const texts = [bytesBelow(state), ...decrypted(join(state, 'state.db'), opened)];
	return texts.map(text => [text, ...unpacked(text, 4)].join('\n')).join('\n');
}

function decrypted(file: string, opened: (body: unknown, place: Place) => string): readonly string[] {
	const database = new DatabaseSync(file, {readOnly: true});
	const rows = (sql: string) => database.prepare(sql).all();
	try {
		return [
			...rows('SELECT * FROM sealed').map(({owner, digest, body}) => opened(body, ['sealed', String(owner), String(digest)])),
			...rows('SELECT * FROM effect').flatMap(({entry, position, write, before, after}) =>
				(
					[
						['before', before],
						['after', after],
					] as const
				).map(([field, body]) => opened(body, imagePlace(String(entry), Number(position), field, String(write)))),
			),
			...['entry', 'effect', 'waiting', 'audit'].map(table => JSON.stringify(rows(`SELECT * FROM ${table}`))),
		];
	} finally {
		database.close();
	}
}

/** What stands in base64 in a text, gzipped or not, and what stands in that. */
function unpacked(text: string, depth: number): readonly string[] {
	if (depth === 0) return [];
	return [...text.matchAll(/[A-Za-z0-9+/]{8,}={0,2}/g)].flatMap(([word]) => {
		const bytes = Buffer.from(word, 'base64');
		const inner = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes).toString('latin1') : bytes.toString('latin1');
		// Words are letters too: only what was packed can be unpacked again.
		return bytes[0] === 0x1f ? [inner, ...unpacked(inner, depth - 1)] : [inner];
	});
}
