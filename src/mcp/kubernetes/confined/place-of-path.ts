/**
 * Where a read below the API server goes: to objects of one namespace, to all objects of a kind, to what says nothing of objects, or elsewhere,
 * which only those may who may go anywhere.
 */
export type Place =
	| {readonly kind: 'namespace'; readonly namespace: string}
	| {readonly kind: 'collection'; readonly apiVersion: string; readonly plural: string}
	| {readonly kind: 'open'}
	| {readonly kind: 'elsewhere'};

const versionOfCluster = /^\/(version|api|apis|readyz|livez|healthz)$/;
const root = String.raw`^\/(?:api\/(v1)|apis\/([^/]+\/[^/]+))`;
const ofNamespace = new RegExp(String.raw`${root}\/namespaces\/([^/]+)\/.+$`);
const ofKind = new RegExp(String.raw`${root}\/([^/]+)$`);

export function placeOfPath(path: string): Place {
	const [bare = ''] = path.split(/[?#]/);
	if (leadsAstray(bare)) return {kind: 'elsewhere'};
	if (versionOfCluster.test(bare)) return {kind: 'open'};
	const [, , , namespace] = ofNamespace.exec(bare) ?? [];
	if (namespace !== undefined) return {kind: 'namespace', namespace};
	const [, core, group, plural] = ofKind.exec(bare) ?? [];
	const apiVersion = core ?? group;
	return apiVersion === undefined || plural === undefined ? {kind: 'elsewhere'} : {kind: 'collection', apiVersion, plural};
}

/** Paths that are another one by the time a server reads them: with dots, blanks, or escapes of what parts a path. */
const leadsAstray = (path: string) =>
	/[^!-~]|\\|\/\/|%(?:2e|2f|5c|25)/i.test(path) || path.split('/').some(part => part === '.' || part === '..');

/** The path of all objects of a kind, for those of one namespace. */
export function withinNamespace(path: string, namespace: string): string {
	const [, bare = '', query = ''] = /^([^?]*)(\?.*)?$/s.exec(path) ?? [];
	const cut = bare.lastIndexOf('/');
	return `${bare.slice(0, cut)}/namespaces/${namespace}${bare.slice(cut)}${query}`;
}
