import {isJsonObject} from '../../../../core/json.ts';
import {objectsAt, wordAt} from '../../model/fields.ts';
import {ApiError} from '../transport/api-error.ts';
import type {Transport} from '../transport/transport.ts';
import {type Discovered, readAggregated, readResourceList} from './read-resources.ts';
import {versionPath} from './resource-path.ts';

const aggregated = (version: string) => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;
const accept = `${aggregated('v2')},${aggregated('v2beta1')},application/json`;

/**
 * Every kind that the cluster serves: two requests where the server aggregates (Kubernetes 1.26 and later), one for each
 * group-version elsewhere. A group that does not answer is told in `missing` and costs no other group.
 * @throws MkcoaError when the API server itself does not answer
 */
export async function discover(transport: Transport): Promise<Discovered> {
	const roots = await Promise.all(['/api', '/apis'].map(path => readRoot(transport, path)));
	return {types: roots.flatMap(({types}) => types), missing: roots.flatMap(({missing}) => missing)};
}

async function readRoot(transport: Transport, path: string): Promise<Discovered> {
	const {body} = await transport.json({method: 'GET', path, accept, changes: false, about: {verb: 'discover', resource: 'API resources'}});
	if (body.kind === 'APIGroupDiscoveryList') return readAggregated(body);
	const apiVersions =
		path === '/api'
			? (Array.isArray(body.versions) ? body.versions : []).filter(version => typeof version === 'string')
			: objectsAt(body.groups).flatMap(groupVersions);
	const read = await Promise.all(apiVersions.map(apiVersion => readVersion(transport, apiVersion)));
	return {types: read.flatMap(({types}) => types), missing: read.flatMap(({missing}) => missing)};
}

/** The preferred version first, then the others in the server's order. */
function groupVersions(group: ReturnType<typeof objectsAt>[number]): readonly string[] {
	const preferred = isJsonObject(group.preferredVersion) ? wordAt(group.preferredVersion.groupVersion) : '';
	return [...new Set([preferred, ...objectsAt(group.versions).map(({groupVersion}) => wordAt(groupVersion))])].filter(
		version => version !== '',
	);
}

async function readVersion(transport: Transport, apiVersion: string): Promise<Discovered> {
	try {
		const about = {verb: 'discover', resource: `resources of ${apiVersion}`};
		const {body} = await transport.json({method: 'GET', path: versionPath(apiVersion), changes: false, about});
		return {types: readResourceList(apiVersion, body), missing: []};
	} catch (error) {
		if (error instanceof ApiError && error.refusal.status !== 401) return {types: [], missing: [apiVersion]};
		throw error;
	}
}
