import {isJsonObject, type Json, type JsonObject} from '../json.ts';
import type {JsonPath} from './map-strings.ts';
import {isHarmlessValue, isSecretByName} from './secret-names.ts';
import {isPlaceholder, looksRandom, type Span, secretSpans} from './secret-patterns.ts';

/** A secret in JSON: it stands in the string at `path`, from `start` up to `end`, exclusive. */
export type SecretPlace = Span & {readonly path: JsonPath; readonly value: string};

/** What the walk knows of where it stands: the kind of object around, and the key that led here. */
type Around = {readonly kind: string | undefined; readonly key: string | undefined};
type Visit = (value: Json | undefined, path: JsonPath, around: Around) => Generator<SecretPlace>;

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * Where secrets stand. First match wins, from the most to the least certain:
 *
 * | place | what is secret |
 * |---|---|
 * | `data`, `stringData` of a Secret, also in a List or a SecretList | every value |
 * | `last-applied-configuration` annotation | the whole text when what it holds has any secret place |
 * | `{name, value}` pairs (env of any container, Helm and Argo parameters) | by name, by form, or when it looks random |
 * | ConfigMap `data` | likewise by key; in files the parts that have a secret form |
 * | ConfigMap `binaryData` | whole when its text has a secret form |
 * | annotations | by name unless they may name a Secret object, by form, or random |
 * | `command`, `args` | `--password=x`, and the item after `--token` |
 * | other fields | by a sure name (`password`, `token`, `privateKey` …), or by form |
 */
const visit: Visit = function* (value, path, around) {
	if (typeof value === 'string') yield* ofText(value, path, around.key);
	else if (Array.isArray(value)) yield* ofList(value, path, around);
	else if (isJsonObject(value)) yield* ofObject(value, path, around);
};

function* ofText(text: string, path: JsonPath, key: string | undefined): Generator<SecretPlace> {
	if (key !== undefined && isSecretByName(key, text, 'field')) yield* whole(text, path);
	else yield* parts(text, path);
}

function* whole(text: string, path: JsonPath): Generator<SecretPlace> {
	if (text !== '' && !isPlaceholder(text)) yield {path, value: text, start: 0, end: text.length};
}

function* parts(text: string, path: JsonPath): Generator<SecretPlace> {
	for (const {start, end} of secretSpans(text)) yield {path, value: text.slice(start, end), start, end};
}

const items: readonly string[] = ['command', 'args'];

function* ofList(list: readonly Json[], path: JsonPath, around: Around): Generator<SecretPlace> {
	const isCommand = around.key !== undefined && items.includes(around.key);
	for (const [index, item] of list.entries()) {
		const here = [...path, index];
		const flag = list[index - 1];
		const name = isCommand && typeof flag === 'string' ? /^--?([A-Za-z][\w-]+)$/.exec(flag)?.[1] : undefined;
		if (typeof item === 'string' && name !== undefined && !item.startsWith('-') && isSecretByName(name, item, 'entry'))
			yield* whole(item, here);
		else if (typeof item === 'string') yield* parts(item, here);
		else yield* visit(item, here, around);
	}
}

function* ofObject(object: JsonObject, path: JsonPath, around: Around): Generator<SecretPlace> {
	const kind = kindOf(object, around);
	const isPair = typeof object.name === 'string' && typeof object.value === 'string';
	for (const [key, value] of Object.entries(object)) {
		const here = [...path, key];
		if (isSecretData(kind, key)) yield* allText(value, here);
		else if (kind === 'ConfigMap' && key === 'data') yield* ofEntries(value, here);
		else if (kind === 'ConfigMap' && key === 'binaryData') yield* ofBinary(value, here);
		else if (key === 'annotations') yield* ofAnnotations(value, here);
		else if (isPair && key === 'value') yield* ofEntry(String(object.name), String(value), here);
		else if (isPair && key === 'name') continue;
		else yield* visit(value, here, {kind: key === 'items' ? listedKind(kind) : undefined, key});
	}
}

/** Items of the server's own lists carry no kind. */
const listedKind = (kind: string | undefined) =>
	kind === 'SecretList' || kind === 'ConfigMapList' ? kind.slice(0, -'List'.length) : undefined;
const kindOf = (object: JsonObject, around: Around) => (typeof object.kind === 'string' ? object.kind : around.kind);
const isSecretData = (kind: string | undefined, key: string) => kind === 'Secret' && (key === 'data' || key === 'stringData');

function* allText(value: Json | undefined, path: JsonPath): Generator<SecretPlace> {
	if (typeof value === 'string') yield* whole(value, path);
	else if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* allText(item, [...path, index]);
	else if (isJsonObject(value)) for (const [key, item] of Object.entries(value)) yield* allText(item, [...path, key]);
}

function* ofEntry(name: string, value: string, path: JsonPath): Generator<SecretPlace> {
	if (isSecretEntry(name, value)) yield* whole(value, path);
	else yield* parts(value, path);
}

function* ofEntries(entries: Json | undefined, path: JsonPath): Generator<SecretPlace> {
	if (!isJsonObject(entries)) return;
	for (const [name, value] of Object.entries(entries)) if (typeof value === 'string') yield* ofEntry(name, value, [...path, name]);
}

function* ofBinary(entries: Json | undefined, path: JsonPath): Generator<SecretPlace> {
	if (!isJsonObject(entries)) return;
	for (const [name, value] of Object.entries(entries)) {
		if (typeof value === 'string' && secretSpans(Buffer.from(value, 'base64').toString('latin1')).length > 0)
			yield* whole(value, [...path, name]);
	}
}

function* ofAnnotations(annotations: Json | undefined, path: JsonPath): Generator<SecretPlace> {
	if (!isJsonObject(annotations)) return;
	for (const [name, value] of Object.entries(annotations)) {
		if (typeof value !== 'string') continue;
		const here = [...path, name];
		if (name === lastApplied) {
			if (holdsSecrets(value)) yield* whole(value, here);
		} else if (isSecretByName(name, value, 'field') || looksRandom(value)) yield* whole(value, here);
		else yield* parts(value, here);
	}
}

function holdsSecrets(text: string): boolean {
	try {
		return secretPlaces(JSON.parse(text)).length > 0;
	} catch {
		return secretSpans(text).length > 0 || /\bSecret\b/.test(text);
	}
}

/** Whether the value of an environment variable or a ConfigMap key is secret as a whole: by its name, or because it looks random. */
const isSecretEntry = (name: string, value: string): boolean =>
	isSecretByName(name, value, 'entry') || (!isHarmlessValue(value) && looksRandom(value));

/**
 * Every place of an object (or of any JSON that holds objects) where a secret value stands, by the table above.
 * @param kind of the object when the JSON does not say it, such as a merge patch
 */
export const secretPlaces = (value: Json | undefined, kind?: string): readonly SecretPlace[] => [
	...visit(value, [], {kind, key: undefined}),
];
