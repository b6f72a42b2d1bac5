import {createCipheriv, createDecipheriv, hkdfSync} from 'node:crypto';
import {canonicalJson, type Json} from '../core/json.ts';
import {sign} from '../core/secrets/sign.ts';
import type {RandomBytes} from './user-key.ts';

/** Where a ciphertext belongs. Opened at another place, it is refused, so rows cannot be swapped. */
export type Place = readonly (string | number)[];

type Opened = {readonly value: Json} | {readonly unavailable: string};

/** Encrypts and signs with keys derived from the user's own. */
export type Vault = {
	/** Tells one key from another without telling the key. */
	readonly keyId: string;
	/** AES-256-GCM: format byte, key id (8), nonce (12), tag (16), ciphertext. */
	readonly seal: (value: Json, place: Place) => Uint8Array;
	/** Never throws: what cannot be read any more says why. */
	readonly open: (sealed: Uint8Array, place: Place) => Opened;
	/** HMAC-SHA-256 in hexadecimal. */
	readonly sign: (text: string) => string;
};

const format = 1;
const keyIdEnd = 9;
const nonceEnd = 21;
const tagEnd = 37;

/** @param key 32 bytes; each use gets a key of its own by HKDF-SHA-256 (RFC 5869) */
export function makeVault(key: Uint8Array, randomBytes: RandomBytes): Vault {
	const derive = (use: string, size: number) => Buffer.from(hkdfSync('sha256', key, '', `mkcoa ${use} v1`, size));
	const keyId = derive('key id', 8);
	const cipherKey = derive('encryption', 32);
	const signKey = derive('audit', 32);
	return {
		keyId: keyId.toString('hex'),
		seal(value, place) {
			const nonce = randomBytes(12);
			const cipher = createCipheriv('aes-256-gcm', cipherKey, nonce).setAAD(placeBytes(place));
			const body = Buffer.concat([cipher.update(canonicalJson(value), 'utf8'), cipher.final()]);
			return Buffer.concat([Buffer.of(format), keyId, nonce, cipher.getAuthTag(), body]);
		},
		open(sealed, place) {
			const bytes = Buffer.from(sealed);
			if (bytes[0] !== format || bytes.length < tagEnd) return {unavailable: 'it was written in a form that this version does not know'};
			if (!bytes.subarray(1, keyIdEnd).equals(keyId)) return {unavailable: 'the key that encrypted it is gone'};
			try {
				const decipher = createDecipheriv('aes-256-gcm', cipherKey, bytes.subarray(keyIdEnd, nonceEnd), {authTagLength: 16})
					.setAAD(placeBytes(place))
					.setAuthTag(bytes.subarray(nonceEnd, tagEnd));
				return {value: JSON.parse(Buffer.concat([decipher.update(bytes.subarray(tagEnd)), decipher.final()]).toString('utf8'))};
			} catch {
				return {unavailable: 'it was changed after it was written'};
			}
		},
		sign: text => sign(signKey, text),
	};
}

const placeBytes = (place: Place) => Buffer.from(JSON.stringify(place), 'utf8');
