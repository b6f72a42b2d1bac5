import {oneLine} from '../../core/text/one-line.ts';

/** Somebody whom the API server refused, as a program quotes it. */
export type Refusal = {readonly account: string; readonly verb: string; readonly resource: string};

/** What a program did not reach: a host, with its port where it says one. `isUnknown` where no such name is known. */
export type Unreached = {readonly host: string; readonly port?: number; readonly isUnknown: boolean};

const isTelling =
	/\b(?:error|err|fatal|panic|panicked|exception|fail(?:ed|ure)?|cannot|can't|could not|couldn't|unable|denied|forbidden|refused|no such|not found|unknown|must|invalid|missing|required|unsupported|timed? ?out)\b/i;
/** Lines of a stack, which say where and not what. */
const isFrame = /^\s*(?:at |File "|goroutine \d|\S+\.\w+:\d+|\.\.\. \d+ more|created by )/;

/** The line of what a program wrote last that says most: the last one that tells of a failure, or else the last one. */
export function tellingLine(words: string): string {
	const lines = words.split('\n').filter(line => line.trim() !== '');
	return oneLine((lines.findLast(line => isTelling.test(line) && !isFrame.test(line)) ?? lines.at(-1) ?? '').trim());
}

const refusal = /[Uu]ser "system:serviceaccount:(?<account>[^"]+)" cannot (?<verb>\w+) resource "(?<resource>[^"]+)"/g;

/** The last refusal that a program quotes. */
export function refusalIn(words: string): Refusal | undefined {
	const {account, verb, resource} = [...words.matchAll(refusal)].at(-1)?.groups ?? {};
	return account === undefined || verb === undefined || resource === undefined ? undefined : {account, verb, resource};
}

const host = String.raw`(?<host>[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)`;
const address = String.raw`${host}:(?<port>\d{1,5})`;

/** How programs say that a name is not known: Go, Node.js, libpq, MySQL, Java, Python, curl. */
const unknownHost = [
	String.raw`lookup ${host}(?: on [^ :]+(?::\d+)?)?: (?:no such host|server misbehaving)`,
	`(?:ENOTFOUND|EAI_AGAIN) ${host}`,
	`could not translate host name "${host}"`,
	`Unknown MySQL server host '${host}'`,
	`UnknownHostException: ${host}`,
	`Failed to resolve '${host}'`,
	`[Cc]ould not resolve host: ${host}`,
].map(source => new RegExp(source, 'g'));

/** How they say that nobody answers there. */
const noAnswer = [
	`dial tcp ${address}: (?:connect: )?(?:connection refused|i/o timeout|no route to host|connection timed out)`,
	`(?:ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH) ${address}`,
	String.raw`connection to server at "${host}"(?: \([^)]*\))?(?:, port (?<port>\d+))? failed`,
	String.raw`Can't connect to MySQL server on '${host}(?::(?<port>\d+))?'`,
	String.raw`[Cc]onnection (?:to|refused:) (?:\w+/)?${address}(?: refused)?`,
	String.raw`host='${host}', port=(?<port>\d+)`,
	String.raw`[Ff]ailed to connect to ${host} port (?<port>\d+)`,
	`connect to ${address}`,
].map(source => new RegExp(source, 'g'));

/** Where the last mention of a kind of failure stands, and what it names. */
function lastOf(patterns: readonly RegExp[], words: string, isUnknown: boolean) {
	return patterns
		.flatMap(pattern => [...words.matchAll(pattern)])
		.map(({index, groups}) => {
			const port = groups?.port === undefined ? {} : {port: Number(groups.port)};
			return {index, unreached: {host: groups?.host ?? '', ...port, isUnknown}};
		})
		.toSorted((one, other) => other.index - one.index)[0];
}

/** What a program says last that it does not reach. */
export function unreachedIn(words: string): Unreached | undefined {
	const found = [lastOf(unknownHost, words, true), lastOf(noAnswer, words, false)].flatMap(each => each ?? []);
	return found.toSorted((one, other) => other.index - one.index)[0]?.unreached;
}
