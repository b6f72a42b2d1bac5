const source = '(?<kind>config ?map|secret|컨피그 ?맵|시크릿)';
const english =
	/\b(?:the|that|this|its) (?:whole|entire|complete|full|new) (?<kind>config ?map|secret)(?! (?:called |named )?[\w-]*-)(?= (?:as|into|in|for|through|via|by)\b|\s*[.,;]|$)/gi;
const korean = /(?:그|이|해당)\s?(?<kind>컨피그 ?맵|시크릿)(?=\s?(?:전체|통째|전부|모두)| 값| 내용)/g;
const named = (kind: string) =>
	new RegExp(
		`${source.replace('(?<kind>', '(?:')} (?:called |named )?(?<behind>[a-z][a-z0-9]*(?:-[a-z0-9]+)+)|(?<before>[a-z][a-z0-9]*(?:-[a-z0-9]+)+)(?:라는)? ${kind}`,
		'gi',
	);

const plain = (kind: string) => (/secret|시크릿/i.test(kind) ? '(?:secret|시크릿)' : '(?:config ?map|컨피그 ?맵)');

/** `a config map a-b with X=1 and a pod that reads the whole config map as env` → `… the whole config map a-b`, where one is named. */
export function sourcesNamed(request: string): string {
	const withName = (said: string, ...rest: readonly unknown[]) => {
		const {kind = ''} = rest.at(-1) as {readonly [group: string]: string | undefined};
		const names = new Set(
			[...request.matchAll(named(plain(kind)))]
				.filter(found => new RegExp(plain(kind), 'i').test(found[0]))
				.flatMap(({groups}) => groups?.behind ?? groups?.before ?? []),
		);
		const [name, ...others] = names;
		if (name === undefined || others.length > 0) return said;
		return /[가-힣]/.test(said) ? `${name} ${kind}` : `all of the ${kind} ${name}`;
	};
	return request.replaceAll(english, withName).replaceAll(korean, withName);
}
