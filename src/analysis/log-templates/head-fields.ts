import {type Level, levelOf, levelOfLetter} from './level.ts';
import {timestampAt} from './timestamp.ts';

/** What a field at the beginning of a line is. `dash`: lone signs between fields, as `-`, `|`, `*` or `#`; `padded`: a word with two spaces or more behind it. */
export type FieldKind = 'time' | 'level' | 'number' | 'bracket' | 'dash' | 'padded' | 'word' | 'letter';

/** A field, and where the next thing begins. */
export type HeadField = {
	readonly kind: FieldKind;
	readonly start: number;
	readonly end: number;
	readonly next: number;
	readonly atMs?: () => number | undefined;
	readonly level?: Level;
};

/** Fields that are looked at, and how far in: no header known is longer. */
const mostFields = 16;
const mostCharacters = 400;

/** Splits the beginning of a line into the fields that a header may be made of. A bracketed group is one field. */
export function headFields(line: string, most = mostFields): readonly HeadField[] {
	const fields: HeadField[] = [];
	let at = skipSpace(line, 0);
	while (at < line.length && at < mostCharacters && fields.length < most) {
		const field = fieldAt(line, at);
		fields.push(field);
		at = field.next;
	}
	return fields;
}

const isSpace = (line: string, at: number) => {
	const code = line.charCodeAt(at);
	return code === 32 || code === 9;
};

export function skipSpace(line: string, from: number): number {
	let at = from;
	while (isSpace(line, at)) at += 1;
	return at;
}

function fieldAt(line: string, at: number): HeadField {
	if (line[at] === '|') return {kind: 'dash', start: at, end: at + 1, next: skipSpace(line, at + 1)};
	const time = timestampAt(line, at);
	if (time !== undefined) {
		const end = line[time.end] === ',' || line[time.end] === ':' ? time.end + 1 : time.end;
		return {kind: 'time', start: at, end, next: skipSpace(line, end), atMs: time.atMs};
	}
	if (line[at] === '[') {
		const close = closing(line, at);
		if (close > 0) return bracketField(line, at, close);
	}
	return wordField(line, at);
}

function bracketField(line: string, at: number, end: number): HeadField {
	const rest = {start: at, end, next: skipSpace(line, end)};
	const inside = skipSpace(line, at + 1);
	const time = timestampAt(line, inside);
	if (time !== undefined) {
		// Celery writes the level behind it, Ruby the process: `[2024-05-01 10:00:00,123: INFO/Main]`, `[2024-05-01T10:00:00 #12]`.
		const named = levelOf(/[A-Za-z]+/.exec(line.slice(time.end, end))?.[0] ?? '');
		return {kind: 'time', ...rest, atMs: time.atMs, ...(named === undefined ? {} : {level: named})};
	}
	const level = levelOf(line.slice(inside, end - 1).trim());
	return level === undefined ? {kind: 'bracket', ...rest} : {kind: 'level', ...rest, level};
}

function wordField(line: string, start: number): HeadField {
	let end = start;
	let [isNumber, isDash] = [true, true];
	for (; end < line.length; end++) {
		const code = line.charCodeAt(end);
		if (code === 32 || code === 9 || code === 124) break;
		if (code < 48 || code > 57) isNumber &&= isPause(code) && end > start;
		isDash &&= isSign(code);
	}
	const next = skipSpace(line, end);
	if (isNumber) return {kind: 'number', start, end, next};
	if (isDash) return {kind: 'dash', start, end, next};
	const level = end - start > 14 ? undefined : levelOf(line.slice(start, isPause(line.charCodeAt(end - 1)) ? end - 1 : end));
	if (level !== undefined) return {kind: 'level', start, end, next, level};
	if (end - start === 1 && levelOfLetter(line[start] ?? '') !== undefined) return {kind: 'letter', start, end, next};
	return {kind: next - end > 1 ? 'padded' : 'word', start, end, next};
}

/** Signs that stand between fields or for a level (`*`, `#`, `.` and `-` in Redis), and for no value in a message. */
const isSign = (code: number) => code === 45 || code === 42 || code === 62 || code === 35 || code === 46 || code === 43 || code === 126;

/** A colon or a comma, as they close a field. */
const isPause = (code: number) => code === 58 || code === 44;

/** Where the bracket at `at` is closed, one behind; 0 where it is not, or text follows at once. */
function closing(line: string, at: number): number {
	let depth = 0;
	const end = Math.min(line.length, at + 300);
	for (let index = at; index < end; index++) {
		if (line[index] === '[') depth += 1;
		else if (line[index] === ']') depth -= 1;
		if (depth === 0) return index + 1 === line.length || isSpace(line, index + 1) || line[index + 1] === '[' ? index + 1 : 0;
	}
	return 0;
}
