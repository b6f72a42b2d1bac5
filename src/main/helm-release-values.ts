import {gunzipSync} from 'node:zlib';
import {parseAllDocuments} from 'yaml';
import {isJsonObject, type Json, type JsonObject} from '../core/json.ts';
import {secretPlaces} from '../core/secrets/secret-places.ts';
import {valuesOfSecret} from '../core/secrets/values-of-secret.ts';

/** What a release unpacks to is cut off here: it is somebody else's archive. */
const mostBytes = 8 * 1024 * 1024;
/** Secrets of a chart are small; parsing more than this would be felt. */
const longestDocument = 100_000;

/**
 * The secrets inside what Helm keeps of a release: values that the person gave it, and the Secrets that it rendered.
 * @param secret of type `helm.sh/release.v1`: `data.release` is JSON, gzipped, in base64 twice
 * @returns none where it is something else
 */
export function helmReleaseValues({data}: JsonObject): readonly string[] {
	const release = isJsonObject(data) && typeof data.release === 'string' ? unpacked(data.release) : undefined;
	if (!isJsonObject(release)) return [];
	const {config, manifest, hooks} = release;
	const manifests = [manifest, ...(Array.isArray(hooks) ? hooks.map(hook => (isJsonObject(hook) ? hook.manifest : undefined)) : [])];
	return [
		...secretPlaces(config).map(({value}) => value),
		...manifests.flatMap(text => (typeof text === 'string' ? secretsIn(text).flatMap(valuesOfSecret) : [])),
	];
}

function unpacked(release: string): Json | undefined {
	try {
		const archive = Buffer.from(Buffer.from(release, 'base64').toString('latin1'), 'base64');
		return JSON.parse(gunzipSync(archive, {maxOutputLength: mostBytes}).toString('utf8'));
	} catch {
		return undefined;
	}
}

const secretsIn = (manifest: string): readonly JsonObject[] =>
	manifest
		.split(/^(?=---)/m)
		.filter(text => text.length <= longestDocument && /^kind:\s*["']?Secret\b/m.test(text))
		.flatMap(text => parseAllDocuments(text).map(document => document.toJS({maxAliasCount: 100})))
		.filter(isJsonObject);
