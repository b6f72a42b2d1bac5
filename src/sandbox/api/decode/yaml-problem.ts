import {YAMLParseError} from 'yaml';

/** What is wrong with YAML text, in the words of go-yaml, which the real server reads with, from the error that this parser gave. */
export function yamlProblem(text: string, error: unknown): string {
	if (!(error instanceof YAMLParseError)) {
		const anchor = /Unresolved alias .*: (\S+)$/.exec(String(error))?.[1];
		return `yaml: ${anchor === undefined ? String(error) : `unknown anchor '${anchor}' referenced`}`;
	}
	const [start] = error.linePos ?? [{line: 1}];
	switch (error.code) {
		case 'TAB_AS_INDENT':
		case 'BAD_SCALAR_START':
			return scanner('found character that cannot start any token', start.line);
		case 'BLOCK_AS_IMPLICIT_KEY':
		case 'MULTILINE_IMPLICIT_KEY':
			return scanner('mapping values are not allowed in this context', start.line);
		default:
			return unfinished(text, error);
	}
}

/** The scanner names no line when it is the first. */
const scanner = (problem: string, line: number) => `yaml: ${line === 1 ? '' : `line ${line}: `}${problem}`;

/** What ends too early is told at the end of the text, where the parser counts one line less than the scanner. */
function unfinished(text: string, {message, pos: [at]}: YAMLParseError): string {
	const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
	if (/closing ['"]quote/.test(message)) return scanner('found unexpected end of stream', text.split('\n').length);
	if (/Implicit map keys need/.test(message)) return scanner("could not find expected ':'", lines + 1);
	return `yaml: line ${lines}: ${unclosed(text.slice(0, at + 1).trimEnd())}`;
}

/** A list or a map in brackets that ends too early: what could have come next depends on its last character. */
function unclosed(before: string): string {
	const opened = Math.max(before.lastIndexOf('['), before.lastIndexOf('{'));
	if (opened < 0) return 'did not find expected key';
	if (/[[{,]$/.test(before)) return 'did not find expected node content';
	return `did not find expected ',' or '${before[opened] === '[' ? ']' : '}'}'`;
}
