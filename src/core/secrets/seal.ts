import {MkcoaError} from '../error.ts';
import type {SealedValues} from '../journal.ts';
import {isJsonObject, type Json, type JsonObject} from '../json.ts';
import {refText} from '../kube/kube-object.ts';
import type {Change, Draft, Write} from '../plan.ts';
import {type KnownValues, knownValues} from './known-values.ts';
import {type JsonPath, mapStrings} from './map-strings.ts';
import {redactedMark} from './redact.ts';
import {payloadOf, placesOfWrite, withPayload} from './seal-places.ts';
import {hideSecretManifests} from './secret-manifest-text.ts';
import {joinSpans, replaceSpans, type Span, secretSpans} from './secret-patterns.ts';
import {type SecretPlace, secretPlaces} from './secret-places.ts';
import {hideSecretPlaces, spansByPath} from './spans-by-path.ts';

export const anyPlaceholder = /‹sealed[^›]*›/g;
/** What people read instead of a value, with its size or without. */
const anyRedacted = /‹redacted[^›]*›/;
/** Where nothing has to be put back. */
const sealedMark = '‹sealed›';

/** A draft without its secret values, and those values by placeholder. */
export type SealedDraft<Resolved extends JsonObject> = {readonly draft: Draft<Resolved>; readonly sealed: SealedValues};

/**
 * Takes every secret value out of a draft. The placeholder says where a value stood and nothing about it, so planning twice gives one digest.
 * Values in `steps[].writes` are put back by `unsealWrite`; anywhere else they are gone. Names of objects stay, even where a secret is equal to one.
 * @param learned secrets that were read elsewhere: they are taken out of writes and texts too. Names and images in the input stay, because tools work with them
 */
export function sealDraft<Resolved extends JsonObject>(draft: Draft<Resolved>, learned?: KnownValues): SealedDraft<Resolved> {
	const names = namesOf(draft);
	const own = secretsOf(draft, names);
	const known = joined(own, learned);
	const sealed: {[placeholder: string]: string} = {};
	const place = (write: Write, path: JsonPath, value: string) => {
		const text = placeholderOf(write, path, sealed);
		sealed[text] = value;
		return text;
	};
	const hide = <Value extends Json | undefined>(value: Value): Value => hideAll(value, known, names);
	return {
		draft: {
			input: hideInput(draft.input, known, own, names),
			summary: hide(draft.summary),
			risk: {level: draft.risk.level, reasons: hide(draft.risk.reasons)},
			steps: draft.steps.map(step => ({
				...step,
				title: hide(step.title),
				writes: step.writes.map(write => sealWrite(write, known, place)),
			})),
			changes: draft.changes.map(change => hideChange(change, hide)),
			consequences: draft.consequences.map(consequence => ({...consequence, text: hide(consequence.text)})),
			preconditions: draft.preconditions,
			verify: hide(draft.verify),
			undo: {...draft.undo, how: hide(draft.undo.how)},
			...(draft.confined === undefined ? {} : {confined: draft.confined}),
		},
		sealed,
	};
}

/**
 * The write with its values put back, in one pass: what a value says is never read as a placeholder.
 * @throws MkcoaError `sealed-values-missing` when a value is not at hand, `redacted-value` when the write holds what only people read
 */
export function unsealWrite(write: Write, sealed: SealedValues): Write {
	const restored = (text: string) => {
		if (anyRedacted.test(text.replace(anyPlaceholder, ''))) throw redactedValue(write);
		return text.replace(anyPlaceholder, placeholder => {
			const value = Object.hasOwn(sealed, placeholder) ? sealed[placeholder] : undefined;
			if (value === undefined) throw missing(write);
			return value;
		});
	};
	return withPayload(write, payload => mapStrings(payload, restored));
}

const missing = ({ref}: Write) =>
	new MkcoaError({
		kind: 'environment',
		code: 'sealed-values-missing',
		what: `${refText(ref)} cannot be written`,
		why: 'its secret values are not kept any more',
		next: 'Make the plan again from its source',
	});

const redactedValue = ({ref}: Write) =>
	new MkcoaError({
		kind: 'usage',
		code: 'redacted-value',
		what: `${refText(ref)} cannot be written`,
		why: `it holds ${redactedMark}, which stands for a value that mkcoa hid`,
		next: 'Give the value itself',
	});

/** Keys may hold anything; the text must stay one word that no pattern takes for a secret. */
const word = (part: string | number) => String(part).replace(/[^\p{L}\p{N}_.-]/gu, '~');

function placeholderOf({ref}: Write, path: JsonPath, taken: SealedValues): string {
	const where = [ref.kind, ...(ref.namespace === undefined ? [] : [ref.namespace]), ref.name, ...path].map(word).join('/');
	for (let count = 1; ; count++) {
		const text = `‹sealed:${where}${count === 1 ? '' : `#${count}`}›`;
		if (!Object.hasOwn(taken, text)) return text;
	}
}

/** Names that a plan cannot do without. */
const namesOf = ({steps, changes, preconditions}: Draft): ReadonlySet<string> =>
	new Set(
		[...steps.flatMap(({writes}) => writes), ...changes, ...preconditions].flatMap(({ref}) => [
			ref.kind,
			ref.name,
			...(ref.namespace === undefined ? [] : [ref.namespace]),
		]),
	);

/** Every value that some place of the draft shows to be secret. */
function secretsOf(draft: Draft, names: ReadonlySet<string>): KnownValues {
	const known = knownValues();
	const learn = (places: readonly SecretPlace[]) => {
		for (const {value} of places) if (!names.has(value)) known.add(value);
	};
	for (const {writes} of draft.steps) for (const write of writes) learn(placesOfWrite(write));
	learn(secretPlaces(draft.input));
	mapStrings(draft.input, text => {
		learn(secretPlaces(parsed(text)));
		return text;
	});
	return known;
}

/** What somebody wrote to look like a placeholder is a value like any other: it must not draw a secret to it. */
const impostors = (text: string): readonly Span[] =>
	[...text.matchAll(anyPlaceholder)].map(({0: found, index}) => ({start: index, end: index + found.length}));

function sealWrite(write: Write, known: Spans, place: (write: Write, path: JsonPath, value: string) => string): Write {
	if (payloadOf(write) === undefined) return write;
	const spansAt = spansByPath(placesOfWrite(write));
	return withPayload(write, payload =>
		mapStrings(payload, (text, path) => {
			const spans = joinSpans([...(spansAt(path) ?? []), ...known.spans(text), ...impostors(text)]);
			return replaceSpans(text, spans, value => place(write, path, value));
		}),
	);
}

type Spans = Pick<KnownValues, 'spans'>;

const joined = (own: Spans, learned: Spans | undefined): Spans =>
	learned === undefined ? own : {spans: text => joinSpans([...own.spans(text), ...learned.spans(text)])};

/** Input fields that name things: a tool works with these words, and a learned secret inside one is a coincidence. */
const namingFields = new Set(['name', 'names', 'namespace', 'kind', 'kinds', 'image', 'container', 'node', 'pod', 'selector', 'context']);

function hideInput<Value extends JsonObject>(input: Value, known: Spans, own: Spans, names: ReadonlySet<string>): Value {
	return mapStrings(hideAll(input, own, names), (text, [field]) =>
		(typeof field === 'string' && namingFields.has(field)) || names.has(text)
			? text
			: replaceSpans(text, known.spans(text), () => sealedMark),
	);
}

function hideAll<Value extends Json | undefined>(value: Value, known: Spans, names: ReadonlySet<string>): Value {
	const spansAt = spansByPath(secretPlaces(value));
	return mapStrings(value, (text, path) => {
		const here = spansAt(path);
		if (here === undefined && names.has(text)) return text;
		const quiet = here === undefined ? hideManifest(text) : text;
		return replaceSpans(quiet, joinSpans([...(here ?? secretSpans(quiet)), ...known.spans(quiet)]), () => sealedMark);
	});
}

/** Manifest text inside a string: JSON is walked, YAML is hidden line by line. */
function hideManifest(text: string): string {
	const object = parsed(text);
	if (object === undefined) return hideSecretManifests(text, () => sealedMark);
	const quiet = hideSecretPlaces(object, sealedMark);
	return quiet === object ? text : JSON.stringify(quiet, null, 2);
}

function parsed(text: string): Json | undefined {
	if (!/^\s*[[{]/.test(text)) return undefined;
	try {
		const value: unknown = JSON.parse(text);
		// What JSON.parse answers is JSON.
		return isJsonObject(value) || Array.isArray(value) ? (value as Json) : undefined;
	} catch {
		return undefined;
	}
}

/** Names and paths say where; only values are hidden. */
function hideChange(change: Change, hide: <Value extends Json | undefined>(value: Value) => Value): Change {
	const fields = change.fields.map(field => {
		if (field.secret) {
			const {before: _, after: __, ...rest} = field;
			return rest;
		}
		return {
			...field,
			...(field.before === undefined ? {} : {before: hide(field.before)}),
			...(field.after === undefined ? {} : {after: hide(field.after)}),
		};
	});
	return {...change, fields, ...(change.why === undefined ? {} : {why: hide(change.why)})};
}
