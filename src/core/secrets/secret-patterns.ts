import {isHarmlessValue, secretName} from './secret-names.ts';

/** Where a secret stands in a text: from `start` up to `end`, exclusive. */
export type Span = {readonly start: number; readonly end: number};

/** One form that secrets take. */
type Pattern = {
	readonly what: string;
	/** What every text of this form holds. Most texts hold none of what any form needs, and the others little of it. */
	readonly needs: RegExp;
	/** The group `secret` is what gets hidden. */
	readonly form: RegExp;
	/** Looks at the other groups. */
	readonly accept?: (groups: {readonly [name: string]: string}) => boolean;
};

/** In messages, `secret="web-tls"` names an object; such names hold a hyphen or no digit. */
const namesObject = /^(?=.*-|\D*$)[a-z0-9][a-z0-9./-]*$/;

const namedSecret = ({name = '', secret = ''}: {readonly [name: string]: string}) => {
	const verdict = secretName(name);
	if (verdict === undefined || verdict === 'weak' || isHarmlessValue(secret)) return false;
	return verdict === 'sure' || !namesObject.test(secret);
};

/** Forms with a maker's mark: precise enough to hide wherever they stand. */
const keyForms = [
	'(?:AKIA|ASIA|AROA|AIDA)[0-9A-Z]{16}', // AWS
	'AIza[\\w-]{35}', // Google API
	'ya29\\.[\\w-]{20,}', // Google OAuth
	'gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\\w{22,}', // GitHub
	'glpat-[\\w-]{20,}', // GitLab
	'xox[abeoprs]-[\\w-]{10,}|xapp-[\\w-]{10,}', // Slack
	'(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{10,}|whsec_[A-Za-z0-9+/]{16,}', // Stripe
	'sk-[\\w-]{20,}', // OpenAI, Anthropic
	'SG\\.[\\w-]{16,}\\.[\\w-]{16,}', // SendGrid
	'npm_[A-Za-z0-9]{30,}|pypi-[\\w-]{30,}', // registries
	'hv[sb]\\.[\\w-]{20,}', // Vault
	'dop_v1_[0-9a-f]{32,}', // DigitalOcean
	'k8s-aws-v1\\.[\\w-]{20,}', // EKS sign-in
	'AGE-SECRET-KEY-1[0-9A-Z]{20,}', // age
];

const makersKey = `(?<![\\w-])(?<secret>${keyForms.join('|')})`;

const patterns: readonly Pattern[] = [
	{
		what: 'private key',
		needs: /-----BEGIN/,
		form: /(?<secret>-----BEGIN [A-Z0-9 ]*PRIVATE KEY[A-Z ]*-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY[A-Z ]*-----|$))/dg,
	},
	{
		what: 'Authorization header',
		needs: /authorization/i,
		form: /\bauthorization["']?\s*[:=]\s*["']?(?:(?:bearer|basic|token|digest|negotiate)\s+)?(?<secret>[^\s"',]{4,})/dgi,
	},
	{what: 'bearer token', needs: /bearer\s/i, form: /\bbearer\s+(?=[^\s"',]*\d)(?<secret>[\w.~+/=-]{8,})/dgi},
	{what: 'JSON web token', needs: /eyJ/, form: /\b(?<secret>eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]+)*)/dg},
	// A port followed by a path is no password: `http://web:8080/users/@me`.
	{
		what: 'password in a URL',
		needs: /:\/\//,
		form: /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/?#"'<>]{0,200}:(?!\d{1,5}\/)(?<secret>[^\s@"'<>]{1,500})@/dgi,
	},
	{what: 'key in a URL', needs: /:\/\//, form: /\b[a-z][a-z0-9+.-]{1,20}:\/\/(?=[^\s:@/]*\d)(?<secret>[^\s:@/?#"'<>]{16,200})@/dgi},
	{what: 'Slack webhook', needs: /hooks\.slack/, form: /hooks\.slack\.com\/services\/(?<secret>[\w/]{10,})/dg},
	{what: 'key form of a maker', needs: new RegExp(makersKey), form: new RegExp(makersKey, 'dg')},
	{
		what: 'signed link',
		needs: /[?&]/,
		form: /[?&](?:sig|signature|x-amz-signature|x-goog-signature|access_token|x-amz-security-token)=(?<secret>[^\s&"']{8,})/dgi,
	},
	{
		what: 'name=value',
		needs: /=/,
		form: /(?<![\w.-])-{0,2}(?<name>[A-Za-z][\w.-]{1,80})["']?\s?=\s?["']?(?<secret>[^\s"',;&]{3,})/dg,
		accept: namedSecret,
	},
	{
		what: '"name": "value"',
		needs: /["']\s*:/,
		form: /["'](?<name>[\w.-]{2,80})\\?["']\s*:\s*\\?(?<quote>["'])(?<secret>(?:(?!\\?\k<quote>).){1,2000})/dg,
		accept: namedSecret,
	},
	{
		what: 'name: value on a line of its own',
		needs: /:[ \t]/,
		form: /^[ \t-]*(?<name>[A-Za-z][\w.-]{1,80}):[ \t]+["']?(?<secret>[^\s"'|>{[][^\s"']*)["']?[ \t]*$/dgm,
		accept: namedSecret,
	},
	{
		what: 'option and value',
		needs: /--[a-z]/,
		form: /(?<!\S)--(?<name>[a-z][\w-]{1,80})\s+["']?(?<secret>[^\s"'-][^\s"']*)/dg,
		accept: namedSecret,
	},
];

/** Without regard to case, as some forms are: it may let a text through in vain, and never keeps one back. */
const mayHoldSecret = new RegExp([...new Set(patterns.map(({needs}) => needs.source))].join('|'), 'i');

/** What mkcoa itself wrote in the place of a secret. */
export const isPlaceholder = (text: string) => /^‹(?:sealed|redacted)[^›]*›$/.test(text);

function* spansOf({needs, form, accept}: Pattern, text: string): Generator<Span> {
	if (!needs.test(text)) return;
	for (const match of text.matchAll(form)) {
		const place = match.indices?.groups?.secret;
		if (place === undefined || isPlaceholder(match.groups?.secret ?? '') || accept?.(match.groups ?? {}) === false) continue;
		yield {start: place[0], end: place[1]};
	}
}

/** Sorted, and joined where they touch. */
export function joinSpans(spans: readonly Span[]): readonly Span[] {
	const joined: Span[] = [];
	for (const span of spans.toSorted((left, right) => left.start - right.start || right.end - left.end)) {
		const last = joined.at(-1);
		if (last !== undefined && span.start <= last.end) joined[joined.length - 1] = {start: last.start, end: Math.max(last.end, span.end)};
		else joined.push(span);
	}
	return joined;
}

/** The parts of a text that look like secrets, by the table above. In order, without overlap. */
export const secretSpans = (text: string): readonly Span[] =>
	text.length < 4 || !mayHoldSecret.test(text) ? [] : joinSpans(patterns.flatMap(pattern => [...spansOf(pattern, text)]));

/** The text with each span replaced by what `write` answers for it. Spans are in order and do not overlap. */
export function replaceSpans(text: string, spans: readonly Span[], write: (hidden: string) => string): string {
	let from = 0;
	let answer = '';
	for (const {start, end} of spans) {
		answer += text.slice(from, start) + write(text.slice(start, end));
		from = end;
	}
	return answer + text.slice(from);
}

const bitsPerCharacter = (text: string) => {
	const counts = new Map<string, number>();
	for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
	return [...counts.values()].reduce((bits, count) => bits - (count / text.length) * Math.log2(count / text.length), 0);
};

/** Whether one word looks random: at least 24 characters of mixed case and digits with 4 bits each. Hex digests and object names are no such words. */
export const looksRandom = (value: string) =>
	/^[A-Za-z0-9+/_-]{24,}={0,2}$/.test(value) &&
	/[a-z]/.test(value) &&
	/[A-Z]/.test(value) &&
	/\d/.test(value) &&
	bitsPerCharacter(value) >= 4;
