/** A package URL taken apart. */
export type Purl = {
	readonly type: string;
	readonly namespace: string;
	readonly name: string;
	readonly version: string;
	readonly qualifiers: ReadonlyMap<string, string>;
};

/** Percent signs that begin nothing are left as they are. */
function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/**
 * `pkg:npm/%40babel/core@7.0.0?arch=x` taken apart; undefined for a text that is none.
 * @see https://github.com/package-url/purl-spec/blob/main/PURL-SPECIFICATION.rst
 */
export function parsePurl(text: string): Purl | undefined {
	const [, rest] = /^pkg:\/*(.+)$/is.exec(text.trim()) ?? [];
	if (rest === undefined) return undefined;
	const [withQuery = ''] = rest.split('#', 1);
	const question = withQuery.indexOf('?');
	const [path, query] = question === -1 ? [withQuery, ''] : [withQuery.slice(0, question), withQuery.slice(question + 1)];
	const at = path.lastIndexOf('@');
	// The at sign of a scope is written in full by some.
	const isVersion = at > path.lastIndexOf('/');
	const [place, version] = isVersion ? [path.slice(0, at), path.slice(at + 1)] : [path, ''];
	const [type, ...segments] = place.split('/').filter(segment => segment !== '');
	const name = segments.at(-1);
	if (type === undefined || name === undefined) return undefined;
	const qualifiers = query.split('&').flatMap(pair => {
		const equals = pair.indexOf('=');
		return equals <= 0 ? [] : [[pair.slice(0, equals).toLowerCase(), decoded(pair.slice(equals + 1))] as const];
	});
	return {
		type: type.toLowerCase(),
		namespace: segments.slice(0, -1).map(decoded).join('/'),
		name: decoded(name),
		version: decoded(version),
		qualifiers: new Map(qualifiers),
	};
}
