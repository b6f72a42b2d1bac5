import {oncePerObject} from '../../../core/once-per-object.ts';

/** What tells a secret: names by what they contain, values by regular expressions; what is allowed goes before both. */
export type SecretSigns = {
	readonly names: readonly string[];
	readonly allowedNames: readonly string[];
	readonly values: readonly string[];
	readonly allowedValues: readonly string[];
};

/** Values that are known to be keys, whoever made them. */
const keyValues = [
	...['-----BEGIN [A-Z ]*PRIVATE KEY', 'AKIA[0-9A-Z]{16}', 'ASIA[0-9A-Z]{16}', 'gh[pousr]_[0-9A-Za-z]{36}', 'github_pat_[0-9A-Za-z_]{22,}'],
	...[
		'glpat-[0-9A-Za-z_-]{20}',
		'AIza[0-9A-Za-z_-]{35}',
		'xox[abprs]-[0-9A-Za-z-]{10,}',
		'sk_live_[0-9A-Za-z]{24,}',
		'npm_[0-9A-Za-z]{36}',
	],
	...[
		'eyJ[0-9A-Za-z_-]{10,}\\.eyJ[0-9A-Za-z_-]{10,}\\.[0-9A-Za-z_-]*',
		'sk-ant-[0-9A-Za-z_-]{20,}',
		'dop_v1_[0-9a-f]{64}',
		'hvs\\.[0-9A-Za-z_-]{24,}',
	],
];

/** Where nobody says otherwise. A name of these alone is no secret where its value is a switch, a number, a path or a reference. */
export const secretSigns: SecretSigns = {
	names: [
		...['password', 'passwd', 'passphrase', 'pwd', 'secret', 'token', 'credential', 'api_key', 'apikey', 'access_key', 'accesskey'],
		...['private_key', 'privatekey', 'secret_key', 'encryption_key', 'signing_key', 'auth_key', 'jwt', 'bearer'],
	],
	allowedNames: [
		...['_file', '_path', '_dir', '_name', '_ttl', '_expir', '_lifetime', '_timeout', '_length', '_policy', '_url', '_uri', '_endpoint'],
		...['_issuer', '_audience', '_algorithm', '_type', '_enabled', '_header', 'secret_ref', 'tokenizer', 'max_token', 'maxtoken'],
	],
	values: keyValues,
	allowedValues: [
		'^$',
		'^(true|false|yes|no|on|off|none|null|[0-9]+[a-z]*)$',
		'^/',
		'^\\$\\{?\\(?[A-Za-z_]',
		'^\\$\\(',
		'^<.*>$',
		'^(vault|ref|secret|aws|gcp|azure|op|sops|env|file):',
	],
};

type Reader = (name: string, value: string) => boolean;

/** @returns whether a name with its value is a secret in the open, its value also as Base64 of one. Words that are no regular expressions are taken as they stand. */
export const secretReader: (signs: SecretSigns) => Reader = oncePerObject(
	({names, allowedNames, values, allowedValues}: SecretSigns): Reader => {
		const bad = anyOf(values, '');
		const good = anyOf(allowedValues, 'i');
		const [badNames, goodNames] = [names.map(oneSpelling), allowedNames.map(oneSpelling)];
		// Thousands of containers have variables of the same names.
		const known = new Map<string, boolean>();
		const isNamedSo = (name: string) => {
			const spellings = [oneSpelling(name), oneSpelling(name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2'))];
			const holds = (words: readonly string[]) => words.some(word => spellings.some(each => each.includes(word)));
			return holds(badNames) && !holds(goodNames);
		};
		return (name, value) => {
			if (value === '' || good.test(value)) return false;
			const isNamed = known.get(name) ?? isNamedSo(name);
			known.set(name, isNamed);
			return isNamed || isKey(bad, value);
		};
	},
);

/** `db.api-key` and `DB_API_KEY` are one name. */
const oneSpelling = (name: string) => name.toLowerCase().replaceAll(/[-.]/g, '_');

const isKey = (each: RegExp, value: string) =>
	each.test(value) || (isBase64(value) && each.test(Buffer.from(value, 'base64').toString('latin1')));

const isBase64 = (value: string) => value.length >= 16 && value.length % 4 === 0 && /^[0-9A-Za-z+/\s]+={0,2}\s*$/.test(value);

/** One expression for all of them; of none, one that nothing fits. */
const anyOf = (texts: readonly string[], flags: string) =>
	new RegExp(texts.length === 0 ? '(?!)' : texts.map(text => `(?:${wellFormed(text)})`).join('|'), flags);

function wellFormed(text: string): string {
	try {
		return new RegExp(text).source;
	} catch {
		return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
	}
}
