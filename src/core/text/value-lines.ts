import {isJsonObject, type Json} from '../json.ts';
import {escapeUnseen} from './strip-control.ts';

/** Texts that would be read as another type without quotes. */
const ambiguous = /^(?:true|false|null|~|-?\d[\d.eE+-]*|)$|^\s|\s$|[\p{Cc}]/u;

/** What nobody would see is shown by its code: a person says yes to all of a value. */
const visible = (text: string) =>
	escapeUnseen(text, character => `‹U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`);

/** A value on one line; strings keep their quotes only where they could be taken for something else. */
export function inlineValue(value: Json | undefined): string {
	if (typeof value === 'string' && !ambiguous.test(value)) return visible(value);
	return visible(JSON.stringify(value ?? null));
}

const isBlock = (value: Json | undefined) =>
	Array.isArray(value) ? value.length > 0 : isJsonObject(value) ? Object.keys(value).length > 0 : isLongText(value);

const isLongText = (value: Json | undefined): value is string => typeof value === 'string' && value.trimEnd().includes('\n');

const shifted = (lines: readonly string[], first: string, others = ' '.repeat(first.length)) =>
	lines.map((line, index) => `${index === 0 ? first : others}${line}`);

function entryLines(key: string, value: Json | undefined): readonly string[] {
	if (!isBlock(value)) return [`${key}: ${inlineValue(value)}`];
	return [`${key}:${isLongText(value) ? ' |' : ''}`, ...shifted(valueLines(value), '  ', '  ')];
}

/** A value as a person reads it, one string a line: objects and lists like YAML, long texts line by line. For the eye; not meant to be parsed. */
export function valueLines(value: Json | undefined): readonly string[] {
	if (isLongText(value)) return value.trimEnd().split('\n').map(visible);
	if (Array.isArray(value) && value.length > 0) return value.flatMap(item => shifted(valueLines(item), '- '));
	if (isJsonObject(value) && isBlock(value)) return Object.entries(value).flatMap(([key, item]) => entryLines(key, item));
	return [inlineValue(value)];
}
