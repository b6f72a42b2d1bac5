import {isJsonObject, type JsonObject} from '../../../../core/json.ts';

const quote = 0x22;
const backslash = 0x5c;
const openBracket = 0x5b;
const openBrace = 0x7b;
const closeBracket = 0x5d;
const closeBrace = 0x7d;

/**
 * Reads a list answer object by object: each item is parsed when it is asked for, and can be forgotten before the next. Parsed at
 * once, a page of 500 pods takes many times its size, and V8 keeps the memory that it once took.
 * @param chunks the body's bytes in order; each is taken out and let go once it is read
 * @returns after the last item, the answer without its items
 * @throws SyntaxError when the bytes are no JSON object
 */
export function* splitItems(chunks: Buffer[]): Generator<JsonObject, JsonObject> {
	const envelope: Buffer[] = [];
	let item: Buffer[] = [];
	let depth = 0;
	let inString = false;
	let escaped = false;
	let inItems = false;

	for (let chunk = chunks.shift(); chunk !== undefined; chunk = chunks.shift()) {
		// The bytes from `start` on belong to the open item, else to the envelope, else to nothing (commas between items).
		let start = 0;
		for (let at = 0; at < chunk.length; at++) {
			const byte = chunk[at];
			if (inString) {
				if (escaped) escaped = false;
				else {
					// Most bytes are inside texts, where nothing but their end matters.
					while (at < chunk.length && chunk[at] !== quote && chunk[at] !== backslash) at++;
					if (chunk[at] === backslash) escaped = true;
					else if (chunk[at] === quote) inString = false;
				}
			} else if (byte === quote) inString = true;
			else if (byte === openBrace || byte === openBracket) {
				depth++;
				if (inItems && depth === 3) start = at;
				else if (depth === 2 && byte === openBracket && endsWithItemsKey([...envelope, chunk.subarray(start, at)])) {
					envelope.push(chunk.subarray(start, at + 1));
					inItems = true;
				}
			} else if (byte === closeBrace || byte === closeBracket) {
				depth--;
				if (inItems && depth === 2) {
					item.push(chunk.subarray(start, at + 1));
					yield parseObject(item);
					item = [];
				} else if (inItems && depth === 1) {
					inItems = false;
					start = at;
				}
			}
		}
		const open = !inItems ? envelope : depth > 2 ? item : undefined;
		open?.push(chunk.subarray(start));
	}
	return parseObject(envelope);
}

/** Whether the array that opens is the answer's own `items`. */
const endsWithItemsKey = (envelope: readonly Buffer[]) => /"items"\s*:\s*$/.test(Buffer.concat(envelope).toString('latin1').slice(-64));

function parseObject(parts: readonly Buffer[]): JsonObject {
	const value: unknown = JSON.parse((parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts)).toString('utf8'));
	if (isJsonObject(value)) return value;
	throw new SyntaxError('no JSON object');
}
