/** `the clients' MODE`, `atlas' memory limit`: of a name that ends in an s. */
const endsInS =
	/(?<=(?:^|[\s,;:(])[a-z][\w-]*s)['’](?=\s(?:[A-Z][A-Z0-9_]{2,}|cpu|memory|image|replicas?|limits?|requests?|labels?|annotations?|readiness|liveness|startup|probes?|ports?|schedule|env|variables?|timeout|version)\b)/g;

const key = '[A-Z][A-Z0-9_]{2,}';
const value =
	'(?!(?:and|is|to|be|as|at|was|has|should|must|stays?|remains?|unchanged|alone|on|in|of|from|for|with|out|too)\\b)[^\\s,;]+[^\\s,;.!]|(?<=\\s)[\\w]';
const owned = new RegExp(
	`(?<verb>\\b(?:set|change|switch|turn|make|put)\\s+)?(?<first>(?:the\\s+)?[a-z][\\w-]*['’]s\\s+${key}\\s+(?<to>(?:(?:should|must|shall|has to|needs to|is to|ought to)\\s+(?:be|read|say|become)|(?:becomes|gets)|to)\\s+)(?:${value}))(?<more>(?:(?:,\\s*(?:and\\s+)?|;\\s*|\\s+and\\s+)(?:the\\s+)?[a-z][\\w-]*['’]s\\s+${key}\\s+(?:to\\s+|be\\s+)?(?:${value}))+)(?=\\s*(?:$|[.,;!](?:\\s|$)|please|now|too))`,
	'g',
);
const another = new RegExp(
	`(?:,\\s*(?:and\\s+)?|;\\s*|\\s+and\\s+)(?<owner>(?:the\\s+)?[a-z][\\w-]*['’]s)\\s+(?<key>${key})\\s+(?:to\\s+|be\\s+)?(?<value>${value})`,
	'g',
);

/** `web's MODE should be slow, cakes' LEVEL loud` → `web's MODE should be slow and cakes's LEVEL should be loud`: each key with its verb. */
export function ownedKeys(request: string): string {
	const isQuoted = (request.match(/(?<!\w)['’]/g) ?? []).length > 0;
	const text = isQuoted ? request : request.replaceAll(endsInS, "'s");
	return text.replaceAll(owned, (...found) => {
		const {verb = '', first = '', to = '', more = ''} = found.at(-1) as {readonly [group: string]: string | undefined};
		return `${verb}${first}${more.replaceAll(another, (...part) => {
			const {owner, key: name, value: wanted} = part.at(-1) as {readonly [group: string]: string | undefined};
			return ` and ${verb}${owner} ${name} ${to}${wanted}`;
		})}`;
	});
}
