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
		...[
			'password',
			'passwd',
			'passphrase',
			'pwd',
			'secret',
			'token',
			'credential',
			'api_key',
			'apikey',
			'api-key',
			'access_key',
			'accesskey',
		],
		...['private_key', 'privatekey', 'private-key', 'secret_key', 'encryption_key', 'signing_key', 'auth_key', 'jwt', 'bearer'],
	],
	allowedNames: [
		...[
			'_file',
			'-file',
			'.file',
			'_path',
			'_dir',
			'_name',
			'-name',
			'_ttl',
			'_expir',
			'_lifetime',
			'_timeout',
			'_length',
			'_policy',
			'_url',
			'_uri',
		],
		...[
			'_endpoint',
			'_issuer',
			'_audience',
			'_algorithm',
			'_type',
			'_enabled',
			'_header',
			'secret_ref',
			'tokenizer',
			'max_token',
			'maxtoken',
		],
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
export function secretReader({names, allowedNames, values, allowedValues}: SecretSigns): Reader {
	const bad = values.map(text => expression(text));
	const good = allowedValues.map(text => expression(text, 'i'));
	const lower = (words: readonly string[]) => words.map(word => word.toLowerCase());
	const [badNames, goodNames] = [lower(names), lower(allowedNames)];
	return (name, value) => {
		if (value === '' || good.some(each => each.test(value))) return false;
		const key = name.toLowerCase();
		if (goodNames.some(word => key.includes(word))) return bad.some(each => isKey(each, value));
		return badNames.some(word => key.includes(word)) || bad.some(each => isKey(each, value));
	};
}

const isKey = (each: RegExp, value: string) =>
	each.test(value) || (isBase64(value) && each.test(Buffer.from(value, 'base64').toString('latin1')));

const isBase64 = (value: string) => value.length >= 16 && value.length % 4 === 0 && /^[0-9A-Za-z+/\s]+={0,2}\s*$/.test(value);

function expression(text: string, flags = ''): RegExp {
	try {
		return new RegExp(text, flags);
	} catch {
		return new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'), flags);
	}
}
