import {MkcoaError} from '../../../core/error.ts';
import type {Matcher} from '../alertmanager/port.ts';

const operators = {'=': [false, true], '!=': [false, false], '=~': [true, true], '!~': [true, false]} as const;
type Operator = keyof typeof operators;

const plainName = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const form = /^\s*(?:"((?:[^"\\]|\\.)+)"|([a-zA-Z_:][a-zA-Z0-9_:]*))\s*(=~|!~|!=|=)\s*(.*?)\s*$/s;
const quoted = /^"((?:[^"\\]|\\.)*)"$/s;

const escapes: {readonly [escaped: string]: string} = {'\\n': '\n', '\\"': '"', '\\\\': '\\'};
const unescaped = (text: string) => text.replace(/\\[n"\\]/g, found => escapes[found] ?? found);
const escaped = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

/**
 * One matcher as Alertmanager writes it: `alertname="Down"`, `severity=~"critical|page"`; the quotes may be missing.
 * @throws MkcoaError `bad-matcher`
 * @see https://prometheus.io/docs/alerting/latest/configuration/#matcher
 */
export function parseMatcher(text: string): Matcher {
	const [, strange, plain = '', operator = '', rest = ''] = form.exec(text) ?? [];
	const value = quoted.exec(rest)?.[1] ?? (rest.includes('"') ? undefined : rest);
	if (operator === '' || value === undefined) throw badMatcher(text);
	// The form has no other.
	const [isRegex, isEqual] = operators[operator as Operator];
	return {name: strange === undefined ? plain : unescaped(strange), value: unescaped(value), isRegex, isEqual};
}

function matcherText({name, value, isRegex, isEqual}: Matcher): string {
	const operator = isRegex ? (isEqual ? '=~' : '!~') : isEqual ? '=' : '!=';
	return `${plainName.test(name) ? name : `"${escaped(name)}"`}${operator}"${escaped(value)}"`;
}

/** In one order, so that the same matchers are the same text. */
export const matcherTexts = (matchers: readonly Matcher[]): readonly string[] => [...new Set(matchers.map(matcherText))].sort();

const badMatcher = (text: string) =>
	new MkcoaError({
		kind: 'usage',
		code: 'bad-matcher',
		what: `${JSON.stringify(text.slice(0, 200))} is no matcher`,
		next: 'Write NAME="VALUE", NAME!="VALUE", NAME=~"REGEX" or NAME!~"REGEX", such as alertname="KubePodCrashLooping"',
	});
