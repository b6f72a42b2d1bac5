import {
	type Document,
	isAlias,
	isCollection,
	isMap,
	isPair,
	isScalar,
	isSeq,
	type Node,
	type Pair,
	parseAllDocuments,
	Scalar,
	stringify,
	type YAMLMap,
	type YAMLSeq,
} from 'yaml';
import {canonicalJson, isJsonObject, type Json} from '../../../../core/json.ts';
import type {PathSegment} from '../../../../core/plan.ts';

/** One field of one document of a file that gets another value; `value` undefined takes the field away. */
export type YamlEdit = {readonly document: number; readonly path: readonly PathSegment[]; readonly value: Json | undefined};

/** A field that cannot be changed by touching its own lines alone, such as one behind an alias. */
export class UneditableError extends Error {
	override readonly name = 'UneditableError';
}

/**
 * Changes one field in the text of a YAML file and leaves every other byte as it is: comments, order, quotes and blank lines.
 * The result is parsed again and compared, so that a wrong edit is an error and never a commit.
 * @throws UneditableError
 */
export function editYaml(text: string, edit: YamlEdit): string {
	const before = parsed(text);
	const document = before[edit.document];
	if (document === undefined) throw new UneditableError('There is no such document in the file');
	const edited = edit.value === undefined ? withoutField(text, document, edit.path) : withField(text, document, edit.path, edit.value);
	demandOnlyThat(before, parsed(edited), edit);
	return edited;
}

function parsed(text: string): readonly Document.Parsed[] {
	const documents = parseAllDocuments(text, {logLevel: 'error'});
	if (!Array.isArray(documents)) return [];
	const broken = documents.flatMap(({errors}) => errors)[0];
	if (broken !== undefined) throw new UneditableError(broken.message);
	return documents;
}

type Splice = {readonly from: number; readonly to: number; readonly put: string};

const spliced = (text: string, {from, to, put}: Splice) => text.slice(0, from) + put + text.slice(to);

function withField(text: string, {contents}: Document.Parsed, path: readonly PathSegment[], value: Json): string {
	let node: Node | null = contents;
	for (const [depth, segment] of path.entries()) {
		const child: Node | null | undefined = childAt(node, segment);
		if (child === undefined || child === null) return spliced(text, added(text, node, path.slice(depth), value));
		node = child;
	}
	return spliced(text, replaced(text, rangeOf(node), node, value));
}

/** What stands below a node; undefined where nothing does. @throws UneditableError below an alias, whose lines are shared */
function childAt(node: Node | null, segment: PathSegment): Node | null | undefined {
	if (isAlias(node)) throw new UneditableError('The field stands behind an alias, so others would change with it');
	if (isMap(node) && typeof segment === 'string') return (pairOf(node, segment)?.value ?? undefined) as Node | undefined;
	if (!isSeq(node)) return undefined;
	return node.items[indexOf(node, segment)] as Node | undefined;
}

const pairOf = (map: YAMLMap, key: string): Pair | undefined =>
	map.items.find(({key: each}) => isScalar(each) && String(each.value) === key);

const indexOf = (list: YAMLSeq, segment: PathSegment): number =>
	typeof segment === 'object'
		? list.items.findIndex(item => isMap(item) && Object.entries(segment).every(([key, value]) => item.get(key) === value))
		: Number(segment);

function rangeOf(node: Node | null): readonly [number, number] {
	if (!node?.range) throw new UneditableError('The field has no place of its own in the file');
	return [node.range[0], node.range[1]];
}

function replaced(text: string, [from, to]: readonly [number, number], node: Node | null, value: Json): Splice {
	if (isAlias(node)) throw new UneditableError('The value is an alias, so others would change with it');
	const end = endOf(node);
	if (isScalar(node) && !isBlockScalar(node) && !isFilled(value)) return {from, to, put: scalarText(value, node)};
	if (isCollection(node) && node.flow === true) return {from, to, put: flowText(value)};
	if (isCollection(node) && isFilled(value)) return {from, to: end, put: blockText(value, columnOf(text, from), stepOf(text))};
	throw new UneditableError('The value changes its kind, from text to a list or the other way round');
}

const isBlockScalar = ({type}: Scalar) => type === Scalar.BLOCK_FOLDED || type === Scalar.BLOCK_LITERAL;

/** Collections with something in them; an empty one is written in one line like a text. */
const isFilled = (value: Json) => (Array.isArray(value) ? value.length > 0 : isJsonObject(value) && Object.keys(value).length > 0);

/** The new value in the quotes of the old one, where it can stand in them. */
function scalarText(value: Json, {type}: Scalar): string {
	if (typeof value !== 'string') return flowText(value);
	const scalar = new Scalar(value);
	if (type === Scalar.QUOTE_DOUBLE || type === Scalar.QUOTE_SINGLE) scalar.type = type;
	return stringify(scalar, {lineWidth: 0}).trimEnd();
}

const flowText = (value: Json) => stringify(value, {lineWidth: 0, collectionStyle: 'flow'}).trimEnd();

const blockText = (value: Json, column: number, step: number) =>
	stringify(value, {lineWidth: 0, indent: step, indentSeq: false})
		.trimEnd()
		.replaceAll('\n', `\n${' '.repeat(column)}`);

/** Columns of one level, as the file has it. */
const stepOf = (text: string) => /^( +)\S/m.exec(text)?.[1]?.length ?? 2;

const columnOf = (text: string, at: number) => at - (text.lastIndexOf('\n', at - 1) + 1);

/** Where the last leaf of a node ends: a collection's own range may reach over the comments after it. */
function endOf(node: unknown): number {
	if (isPair(node)) return endOf(node.value ?? node.key);
	if (isCollection(node) && node.flow !== true && node.items.length > 0) return endOf(node.items.at(-1));
	return rangeOf(node as Node)[1];
}

/** Puts a field, and the maps around it that are not there yet, behind the last field of the innermost one that is. */
function added(text: string, parent: Node | null, path: readonly PathSegment[], value: Json): Splice {
	const [first] = path;
	if (isMap(parent) && parent.flow !== true && parent.items.length > 0 && typeof first === 'string') {
		const [key] = parent.items;
		const column = columnOf(text, rangeOf(key?.key as Node)[0]);
		const empty = pairOf(parent, first);
		const line = blockText({[first]: nested(path.slice(1), value)}, column, stepOf(text));
		if (empty === undefined) return behind(text, endOf(parent), column, line);
		// `key:` without a value is there already.
		const from = rangeOf(empty.key as Node)[0];
		return {from, to: text.indexOf(':', rangeOf(empty.key as Node)[1]) + 1, put: line};
	}
	if (isSeq(parent) && parent.flow !== true && parent.items.length > 0 && first !== undefined && typeof first !== 'string') {
		const column = dashColumn(text, parent);
		return behind(text, endOf(parent), column, blockText([nestedItem(first, path.slice(1), value)], column, stepOf(text)));
	}
	throw new UneditableError('The file has no place where the field could be added');
}

function dashColumn(text: string, {items}: YAMLSeq): number {
	const [from] = rangeOf(items[0] as Node);
	return columnOf(text, text.lastIndexOf('-', from - 1));
}

const nested = (path: readonly PathSegment[], value: Json): Json => {
	const [first, ...rest] = path;
	if (first === undefined) return value;
	return typeof first === 'string' ? {[first]: nested(rest, value)} : [nestedItem(first, rest, value)];
};

function nestedItem(segment: PathSegment, rest: readonly PathSegment[], value: Json): Json {
	const inner = nested(rest, value);
	return typeof segment === 'object' && isJsonObject(inner) ? {...segment, ...inner} : inner;
}

/** After the end of the line, so that a remark at its end stays with its field. */
function behind(text: string, end: number, column: number, line: string): Splice {
	const isAtLineStart = text[end - 1] === '\n';
	const newline = text.indexOf('\n', end);
	const at = isAtLineStart ? end : newline < 0 ? text.length : newline;
	const indented = ' '.repeat(column) + line;
	return {from: at, to: at, put: isAtLineStart ? `${indented}\n` : `\n${indented}`};
}

function withoutField(text: string, {contents}: Document.Parsed, path: readonly PathSegment[]): string {
	let node: Node | null = contents;
	/** The outermost thing that holds nothing but the field. */
	let goes: {readonly parent: YAMLMap | YAMLSeq; readonly index: number} | undefined;
	for (const segment of path) {
		const child: Node | null | undefined = childAt(node, segment);
		if (child === undefined || (!isMap(node) && !isSeq(node))) return text;
		const index = isMap(node) ? node.items.findIndex(({key}) => isScalar(key) && String(key.value) === segment) : indexOf(node, segment);
		if (node.items.length > 1 || goes === undefined) goes = {parent: node, index};
		node = child;
	}
	if (goes === undefined) throw new UneditableError('The whole document would go');
	return spliced(text, taken(text, goes.parent, goes.index));
}

/** Whole lines, from the field's own to the last of its value. */
function taken(text: string, parent: YAMLMap | YAMLSeq, index: number): Splice {
	const item: unknown = parent.items[index];
	if (parent.flow === true || parent.items.length === 1) throw new UneditableError('The field shares its line with others');
	const start = rangeOf((isPair(item) ? item.key : item) as Node)[0];
	const end = endOf(item);
	const lineEnd = text[end - 1] === '\n' ? end : text.indexOf('\n', end) < 0 ? text.length : text.indexOf('\n', end) + 1;
	const lineStart = text.lastIndexOf('\n', start - 1) + 1;
	const lead = text.slice(lineStart, start);
	if (isPair(item) && lead.includes('-')) {
		// The first field of a list item stands behind the dash: the next one takes its place.
		const next = parent.items[index + 1];
		if (!isPair(next)) throw new UneditableError('The field shares its line with others');
		return {from: start, to: rangeOf(next.key as Node)[0], put: ''};
	}
	return {from: lineStart, to: lineEnd, put: ''};
}

/** @throws UneditableError when anything but the one field reads otherwise than before */
function demandOnlyThat(before: readonly Document.Parsed[], after: readonly Document.Parsed[], {document, path, value}: YamlEdit) {
	const wanted = before.map((each, index) => {
		const json = each.toJS() as Json;
		return index === document ? changed(json, path, value) : json;
	});
	const got = after.map(each => each.toJS() as Json);
	if (canonicalJson(wanted) !== canonicalJson(got)) throw new UneditableError('The field cannot be changed without changing others');
}

function changed(json: Json, path: readonly PathSegment[], value: Json | undefined): Json {
	const [first, ...rest] = path;
	if (first === undefined) return value ?? null;
	if (Array.isArray(json)) return changedList(json, first, rest, value);
	const object = isJsonObject(json) ? json : {};
	const key = String(first);
	const inner = object[key];
	const {[key]: _, ...others} = object;
	if (value === undefined && (rest.length === 0 || inner === undefined)) return others;
	const next = inner === undefined || inner === null ? nested(rest, value ?? null) : changed(inner, rest, value);
	return isEmpty(next) && value === undefined ? others : {...object, [key]: next};
}

function changedList(list: readonly Json[], segment: PathSegment, rest: readonly PathSegment[], value: Json | undefined): Json {
	const at =
		typeof segment === 'object'
			? list.findIndex(item => isJsonObject(item) && Object.entries(segment).every(([key, each]) => item[key] === each))
			: Number(segment);
	const item = list[at];
	if (item === undefined) return value === undefined ? list : [...list, nestedItem(segment, rest, value)];
	if (value === undefined && rest.length === 0) return list.filter((_, index) => index !== at);
	const next = changed(item, rest, value);
	return isEmpty(next) && value === undefined
		? list.filter((_, index) => index !== at)
		: list.map((each, index) => (index === at ? next : each));
}

const isEmpty = (json: Json) => (Array.isArray(json) ? json.length === 0 : isJsonObject(json) && Object.keys(json).length === 0);
