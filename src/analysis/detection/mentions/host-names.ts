/** A host that a text names, with the port behind it, and where in the text both stand. */
export type NamedHost = {
	readonly host: string;
	readonly port?: number | undefined;
	/** The text says no port, and the scheme means this one. */
	readonly isImplied?: true;
	/** The name of the SRV kind that it is asked by, `_gossip._tcp` before the host: the name of a port, and its protocol in capitals. */
	readonly srv?: {readonly port: string; readonly protocol: string};
	readonly at: number;
};

const schemePorts: {readonly [scheme: string]: number} = {http: 80, ws: 80, https: 443, wss: 443};

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const name = `${label}(?:\\.${label})*\\.?`;
/** `http://user@host:80`: whatever the scheme is. */
const withScheme = new RegExp(`(?<scheme>[a-z][a-z0-9+.-]*)://(?:[^\\s/@"']*@)?(?<host>${name})(?::(?<port>\\d{1,5}))?`, 'gi');
/** `host:5432`: a name with a letter in it, and not a part of a path, a time or an image. */
const withPort = new RegExp(`(?<![\\w./:@-])(?:[\\w.%-]*:?[^\\s/@"',=]*@)?(?<host>${name}):(?<port>\\d{2,5})(?![\\w.:-])`, 'gi');
/** Names that are of a cluster beyond doubt. */
const ofCluster = new RegExp(`(?<![\\w.-])(?<host>${label}(?:\\.${label}){1,3}\\.svc(?:\\.[a-z0-9.-]+)?)(?::(?<port>\\d{2,5}))?`, 'gi');
/** `_gossip._tcp.voices`: what stands behind is a Service beyond doubt, or a name of the world. */
const ofService = new RegExp(`(?<![\\w.-])_(?<srv>[a-z0-9][a-z0-9-]*)\\._(?<protocol>tcp|udp|sctp)\\.(?<host>${name})`, 'gi');
/** `DB_HOST`, `db.host`, `--upstream`: what such a key holds is a host. */
const hostKeys = [
	/(?:^|[^a-z])(?:host|hostname|hosts|addr|address|addresses|url|uri|endpoints?|servers?|upstream|backend|brokers?)$/i,
	// In one word: `PGHOST` of libpq, `dbhost`.
	/(?:^|[^a-z0-9])[a-z0-9]{2,12}(?:host|hostaddr|url|uri)$/i,
	/[a-z](?:Host|Hostname|Addr|Address|Url|URL|Uri|Endpoint|Server|Upstream|Backend|Brokers?)$/,
];
const isHostKey = (key: string) => hostKeys.some(pattern => pattern.test(key));
const bare = new RegExp(`^${name}$`, 'i');

/** Names of the machine itself, and addresses, are of no Service. */
const isOther = (host: string) => /^(?:[\d.]+|localhost(?:\..*)?|host\.docker\.internal)$/i.test(host) || !/[a-z]/i.test(host);

/** A text longer than this is data, not settings. */
const longest = 50_000;

function found(text: string, pattern: RegExp): readonly NamedHost[] {
	return [...text.matchAll(pattern)].map(match => {
		const {host = '', port, scheme = '', srv, protocol = ''} = match.groups ?? {};
		const implied = port === undefined ? schemePorts[scheme.toLowerCase()] : undefined;
		return {
			host: host.replace(/\.$/, '').toLowerCase(),
			port: port === undefined ? implied : Number(port),
			...(implied === undefined ? {} : {isImplied: true as const}),
			...(srv === undefined ? {} : {srv: {port: srv.toLowerCase(), protocol: protocol.toUpperCase()}}),
			at: match.index + match[0].lastIndexOf(host),
		};
	});
}

/** `KEY=value`, `key: value`, `--key value`: lines of settings whose key says that a host follows. */
function keyed(text: string): readonly NamedHost[] {
	return [...text.matchAll(/(?:^|\n)[ \t"'-]*([\w.-]+)["']?[ \t]*[:=][ \t]*["']?([a-z0-9][a-z0-9.-]*)["']?,?[ \t]*(?=\r?\n|$)/gi)].flatMap(
		match => {
			const [whole, key = '', host = ''] = match;
			return isHostKey(key) && bare.test(host) ? [{host: host.toLowerCase(), at: match.index + whole.lastIndexOf(host)}] : [];
		},
	);
}

/**
 * Every host that a setting names.
 * @param key under which the text stands, such as `DB_HOST`: a lone word is a host only where its key says so
 */
export function hostsIn(text: string, key = ''): readonly NamedHost[] {
	if (text.length > longest) return [];
	const whole = text.trim();
	const alone = isHostKey(key) && bare.test(whole) ? [{host: whole.toLowerCase(), at: text.indexOf(whole)}] : [];
	const all = [
		...found(text, withScheme),
		...found(text, withPort),
		...found(text, ofCluster),
		...found(text, ofService),
		...alone,
		...keyed(text),
	];
	// One place may be told by several patterns: the one with a port says more.
	const byPlace = new Map<number, NamedHost>();
	for (const each of all) if (!isOther(each.host) && byPlace.get(each.at)?.port === undefined) byPlace.set(each.at, each);
	return [...byPlace.values()];
}
