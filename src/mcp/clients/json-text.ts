import {createScanner, getNodeValue, type Node, type ParseError, parseTree} from 'jsonc-parser';
import {canonicalJson, isJsonObject, type Json} from '../../core/json.ts';
import {type Layout, layoutOf, valueText} from './json-layout.ts';

/** Where a text cannot be edited as JSON, and why, without a word of it: it may hold tokens of others. */
export class BadJson extends Error {
	override readonly name = 'BadJson';
	/** From 1. */
	readonly line: number;

	constructor(why: string, text: string, offset: number) {
		super(why);
		this.line = text.slice(0, offset).split('\n').length;
	}
}

export type JsonPath = readonly string[];

/** Kinds of tokens, as `SyntaxKind` of jsonc-parser numbers them: its enumeration exists for the compiler alone. */
const tokens = {openBrace: 1, closeBrace: 2, openBracket: 3, closeBracket: 4, comma: 5, end: 17} as const;

/** Offset where a node ends. */
const endOf = ({offset, length}: Node) => offset + length;
const splice = (text: string, from: number, to: number, by: string) => text.slice(0, from) + by + text.slice(to);

/** Depth that nobody writes by hand, and that no recursion breaks at. */
const deepest = 200;

/**
 * The document as a tree with offsets; an empty text is an empty object.
 * @param comments whether comments, and commas before a bracket, are a part of the language
 * @throws BadJson also for a key that stands twice on the way to `path`: no two readers agree on which one counts
 */
function treeOf(text: string, comments: boolean): Node {
	if (isNested(text)) throw new BadJson('it is nested too deeply', text, 0);
	const errors: ParseError[] = [];
	const tree = parseTree(text, errors, {disallowComments: !comments, allowTrailingComma: comments, allowEmptyContent: false});
	const [error] = errors;
	if (error !== undefined) throw new BadJson('it is not valid JSON there', text, error.offset);
	if (tree?.type !== 'object') throw new BadJson('it holds no object', text, 0);
	return tree;
}

function isNested(text: string): boolean {
	const scanner = createScanner(text, true);
	let depth = 0;
	for (let kind: number = scanner.scan(); kind !== tokens.end; kind = scanner.scan()) {
		if (kind === tokens.openBrace || kind === tokens.openBracket) depth += 1;
		if (kind === tokens.closeBrace || kind === tokens.closeBracket) depth -= 1;
		if (depth > deepest) return true;
	}
	return false;
}

/** The property of an object: its node, and that of its value. */
function propertyOf(object: Node, key: string, text: string): {readonly property: Node; readonly value: Node} | undefined {
	const found = (object.children ?? []).filter(({children}) => children?.[0]?.value === key);
	const [property, twin] = found;
	if (twin !== undefined) throw new BadJson(`${key} stands in it twice`, text, twin.offset);
	const value = property?.children?.[1];
	return property === undefined || value === undefined ? undefined : {property, value};
}

/** The objects on the way to a path, outermost first, as far as they are there. */
function wayTo(tree: Node, path: JsonPath, text: string): readonly Node[] {
	const way = [tree];
	for (const key of path) {
		const object = way.at(-1);
		const next = object === undefined ? undefined : propertyOf(object, key, text)?.value;
		if (next === undefined) break;
		if (next.type !== 'object') throw new BadJson(`${key} is no object`, text, next.offset);
		way.push(next);
	}
	return way;
}

const isBlank = (text: string) => text.trim() === '';

/** The value at a path; undefined where there is none. @throws BadJson */
export function valueIn(text: string, path: JsonPath, comments: boolean): Json | undefined {
	if (isBlank(text)) return undefined;
	const last = path.at(-1);
	const way = wayTo(treeOf(text, comments), path.slice(0, -1), text);
	const object = way.at(-1);
	if (last === undefined || object === undefined || way.length < path.length) return undefined;
	const found = propertyOf(object, last, text);
	// The tree was made of JSON.
	return found === undefined ? undefined : (getNodeValue(found.value) as Json);
}

/** Whether nothing but an empty object is left: no member, no comment. */
export const isBare = (text: string) => text.replace(/\s/g, '') === '{}' || isBlank(text);

/** The text with a value at a path, and every other character as it was. Objects on the way are made. @throws BadJson */
export function withValue(text: string, path: JsonPath, value: Json, comments: boolean): string {
	const whole = isBlank(text) ? `{}${text.includes('\r\n') ? '\r\n' : '\n'}` : text;
	const way = wayTo(treeOf(whole, comments), path.slice(0, -1), whole);
	const [object, key = ''] = [way.at(-1), path[way.length - 1]];
	if (object === undefined) return text;
	const layout = layoutOf(whole);
	const found = propertyOf(object, key, whole);
	if (found !== undefined) return withReplaced(whole, object, found.value, value, layout);
	const made = path.slice(way.length).reduceRight<Json>((inner, name) => ({[name]: inner}), value);
	return withMember(whole, object, key, made, layout);
}

function withReplaced(text: string, object: Node, old: Node, value: Json, layout: Layout): string {
	if (canonicalJson(getNodeValue(old) as Json) === canonicalJson(value)) return text;
	const wasBroken = text.slice(old.offset, endOf(old)).includes('\n');
	const isSpread = wasBroken || (isJsonObject(value) && text.slice(object.offset, old.offset).includes('\n'));
	return splice(text, old.offset, endOf(old), isSpread ? valueText(value, layout, layout.indentAt(text, old.offset)) : valueText(value));
}

/** The offset behind a comma that comes next but for blanks and comments; undefined where something else does. */
function commaAfter(text: string, offset: number): number | undefined {
	const scanner = createScanner(text, true);
	scanner.setPosition(offset);
	const kind: number = scanner.scan();
	return kind === tokens.comma ? scanner.getTokenOffset() + 1 : undefined;
}

/** A new member comes last, behind the comments of those that are there. */
function withMember(text: string, object: Node, key: string, value: Json, layout: Layout): string {
	const last = object.children?.at(-1);
	const close = endOf(object) - 1;
	const at = text.slice(0, close).trimEnd().length;
	const isInline = !text.slice(object.offset, close).includes('\n') && (last !== undefined || !isBare(text)) && !text.trim().includes('\n');
	const hasComma = last !== undefined && commaAfter(text, endOf(last)) !== undefined;
	const name = JSON.stringify(key);
	const tail = hasComma ? ',' : '';
	const outer = layout.indentAt(text, object.offset);
	const inner =
		last === undefined || isSameLine(text, object.offset, last.offset) ? outer + layout.unit : layout.indentAt(text, last.offset);
	const member = isInline
		? `${last === undefined ? '' : ' '}${name}: ${valueText(value)}${tail}`
		: `${layout.eol}${inner}${name}: ${valueText(value, layout, inner)}${tail}`;
	// The bracket gets a line of its own where it had none.
	const bracket = isInline || text.slice(at, close).includes('\n') ? '' : `${layout.eol}${outer}`;
	const added = splice(text, at, at, member + bracket);
	return last === undefined || hasComma ? added : splice(added, endOf(last), endOf(last), ',');
}

const isSameLine = (text: string, from: number, to: number) => !text.slice(from, to).includes('\n');

/** The text without the value at a path, and every other character as it was. @throws BadJson */
export function withoutValue(text: string, path: JsonPath, comments: boolean): string {
	if (isBlank(text)) return text;
	const way = wayTo(treeOf(text, comments), path.slice(0, -1), text);
	const [object, key] = [way.at(-1), path.at(-1)];
	const found = object === undefined || key === undefined || way.length < path.length ? undefined : propertyOf(object, key, text);
	if (object === undefined || found === undefined) return text;
	return collapsed(withoutMember(text, object, found.property), object);
}

function withoutMember(text: string, object: Node, property: Node): string {
	const members = object.children ?? [];
	const index = members.indexOf(property);
	const previous = members[index - 1];
	const ownComma = commaAfter(text, endOf(property));
	const blank = /[ \t]*$/.exec(text.slice(0, property.offset))?.[0].length ?? 0;
	const line = /\r?\n$/.exec(text.slice(0, property.offset - blank))?.[0].length ?? 0;
	const start = property.offset - blank - line;
	const end = ownComma ?? endOf(property);
	// A comment between the member and its comma is somebody's.
	const between = ownComma === undefined ? '' : text.slice(endOf(property), ownComma - 1);
	const without = splice(text, start, end, between.trim() === '' ? '' : between);
	const comma = ownComma === undefined && previous !== undefined ? commaAfter(text, endOf(previous)) : undefined;
	return comma === undefined ? without : splice(without, comma - 1, comma, '');
}

/** An object of which nothing is left but blanks is written as one. It begins where it did. */
function collapsed(text: string, {offset}: Node): string {
	const inside = /^\{\s*\}/.exec(text.slice(offset))?.[0];
	return inside === undefined ? text : splice(text, offset, offset + inside.length, '{}');
}
