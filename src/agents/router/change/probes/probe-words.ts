import type {JsonObject} from '../../../../core/json.ts';
import type {Clause} from '../../clause.ts';
import {clauseOf} from '../../words/clauses-of.ts';
import {removes} from '../../words/removal.ts';
import {isPath} from '../../words/values.ts';
import {plainText} from '../plain-text.ts';
import type {ProbeChange, ProbeKind} from './set-probe.ts';

const kinds: readonly (readonly [ProbeKind, RegExp])[] = [
	['livenessProbe', /\bliveness|\blive(?:ness)? ?(?:probe|check)|라이브니스|라이브 ?프로브|활성(?:성|도)? ?(?:프로브|상태|검사|체크)|생존/],
	[
		'readinessProbe',
		/\breadiness|\b(?:gets?|receives?|takes?|sees?|sent|given|serves?) (?:any |its )?(?:traffic|requests)\b[^.;]{0,30}\b(?:once|when|if|until|after)\b[^.;]{0,30}\/[\w/.-]|\bready\b[^,;.]{0,40}\b(?:when|if|once)\b.{0,80}\b(?:succeeds?|answers?|responds?|passes|returns)\b|\bready ?(?:probe|check)|레디니스|준비(?:성|도)? ?(?:프로브|상태|검사|체크|점검)/,
	],
	['startupProbe', /\bstart-?up ?(?:probe|check|프로브|체크|검사)|스타트업|시작 ?(?:프로브|검사)|기동 ?(?:프로브|검사)/],
];

/** The probes that a text names. */
export const probeKinds = (text: string): readonly ProbeKind[] => kinds.filter(([, pattern]) => pattern.test(text)).map(([kind]) => kind);

/** Whether a probe is to go. A threshold or path that is told says that it stays. */
export const isRemoval = (text: string, {handler, numbers}: ProbeChange) =>
	handler === undefined &&
	Object.keys(numbers).length === 0 &&
	(removes({text}) || /\bno (?:\w+ )?(?:probe|check|readiness|liveness|startup)|[끄꺼]/.test(text));

const value = String.raw`\)?(?: ?(?:=|:))?(?: \d+ ?(?:s|seconds?|초)? ?(?:->|→|=>))?(?: of (?:[\w.'’-]+ ){1,8}?(?=to))?(?: ?(?:to|of|from \d+ ?\w* to|is|로|을|를|은|는|이|가))* ?(\d+)(?: ?(m|min|minutes?|분)(?![a-z]))?`;
const time = String.raw`(\d+)[ -]?(m|min|minutes?|분|s|secs?|seconds?|초)?(?![a-z\d])`;

/** The fields of a probe that are numbers, and how people speak of them; first match wins. A minute is 60 seconds. */
const fields: readonly (readonly [field: string, patterns: readonly string[]])[] = [
	[
		'failureThreshold',
		[
			`fail(?:ure|ed)?s?[ -]?(?:threshold|limit|count|tolerance)s?${value}`,
			`\\b(?:tolerate|allow|after|accept)s? (\\d+) (?:consecutive |straight )?(?:fail\\w*|miss\\w*|error\\w*|attempt\\w*)`,
			`(\\d+) (?:consecutive |straight |allowed )?(?:failures|misses|failed (?:checks|attempts|probes)|tries|retries|attempts)`,
			`\\b(?:fail\\w*|miss\\w*) (?:up to )?(\\d+) (?:times|checks)`,
			`(\\d+) failed (?:\\w+ )?(?:checks|probes|attempts)`,
			`\\bup to (\\d+) (?:times|tries|attempts|checks)`,
			`(\\d+) ?(?:번|회) ?(?:까지|만에)`,
			`실패 ?(?:임계 ?[값치]|허용 ?(?:횟수|치)?|횟수|기준|한도)${value}`,
			`(\\d+) ?(?:번|회)(?:까지)? ?(?:연속 ?)?(?:으로 )?실패`,
			`실패(?:를|가|는)? ?(?:연속 ?)?(\\d+) ?(?:번|회)`,
		],
	],
	[
		'successThreshold',
		[
			`success(?:es)?[ -]?(?:threshold|count)${value}`,
			`(\\d+) (?:consecutive )?successes`,
			`성공 ?(?:임계 ?[값치]|횟수|기준)${value}`,
			`(\\d+) ?(?:번|회) ?(?:연속 ?)?성공`,
		],
	],
	[
		'timeoutSeconds',
		[
			`time-?(?: )?out(?:seconds)?s?(?: after)?${value}`,
			`${time} (?:to|for) (?:answer|respond|reply|come back|an answer|a (?:response|reply))`,
			`\\b(?:answers?|responds?|repl(?:y|ies)) within ${time}`,
			`\\btimes? out\\b[^\\d]{0,40}${time}`,
			`(\\d+)[ -]?(?:s|secs?|seconds?)? time-?out`,
			`(?:타임 ?아웃|제한 ?시간|응답 ?시간|시간 ?초과)${value}`,
			`(\\d+)초 ?(?:타임 ?아웃|제한)`,
		],
	],
	[
		'periodSeconds',
		[
			`\\b(?:every|each|once (?:a|per|every)) ${time}`,
			`(?:often|frequent(?:ly)?)[:,]? ${time}`,
			`(?:period|interval|frequency)(?: ?seconds)?${value}`,
			`${time} (?:apart|(?:period|interval|cycle|cadence)s?)\\b`,
			`\\b(?:periods?|intervals?|gaps?) of ${time}`,
			`${time} ?(?:마다|간격|주기|에 ?한 ?번)`,
			`(?:주기|간격)${value}`,
		],
	],
	[
		'initialDelaySeconds',
		[
			`(?:initial|start(?:ing)?|first)[ -]?delay(?: ?seconds)?${value}`,
			`\\bdelay(?:ed)?(?: it)?(?: by)?${value}`,
			`\\b(?:delay|postpone|hold back|push(?:es|ed)?|defer)\\w*\\b[^,;.\\d]{0,60}\\b(?:by|for) ${time}`,
			`${time} (?:of )?(?:grace|head ?start|warm-?up|slack|breathing)`,
			`${time} (?:after|past) (?:the |its |a )?(?:container |pod )?(?:start|boot|launch|come)`,
			`(?<!times? ?-?out )\\b(?:after|wait(?:ing|s)?(?: for)?|starts? (?:at|after)|beginning after)(?: the first| an initial)? ${time}(?! ?(?:consecutive |straight )?(?:fail|miss|error|tries|attempt))`,
			`${time} (?:initial |start )?delay`,
			`\\b(?:start(?:ing|s|ed)?|begin(?:ning|s)?|first|checks?|probes?|looks?|kick(?:ing|s)? in)\\b[^,;.\\d]{0,16}${time} in(?=[,;.\\s]|$)(?! (?:a|the|each|every)\\b)`,
			`(?:초기 ?)?(?:지연|대기)(?: ?시간)?${value}`,
			`${time} ?(?:뒤|후|이후|지나|있다가|대기|지연|기다|늦[춰추]|미[뤄루])`,
		],
	],
];

const inSeconds = (number: string, unit: string | undefined) => Number(number) * (unit !== undefined && /^(?:m|분)/.test(unit) ? 60 : 1);

function numbersIn(text: string): JsonObject {
	return Object.fromEntries(
		fields.flatMap(([field, patterns]): (readonly [string, number])[] => {
			const match = patterns.map(pattern => new RegExp(pattern).exec(text)).find(found => found !== null);
			return match === undefined || match?.[1] === undefined ? [] : [[field, inSeconds(match[1], match[2])]];
		}),
	);
}

const portPattern =
	/\bport of [^,;]*? to (\d+)|(?:\bport|포트)(?: ?[:=])? ?(?:to |from \w+ to |을 |를 |은 )?(\d+|[a-z][a-z0-9-]{0,14}(?= port\b|$|[,.]))|\b(?:on|tcp|tcpsocket|socket|at|against) (?:port |socket )*:?(\d{2,5})\b|(?<![\w.])(\d{2,5}) ?(?:번)? ?(?:port|포트)|(?<=\/[\w./-]* ?:)(\d{2,5})|(?<=tcp )(\d{2,5})|(?<=\/[\w./-]+ )(\d{4,5})(?![\w.])|(?<![\w.])(\d{4,5})(?:번|에|로)/;

/** A port by its number or its name. */
export function portIn(text: string): string | number | undefined {
	const found = portPattern
		.exec(text)
		?.slice(1)
		.find(group => group !== undefined);
	const alone = /\btcp/.test(text) ? /(?<![\w.])(\d{4,5})(?![\w.])/.exec(text)?.[1] : undefined;
	const port = found ?? alone;
	return port === undefined ? undefined : /^\d+$/.test(port) ? Number(port) : port;
}

/** `not /health`, `instead of /health`, `/health 말고`: the path that is left. */
const isLeft = (words: Clause['words'], at: number) =>
	/^(?:not|than|of|from|replacing)$/.test(words[at - 1]?.text ?? '') || /^(?:대신|말고)$/.test(words[at + 1]?.text ?? '');

/** The last path: one that is left is told first, `from / to /live`. A port may hang on it. */
const pathIn = ({words}: Pick<Clause, 'words'>): string | undefined => {
	const paths = words.flatMap((word, at) => {
		const raw = word.raw.replace(/:\d+$/, '');
		return isPath({raw}) ? [{raw, isLeft: isLeft(words, at)}] : [];
	});
	return (paths.findLast(path => !path.isLeft) ?? paths.at(-1))?.raw;
};

const runs = /\b(?:exec|command|running|runs?|executing?|script|succeeds?|passes|works)\b|\bwith (?:`|[a-z]+[-_][a-z]+)|명령|실행|커맨드/;
/** How a program is called: with a sign in its name, or one that everybody knows. */
const tool = String.raw`(?:[a-z]+[-_./][\w./-]*|curl|wget|nc|cat|ls|stat|test|true|sh|bash|python3?|psql|mysqladmin|mongo|pgrep|redis)(?: -{0,2}[\w./=:@]+)*?`;
const ends = String.raw`(?=[,;.]?(?:\s|$)(?:$|every|each|to|for|as|on|succeeds|in|with)|[,;]|$)`;
/** Where a command stands without quotes: `running pg_isready -U app`, `if pg_isready succeeds`, `pg_isready 명령`. */
const unquoted: readonly RegExp[] = [
	new RegExp(String.raw`\b(?:exec|commands?|running|executing|execute|with|via|by)s?:? (${tool})${ends}`, 'i'),
	new RegExp(String.raw`\b(?:if|when|once) (${tool}) (?:succeeds|passes|works|returns 0)\b`, 'i'),
	/([a-z][\w.-]*(?: -{1,2}[\w=-]+(?: [\w]+)?)*) (?:명령|커맨드)/i,
];

/** A command in quotes; one with the signs of a shell is given to a shell. */
function commandIn({words, text}: Pick<Clause, 'words' | 'text'>): readonly string[] | undefined {
	const bare = unquoted.map(pattern => pattern.exec(text)?.[1]).find(found => found !== undefined);
	const quoted = words.find(word => word.quoted)?.raw ?? bare;
	if (quoted === undefined) return undefined;
	return /[|&;<>$*]/.test(quoted) ? ['sh', '-c', quoted] : quoted.split(/\s+/);
}

/** How the probe looks at its container, as far as the clause says; `fallback` is the port where none is said. */
function handlerIn(clause: Clause, text: string, fallback: string | number | undefined): ProbeChange['handler'] {
	const path = pathIn(clause);
	const port = portIn(text);
	const command = runs.test(text) ? commandIn(clause) : undefined;
	if (command !== undefined && path === undefined) return {type: 'exec', fields: {command}};
	const to = port ?? fallback;
	const scheme = /\bhttps\b/.test(text) ? {scheme: 'HTTPS'} : {};
	if (path !== undefined) return {type: 'httpGet', fields: {path, ...(port === undefined ? {} : {port}), ...scheme}};
	if (/\bgrpc\b/.test(text) && to !== undefined) return {type: 'grpc', fields: {port: to}};
	if (/\btcp|\bsocket|\bport (?:is |gets )?open|\bopens\b|포트\S* ?열/.test(text) && to !== undefined)
		return {type: 'tcpSocket', fields: {port: to}};
	return port === undefined ? undefined : {type: 'httpGet', fields: {port, ...scheme}};
}

/**
 * What a clause says of each of its probes: the part from its word to the next one's; all of it where a part says nothing (`liveness and readiness on
 * /live`), or where what is told stands before the words.
 */
export function probeParts(clause: Clause, kinds: readonly ProbeKind[]): ReadonlyMap<ProbeKind, Clause> {
	const text = plainText(clause);
	const starts = kindsAt(clause.text.toLowerCase()).filter(({kind}) => kinds.includes(kind));
	const parts = starts.map(({kind, at}, index) => ({kind, part: clauseOf(clause.text.slice(at, starts[index + 1]?.at))}));
	const named = starts.map(({kind, at}, index) => ({kind, part: clauseOf(clause.text.slice(starts[index - 1]?.at ?? 0, at))}));
	const isOneEach = kinds.length > 1 && starts.length === kinds.length && clauseOf(text).words.length > 0;
	const says = (part: Clause) => handlerIn(part, plainText(part), 80) !== undefined || Object.keys(numbersIn(plainText(part))).length > 0;
	// `/live as liveness and /ready as readiness`
	const isNamed = isOneEach && named.every(({part}) => /\bas (?:the |a |its )?$/i.test(part.text) && says(part));
	const each = isNamed ? named : isOneEach && parts.every(({part}) => says(part)) ? parts : [];
	return new Map(kinds.map(kind => [kind, each.find(one => one.kind === kind)?.part ?? clause]));
}

const kindsAt = (text: string) =>
	kinds
		.flatMap(([kind, pattern]) => {
			const at = text.search(pattern);
			return at === -1 ? [] : [{kind, at}];
		})
		.toSorted((a, b) => a.at - b.at);

/** What a clause says of a probe. */
export function probeChange(clause: Clause, fallback?: string | number): ProbeChange {
	const text = plainText(clause).replace(/\(s\)/g, '');
	return {handler: handlerIn(clause, text, fallback), numbers: numbersIn(text)};
}
