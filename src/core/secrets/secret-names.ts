/**
 * How sure a name is that its value is secret.
 * `sure`: a password, a token, a key. `reference`: it may as well name a Secret object. `weak`: only a value that looks the part counts.
 */
export type NameVerdict = 'sure' | 'reference' | 'weak';

/** Last words that make a name tell about a secret instead of being one: `TOKEN_TTL_SECONDS`, `SECRET_NAME`, `PASSWORD_FILE`. */
const aboutSecrets = new Set(
	`name names ref refs file files path paths dir directory mount url uri urls endpoint host port server domain ttl second seconds minute minutes
	hour hours day days ms millis timeout expiry expires expiration lifetime duration interval age enabled disabled required optional length size
	count limit limits min max policy type types kind mode method algorithm alg issuer audience provider id ids version revision rotation header
	prefix suffix realm namespace format field scope scopes class store backend manager regex pattern location region user username usernames`.split(
		/\s+/,
	),
);

/** Words that are a secret by themselves, also at the end of a longer word: `PGPASSWORD`, `dbpassword`. */
const sureEndings = [
	'password',
	'passwd',
	'passphrase',
	'apikey',
	'accesskey',
	'privatekey',
	'authtoken',
	'accesstoken',
	'refreshtoken',
	'clientsecret',
	'htpasswd',
	'dockerconfigjson',
];

const sureWords = new Set(['pwd', 'token', 'pass', 'passcode', 'jwt', 'dsn', 'bearer']);
const referenceWords = new Set([
	'secret',
	'secrets',
	'credential',
	'credentials',
	'creds',
	'tokens',
	'passwords',
	'kubeconfig',
	'authorization',
]);
const weakWords = new Set(['auth', 'dockercfg']);

/** What stands before `key` in the name of a secret key. */
const keyOwners = new Set(
	'api access private encryption encrypt signing sign master account shared ssh auth webhook deploy jwt aes hmac storage session service license'.split(
		' ',
	),
);

/** Most names hold none of the words, and need not be taken apart. */
const mayTell = new RegExp([...sureEndings, ...sureWords, ...referenceWords, ...weakWords, 'key'].join('|'), 'i');

const wordsOf = (name: string) =>
	name
		.replace(/([a-z0-9])([A-Z])/g, '$1 $2')
		.toLowerCase()
		.split(/[^a-z0-9]+/)
		.filter(word => word !== '' && !/^\d+$/.test(word));

function wordVerdict(word: string, previous: string | undefined): NameVerdict | undefined {
	const bare = word.replace(/\d+$/, '');
	if (sureWords.has(bare) || sureEndings.some(ending => bare.endsWith(ending))) return 'sure';
	if ((bare === 'key' || bare === 'keys') && previous !== undefined && keyOwners.has(previous)) return 'sure';
	// `secretKey` is as often the name of a key in a Secret.
	if ((bare === 'key' && previous === 'secret') || bare.endsWith('secretkey')) return 'reference';
	// `client_secret` holds one; `tls-secret` names one.
	if (bare === 'secret' && previous === 'client') return 'sure';
	if (referenceWords.has(bare)) return 'reference';
	return weakWords.has(bare) ? 'weak' : undefined;
}

/** Last words of a key whose value names something: who, where, which. */
const namingWords = new Set([
	...aboutSecrets,
	...`address addr bucket ca cert certificate channel cluster cn crt database db dbname description driver email engine environment env from
	hostname issuer level login mail org organization owner port project protocol queue role sender scheme schema table tenant topic zone`.split(
		/\s+/,
	),
]);

/** Whether the key of a value says that it names something, and nothing that it is secret: `username`, `DB_HOST`, `tls.crt`. */
export function tellsOfNoSecret(key: string): boolean {
	const last = wordsOf(key).at(-1);
	return last !== undefined && namingWords.has(last) && secretName(key) === undefined;
}

const strength: {readonly [verdict in NameVerdict]: number} = {sure: 3, reference: 2, weak: 1};

/** Judges the name of an environment variable, a key or an annotation by its words. Undefined: nothing secret about it. */
export function secretName(name: string): NameVerdict | undefined {
	if (!mayTell.test(name)) return undefined;
	const words = wordsOf(name);
	const last = words.at(-1);
	if (last === undefined || aboutSecrets.has(last) || words[0] === 'max' || words[0] === 'min' || words[0] === 'num') return undefined;
	const verdicts = words.map((word, index) => {
		const verdict = wordVerdict(word, words[index - 1]);
		// `KEYCLOAK_AUTH_FLOW` is no secret: weak words count only at the end.
		return verdict === 'weak' && index !== words.length - 1 ? undefined : verdict;
	});
	return verdicts.reduce((best, verdict) => {
		if (verdict === undefined) return best;
		return best === undefined || strength[verdict] > strength[best] ? verdict : best;
	}, undefined);
}

const harmlessWord =
	/^(?:true|false|yes|no|on|off|none|null|nil|enabled|disabled|optional|required|basic|oauth2?|oidc|ldap|saml|bearer|\d{1,5})$/i;
const reference =
	/^(?:\$\([\w.-]+\)|\$\{[^}]*\}|\{\{[^}]*\}\}|<[\w -]+>|\*{3,}|‹[^›]*›|(?:vault|secret|ref\+\w+|aws-sm|gcp-sm|op|file):\S+)$/;
const unixPath =
	/\/(?:etc|var|run|mnt|opt|home|usr|tmp|secrets?|configs?|vault|data|app|srv|root|Users|Library|Volumes|private)(?:\/[\w.@-]+)*\/?/.source;
const windowsPath = /[A-Za-z]:(?:\\[\w.@-]+)+/.source;
/** One path, or a list as variables hold it. */
const path = new RegExp(`^(?:${unixPath}(?::${unixPath})*|${windowsPath}(?:;${windowsPath})*)$`);

/** Whether a value says nothing worth hiding, whatever its name: a switch, a small number, a reference, a path, a placeholder. */
export const isHarmlessValue = (value: string) =>
	value.trim() === '' || harmlessWord.test(value.trim()) || reference.test(value.trim()) || path.test(value.trim());

const objectName = /^(?:[a-z0-9]([a-z0-9-]*[a-z0-9])?\/)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;
const isMixed = (value: string) => value.includes(':') || (value.length >= 8 && /\d/.test(value) && /[a-z]/i.test(value));

/**
 * Whether a value is secret because of its name.
 * @param where an `entry` (environment variable, ConfigMap key, command-line flag) holds values; a `field` (annotation, field of a custom resource) often names Secrets
 */
export function isSecretByName(name: string, value: string, where: 'entry' | 'field'): boolean {
	const verdict = secretName(name);
	if (verdict === undefined || isHarmlessValue(value)) return false;
	if (verdict === 'weak') return isMixed(value);
	return verdict === 'sure' || where === 'entry' || !objectName.test(value);
}
