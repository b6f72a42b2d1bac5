import {type Document, isCollection, LineCounter, parseAllDocuments, parseDocument, type Tags} from 'yaml';
import {MkcoaError} from '../../../core/error.ts';
import {isJsonObject, type Json, type JsonObject} from '../../../core/json.ts';

/** One object of the text, and where its document stands. */
export type Manifest = {readonly object: JsonObject; readonly document: number; readonly line: number};

/** A text larger than this is refused: the API server's own limit of one request is 3 MiB. */
const largestText = 3 * 1024 * 1024;

/**
 * YAML 1.1 as kubectl reads it (sigs.k8s.io/yaml): `0644` is octal and `yes` is true, but `1:30` is a text, and so is a date.
 * In YAML 1.2 a `defaultMode: 0644` would become another mode in silence.
 */
const asKubectlReads = (tags: Tags) =>
	tags.filter(tag => typeof tag === 'string' || (tag.format !== 'TIME' && tag.tag !== 'tag:yaml.org,2002:timestamp'));

const reading = {version: '1.1', customTags: asKubectlReads, uniqueKeys: true, prettyErrors: false} as const;

/**
 * Reads YAML or JSON of one or many documents; lists (`kind: List`) are opened, empty documents skipped. JSON is YAML.
 * The problems of all documents are named at once, with their numbers and lines, so that nothing is applied when one is bad.
 * @throws MkcoaError `bad-yaml`, with the line of the first problem
 */
export function readManifests(text: string): readonly Manifest[] {
	if (text.length > largestText) throw badYaml([{document: 1, line: 1, text: 'the text is larger than 3 MiB'}]);
	const {manifests, problems} = yamlPart(text);
	if (problems.length > 0) throw badYaml(problems);
	if (manifests.length === 0) throw badYaml([{document: 1, line: 1, text: 'the text holds no object'}]);
	return manifests;
}

/**
 * The same of a text of any size, for who only looks: what can be read, beside what cannot. A text that is JSON as a whole, as clusters print it, is read far
 * faster than YAML.
 */
export const readDocuments = (text: string): Part => jsonPart(text) ?? yamlPart(text);

function jsonPart(text: string): Part | undefined {
	if (!/^\s*[{[]/.test(text)) return undefined;
	try {
		return valuesOf(JSON.parse(text) as Json, {document: 1, line: 1});
	} catch {
		return undefined;
	}
}

function yamlPart(text: string): Part {
	const lines = new LineCounter();
	const documents = parseAllDocuments(text, {...reading, lineCounter: lines});
	const parts = Array.isArray(documents) ? documents.map((document, index) => readDocument(document, index + 1, lines)) : [];
	return {manifests: parts.flatMap(part => part.manifests), problems: parts.flatMap(part => part.problems)};
}

type Part = {readonly manifests: readonly Manifest[]; readonly problems: readonly Problem[]};

function readDocument(parsed: Document.Parsed, document: number, lines: LineCounter): Part {
	const at = {document, line: lines.linePos(firstOffset(parsed.contents, parsed.range)).line};
	const problems = parsed.errors.map(error => ({document, line: lines.linePos(error.pos[0]).line, text: firstLine(error.message)}));
	if (problems.length > 0) return {manifests: [], problems};
	const read = jsonOf(() => parsed.toJS({maxAliasCount: 100}));
	if (typeof read === 'string') return {manifests: [], problems: [{...at, text: read}]};
	return valuesOf(read.value, at);
}

function valuesOf(value: Json, at: {readonly document: number; readonly line: number}): Part {
	const values = opened(value);
	return {
		manifests: values.filter(isJsonObject).map(object => ({object, ...at})),
		problems: values.filter(each => !isJsonObject(each)).map(each => ({...at, text: `an object was expected, ${wordFor(each)} came`})),
	};
}

const wordFor = (value: Json) => (Array.isArray(value) ? 'a list' : `“${String(value).slice(0, 40)}”`);

/**
 * Reads one value, such as a patch, from YAML or JSON text.
 * @throws MkcoaError `bad-yaml` with the line
 */
export function readValue(text: string): Json {
	const lines = new LineCounter();
	const document = parseDocument(text, {...reading, lineCounter: lines});
	const [error] = document.errors;
	if (error !== undefined) throw badYaml([{document: 1, line: lines.linePos(error.pos[0]).line, text: firstLine(error.message)}]);
	const read = jsonOf(() => document.toJS({maxAliasCount: 100}));
	if (typeof read === 'string') throw badYaml([{document: 1, line: 1, text: read}]);
	return read.value;
}

export type Problem = {readonly document: number; readonly line: number; readonly text: string};

/** Whoever corrects these comes back for the others: a text that is no YAML at all has a problem in each letter. */
const mostTold = 10;

/** The problems of a text as one error; `code` tells YAML that cannot be read from objects that cannot be applied. */
export function badYaml(problems: readonly Problem[], code: 'bad-yaml' | 'bad-manifest' = 'bad-yaml'): MkcoaError {
	return new MkcoaError({
		kind: 'usage',
		code,
		what: problems.length === 1 ? 'The manifest cannot be applied' : `The manifest has ${problems.length} problems, so nothing was applied`,
		why: [
			...problems.slice(0, mostTold).map(({document, line, text}) => `document ${document}, line ${line}: ${text}`),
			...(problems.length > mostTold ? [`and ${problems.length - mostTold} more`] : []),
		].join('; '),
		next: 'Correct the text and run the command again',
		...(problems[0] === undefined ? {} : {line: problems[0].line}),
	});
}

/** What the reader says; where it ran out of room, what that means. */
const firstLine = (text: string) => (/call stack/i.test(text) ? 'it is nested too deeply' : (text.split('\n', 1)[0] ?? ''));

const firstOffset = (contents: unknown, range: readonly number[] | null | undefined) =>
	isCollection(contents) && contents.range ? contents.range[0] : (range?.[0] ?? 0);

function jsonOf(read: () => unknown): {readonly value: Json} | string {
	try {
		// What JSON.parse answers is JSON; a set of YAML 1.1 becomes an empty object, and the server refuses it.
		return {value: JSON.parse(JSON.stringify(read() ?? null)) as Json};
	} catch (error) {
		return error instanceof Error ? firstLine(error.message) : 'it cannot be read';
	}
}

/** Nothing for an empty document, the items for a List, else the value itself. */
function opened(value: Json): readonly Json[] {
	if (value === null) return [];
	if (isJsonObject(value) && value.kind === 'List' && Array.isArray(value.items)) return value.items;
	return [value];
}
