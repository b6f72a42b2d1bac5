import {isJsonObject, type Json} from '../json.ts';
import {type KnownValues, knownValues} from './known-values.ts';
import {mapStrings} from './map-strings.ts';
import {hideSecretManifests} from './secret-manifest-text.ts';
import {joinSpans, replaceSpans, type Span, secretSpans} from './secret-patterns.ts';
import {secretPlaces} from './secret-places.ts';
import {spansByPath} from './spans-by-path.ts';
import {valuesOfSecret} from './values-of-secret.ts';

/** What people read instead of a secret. */
export const redactedMark = '‹redacted›';

/** The one gate at the way out. No method throws, and none touches a key. */
export type Redactor = {
	/** What was learned, for sealing plans. */
	readonly known: KnownValues;
	/** Hides this value from now on, also in base64 and line by line. Values under six characters and everyday words are not learned. */
	readonly learn: (value: string) => void;
	/** Learns every secret that an object holds; of a Secret see `valuesOfSecret`. */
	readonly learnFrom: (object: Json) => void;
	readonly text: (text: string) => string;
	/** Any JSON: secret places of objects, and the text of every other string. Names of objects stay. */
	readonly json: <Value extends Json | undefined>(value: Value) => Value;
};

/** A whole string under these keys names something; a learned value that is equal to it is a coincidence. */
const naming = new Set(['apiVersion', 'kind', 'namespace', 'name', 'context', 'cluster', 'tool', 'op', 'operation']);

/**
 * A gate that knows nothing yet.
 * @param limit learned values kept; the oldest are forgotten first
 */
export function createRedactor({limit}: {readonly limit?: number} = {}): Redactor {
	const known = knownValues(limit);
	const hide = (text: string, spans: readonly Span[]) => replaceSpans(text, spans, () => redactedMark);

	function text(raw: string): string {
		const quiet = hideSecretManifests(raw, () => redactedMark);
		return hide(quiet, joinSpans([...secretSpans(quiet), ...known.spans(quiet)]));
	}

	function json<Value extends Json | undefined>(value: Value): Value {
		const spansAt = spansByPath(secretPlaces(value));
		return mapStrings(value, (raw, path) => {
			const here = spansAt(path);
			if (here !== undefined) return hide(raw, joinSpans([...here, ...known.spans(raw)]));
			const key = path.at(-1);
			return typeof key === 'string' && naming.has(key) && !raw.includes('\n') ? named(raw) : text(raw);
		});
	}

	/** A name stays unless a secret is only a part of it. */
	const named = (raw: string) => (known.spans(raw).some(({start, end}) => start === 0 && end === raw.length) ? raw : text(raw));

	const learnPlaces = (object: Json) => {
		for (const {value} of secretPlaces(object)) known.add(value);
	};

	return {
		known,
		learn: known.add,
		learnFrom(object) {
			if (!isJsonObject(object) || object.kind !== 'Secret') return learnPlaces(object);
			const {data: _, stringData: __, ...rest} = object;
			learnPlaces(rest);
			for (const value of valuesOfSecret(object)) known.add(value);
		},
		text,
		json,
	};
}
