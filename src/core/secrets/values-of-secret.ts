import {isJsonObject, type Json, type JsonObject} from '../json.ts';
import {tellsOfNoSecret} from './secret-names.ts';
import {looksRandom, secretSpans} from './secret-patterns.ts';
import {secretPlaces} from './secret-places.ts';

/** A longer value is a file; no event or log line quotes all of it, so its parts are what counts. */
const longestWhole = 65_536;

/**
 * What a Secret holds, in the texts by which it would be known elsewhere: in an event, a log line, a ConfigMap. Beside each value the passwords
 * inside it (of a URL, a settings file, a `.dockerconfigjson`).
 *
 * Left out is what would blank ordinary text and gives nothing away: names, hosts, ports and the like under a key that says so (`username`, `host`),
 * words that are the Secret's own name, namespace or labels, short numbers, and certificates, which are public.
 * @param secret `data` in base64, as the API server answers it, or `stringData`
 */
export function valuesOfSecret(secret: JsonObject): readonly string[] {
	const own = ownWords(secret);
	return Object.entries(textsOf(secret)).flatMap(([key, text]) => {
		const inside = partsOf(text);
		const isOrdinary = own.has(text) || isNumber(text) || isCertificate(text) || (tellsOfNoSecret(key) && isPlainWord(text));
		return isOrdinary || text.length > longestWhole ? inside : [text, ...inside];
	});
}

function textsOf({data, stringData}: JsonObject): {readonly [key: string]: string} {
	const texts: {[key: string]: string} = {};
	for (const [key, value] of Object.entries(isJsonObject(data) ? data : {})) if (typeof value === 'string') texts[key] = decoded(value);
	for (const [key, value] of Object.entries(isJsonObject(stringData) ? stringData : {})) if (typeof value === 'string') texts[key] = value;
	return texts;
}

/** The text behind base64; the base64 itself where it is no text. */
function decoded(base64: string): string {
	const text = Buffer.from(base64, 'base64').toString('utf8');
	return text.includes('\ufffd') ? base64 : text;
}

/** Words by which the Secret itself and what it belongs to are called: `checkout`, `checkout-db`. */
function ownWords({metadata}: JsonObject): ReadonlySet<Json | undefined> {
	const {name, namespace, labels} = isJsonObject(metadata) ? metadata : {};
	const parts = typeof name === 'string' ? name.split(/[.-]/) : [];
	return new Set([name, namespace, ...parts, ...Object.values(isJsonObject(labels) ? labels : {})]);
}

const isNumber = (text: string) => /^\d{1,7}$/.test(text.trim());
const isCertificate = (text: string) => text.includes('-----BEGIN CERTIFICATE-----') && !text.includes('PRIVATE KEY');
const isPlainWord = (text: string) => /^[\w.@:/, +-]{1,253}$/.test(text) && !looksRandom(text) && secretSpans(text).length === 0;

/** Secrets inside a value. */
function partsOf(text: string): readonly string[] {
	const spans = secretSpans(text).map(({start, end}) => text.slice(start, end));
	const json = jsonOf(text);
	return [...spans, ...(json === undefined ? [] : [...secretPlaces(json).map(({value}) => value), ...signIns(json)])];
}

function jsonOf(text: string): Json | undefined {
	if (!/^\s*[[{]/.test(text)) return undefined;
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** The `auth` of each registry of a `.dockerconfigjson`: `user:password` in base64. */
function* signIns(json: Json): Generator<string> {
	const auths = isJsonObject(json) && isJsonObject(json.auths) ? Object.values(json.auths) : [];
	for (const entry of auths) {
		if (!isJsonObject(entry) || typeof entry.auth !== 'string') continue;
		const both = decoded(entry.auth);
		yield entry.auth;
		yield both.slice(both.indexOf(':') + 1);
	}
}
