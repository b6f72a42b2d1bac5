import type {Wish} from './wish.ts';
import {plainAt} from './wish.ts';

/** A shell reads these; a container does not. */
const needsShell = /[|&;<>$`*]|\n/;

/** A command line as its arguments, by quotes alone; one that needs a shell is given to one. */
export function argumentsOf(line: string): readonly string[] {
	const shell = /^((?:\/bin\/)?(?:ba|a|z)?sh) -c (?:"([^"]*)"|'([^']*)')$/.exec(line);
	if (shell !== null) return [shell[1] ?? 'sh', '-c', shell[2] ?? shell[3] ?? ''];
	if (needsShell.test(line)) return ['sh', '-c', line];
	// `--verbose and --port=80` lists two.
	const flags = line.replaceAll(/(?<=^|\s)(-\S+?),? and (?=-)/g, '$1 ');
	return [...flags.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, plain]) => double ?? single ?? plain ?? '');
}

/** A list as JSON has it: `["sleep", "3600"]`. */
function listIn(text: string): readonly string[] | undefined {
	const inner = /^\s*(?:is|are|:|=|를|은|는|을|로|으로)?\s*\[([^\]]*)\]/.exec(text)?.[1];
	if (inner === undefined) return undefined;
	return inner.split(',').map(part => part.trim().replace(/^["'`]|["'`]$/g, ''));
}

const behindWord = /^(?:\s*(?:is|are|should be|to be|as|of|with|:|=|은|는|을|를|이|가|로|으로)(?=[\s"'`“\-/a-z]))*\s*/;

/** The text of a quoted line right behind a word, or else the words up to the next punctuation. */
function lineBehind(text: string): string | undefined {
	const rest = text.replace(behindWord, '');
	const quoted = /^(?:`([^`]+)`|"([^"]+)"|'([^']+)'|“([^”]+)”)/.exec(rest);
	if (quoted !== null) return quoted.slice(1).find(part => part !== undefined);
	return /^([\w./-][^,;`]*?)(?=,|;|\.(?:\s|$)| and (?:then )?(?:exits?|stops?|quits?|ends?|is done)\b| and (?:with|args|env|the|a)\b| so (?:that )?(?:i|we|you|they|it|he|she|people|someone|qa|the \w+) \w+| because | please\b|\s*[가-힣]|$)/i
		.exec(rest)?.[1]
		?.trim();
}

/** `` `sleep 3600` 명령으로 ``: a quoted line before its word. */
const lineBefore = (text: string) =>
	/(?:`([^`]+)`|"([^"]+)"|'([^']+)')\s*(?:라는|이라는|를|을)?\s*$/
		.exec(text)
		?.slice(1)
		.find(part => part !== undefined);

/** A line in backticks that is a remark of its own: it can only be what is run. */
function lineAlone(text: string): readonly string[] | undefined {
	const line = /(?:^|[,;(/]|\.\s)\s*`([^`]+\s[^`]*)`\s*(?=$|[,;)/.])/.exec(text)?.[1];
	return line === undefined || /^[A-Z_]+=/.test(line) ? undefined : argumentsOf(line);
}

/** The one line in backticks of a wish that says of none what it is: `busybox:1.37 with `sleep 60``. */
function onlyLine(text: string): readonly string[] | undefined {
	const [line, ...more] = [...text.matchAll(/`([^`]+\s[^`]*)`/g)].map(([, inner = '']) => inner);
	return line === undefined || more.length > 0 || /^[\w.-]+=|^-/.test(line) ? undefined : argumentsOf(line);
}

const seconds: {readonly [unit: string]: string} = {s: '', m: 'm', h: 'h', d: 'd', 초: '', 분: 'm', 시: 'h', 일: 'd'};

/** `let it sleep 3600 seconds`, `sleep infinity`: the one command that people say in words. */
function sleepIn(text: string): readonly string[] | undefined {
	const [, time, unit] =
		/(?<![\w-])sleeps?(?:ing)?(?: for)? (infinity|forever|indefinitely|\d+)(?: ?([smhd]|초|분|시|일)(?![a-z])| ([smhd])[a-z]+)?/i.exec(
			text,
		) ?? [];
	const own = unit ?? /(?<![\w-])sleeps?(?:ing)?(?: for)? \d+ ([smhd])[a-z]+/i.exec(text)?.[1];
	const span = /(?<![\w-])sleeps?(?:ing)?(?: for)? (?:an?|one) (second|minute|hour|day)\b/i.exec(text)?.[1];
	if (span !== undefined) return ['sleep', `1${span.charAt(0).toLowerCase()}`];
	if (time === undefined) return undefined;
	return ['sleep', /\d/.test(time) ? `${time}${seconds[own?.toLowerCase() ?? 's'] ?? ''}` : 'infinity'];
}

/** `busybox:1.36 true`, `runs true`, `true만 돌리는`, `echoes hi`: the short commands that people say in words. */
function shortIn(text: string): readonly string[] | undefined {
	const [, image, run, korean] =
		/[\w/-]:[\w.-]+,? (true|false)\b(?! (?:to|as|for|by)\b)|\b(?:runs?|running|executes?|executing|calls?|calling)(?: just| only| nothing but)? (true|false)(?=[\s,;.]|$)|(?<![\w=:-])(true|false)(?:만|를|을)? ?(?:한 ?번(?:만)? )?(?=돌리|돌려|돌게|실행)/i.exec(
			text,
		) ?? [];
	const bare = image ?? run ?? korean;
	if (bare !== undefined) return [bare];
	const [, quoted, plain] =
		/(?<!\b(?:deployment|stateful ?set|daemon ?set|pod|job|called|named|service) )\b(?:echo(?:es|ing)?) (?!(?:in|on|at|with|from|for|of|using|that|which|as|and|to)\b)(?:["'`]([^"'`]+)["'`]|([\w.-]*\w(?: (?!and\b|in\b|on\b|with\b|then\b|every\b|to\b)[\w.-]*\w)*))(?=[,;.]|\s|$)/i.exec(
			text,
		) ?? [];
	const said = quoted ?? plain;
	return said === undefined ? undefined : ['echo', ...(quoted === undefined ? said.split(' ') : [said])];
}

/** `sleep infinity as the command`: an unquoted line before its word. */
const lineAs = (text: string, word: string) =>
	new RegExp(
		`(?:^|[,;(]|\\bwith|\\bhas|\\buse|\\busing) ?(?:\`([^\`]+)\`|"([^"]+)"|([a-z][\\w./ -]*?)) as (?:the |its |a )?(?:container )?${word}\\b`,
		'i',
	)
		.exec(text)
		?.slice(1)
		.find(part => part !== undefined)
		?.trim();

function lineOf(text: string, word: RegExp): readonly string[] | undefined {
	const ahead = lineAs(text, /args/.test(word.source) ? '(?:args|arguments?)' : '(?:commands?|cmd|entrypoint)');
	if (ahead !== undefined) return argumentsOf(ahead);
	const found = word.exec(text);
	if (found === null) return undefined;
	const behind = text.slice(found.index + found[0].length);
	const list = listIn(behind);
	if (list !== undefined) return list;
	const before = lineBefore(text.slice(0, found.index));
	const line =
		/^\s*(?:으로|로|을|를)?\s*(?:실행|돌|띄|사용)/.test(behind) && before !== undefined ? before : (lineBehind(behind) ?? before);
	return line === undefined || line === '' ? undefined : argumentsOf(line);
}

/** The command and the arguments of a container, where a wish gives them. */
export function commandIn({text}: Pick<Wish, 'text'>): {
	readonly command?: readonly string[] | undefined;
	readonly args?: readonly string[] | undefined;
} {
	const said = {
		command: lineOf(
			text,
			/\b(?:commands?|cmd|entrypoint|(?:executes?|executing|(?:just |only |simply )?runs?|running)(?= ?[`"])|executes?(?= [\w]*[-./][\w./-]*))(?=[\s:=`"[은는])|커맨드|명령어?|(?<=[`"])(?:를|을|로|으로|만)? ?(?:먼저 |한 ?번(?:만)? |계속 |매번 |바로 )?(?=실행|돌리|돌려|수행|호출)/i,
		),
		args: lineOf(text, /\b(?:args|arguments?)(?=[\s:=`"[은는])|인자|인수|아규먼트/i),
	};
	return said.command === undefined && said.args === undefined
		? {command: lineAlone(text) ?? onlyLine(text) ?? sleepIn(text) ?? shortIn(text), args: undefined}
		: said;
}

/** Whether a word stands in the command line, so that it is no name and no amount. */
export const isInCommand = (wish: Wish, at: number): boolean => {
	const word = wish.words[at];
	const lines = Object.values(commandIn(wish)).flatMap(list => list ?? []);
	return word !== undefined && word.raw.length > 1 && lines.includes(word.raw) && !/^(?:command|args)$/.test(plainAt(wish, at));
};
