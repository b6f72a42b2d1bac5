import {statusInFields} from './answer-status.ts';
import {type Level, levelOf, levelOfNumber, levelOfStatus, worseLevel} from './level.ts';
import {timestampAt} from './timestamp.ts';

/** A line whose fields have names. All fields but the message vary, and are no part of the template. */
export type StructuredLine = {readonly message: string; readonly level?: Level | undefined; readonly atMs?: number | undefined};

/** Field names of the common libraries, first come first. `log` is the container runtimes' own wrapping. */
const messageNames = ['message', 'msg', 'log', '@message', '@m', '@mt', 'text', 'event', 'body'];
const levelNames = ['level', 'severity', 'lvl', 'loglevel', 'log.level', '@level', '@l', 'levelname'];
const timeNames = ['time', 'ts', 'timestamp', '@timestamp', '@t', 't', 'datetime'];
/** Longer lines are read as plain text: a record of a logging library is shorter. */
const mostCharacters = 65_536;

type Fields = {readonly [name: string]: unknown};

/** Reads a line of JSON or of logfmt (`level=info msg="…"`); undefined where it is neither. Linear in the length of the line. */
export function structuredLine(line: string): StructuredLine | undefined {
	if (line.length > mostCharacters) return undefined;
	const fields = line.startsWith('{') ? jsonFields(line) : logfmtFields(line);
	if (fields === undefined) return undefined;
	const message = firstOf(fields, messageNames);
	const status = statusInFields(fields);
	return {
		message: typeof message === 'string' ? message.trimEnd() : Object.keys(fields).sort().slice(0, 40).join(' '),
		level: worseLevel(levelIn(firstOf(fields, levelNames)), status === undefined ? undefined : levelOfStatus(status)),
		atMs: timeIn(firstOf(fields, timeNames)),
	};
}

const firstOf = (fields: Fields, names: readonly string[]) => {
	const name = names.find(each => Object.hasOwn(fields, each) && fields[each] !== null);
	return name === undefined ? undefined : fields[name];
};

const levelIn = (value: unknown) =>
	typeof value === 'number' ? levelOfNumber(value) : typeof value === 'string' ? levelOf(value.trim()) : undefined;

function timeIn(value: unknown): number | undefined {
	if (typeof value === 'string') return timestampAt(value, 0)?.atMs();
	if (typeof value !== 'number' || !Number.isFinite(value) || value < 1e9) return undefined;
	// Seconds, milliseconds, microseconds or nanoseconds, by their size.
	return Math.floor(value < 1e11 ? value * 1000 : value < 1e14 ? value : value < 1e17 ? value / 1000 : value / 1_000_000);
}

function jsonFields(line: string): Fields | undefined {
	if (!line.trimEnd().endsWith('}')) return undefined;
	try {
		const read: unknown = JSON.parse(line);
		return typeof read === 'object' && read !== null ? (read as Fields) : undefined;
	} catch {
		// Text that begins and ends like JSON is text.
		return undefined;
	}
}

const pair = /([A-Za-z_@][\w.@/-]*)=("(?:[^"\\]|\\.)*"|[^\s"]*)(?:\s+|$)/y;

const unescaped = (text: string) => (text.includes('\\') ? text.replaceAll(/\\(.)/g, '$1') : text);

/** A line that is nothing but pairs, at least two. */
function logfmtFields(line: string): Fields | undefined {
	const fields: {[name: string]: string} = Object.create(null);
	let count = 0;
	for (pair.lastIndex = 0; pair.lastIndex < line.length; count++) {
		const found = pair.exec(line);
		if (found === null) return undefined;
		const [, name = '', value = ''] = found;
		fields[name] ??= value.startsWith('"') ? unescaped(value.slice(1, -1)) : value;
	}
	return count < 2 ? undefined : fields;
}

/** Where a message is one quoted text with pairs behind it, as klog writes (`"Pod started" pod="web"`): where the text ends. */
export function quotedMessage(line: string, start: number): string | undefined {
	if (line[start] !== '"') return undefined;
	const quoted = /"(?:[^"\\]|\\.)*"/y;
	quoted.lastIndex = start;
	const found = quoted.exec(line)?.[0];
	if (found === undefined || !/^(?:$| [\w.@/-]+=)/.test(line.slice(start + found.length, start + found.length + 80))) return undefined;
	return unescaped(found.slice(1, -1));
}
