import {isJsonObject, type JsonObject} from '../../../../core/json.ts';
import {wordAt} from '../../model/fields.ts';

const rowsKey = '"rows":[';
const rowStart = '{"cells":[';
const objectKey = '"object":{';
/** Stands behind name and namespace in the metadata of an object, as the API server writes it. */
const behindNames = ',"uid":';
const closeBracket = 0x5d;

/**
 * A Table whose rows end after the names of their object. What follows, above all the owners of fields, is nine tenths of the text, and
 * no one reads it: parsed, it costs more than all else that a long list takes.
 *
 * The places are found by the quotes around keys, which inside a text would be escaped; what is cut out is parsed, so a wrong cut is seen.
 * @param namespaced whether every object has a namespace
 * @returns undefined when the answer is not written as the API server writes it, and has to be parsed whole
 */
export function shortTable(body: Buffer, namespaced: boolean): JsonObject | undefined {
	const rowsAt = body.indexOf(rowsKey);
	if (rowsAt === -1) return undefined;
	try {
		const envelope: unknown = JSON.parse(`${body.toString('utf8', 0, rowsAt)}${rowsKey}]}`);
		if (!isJsonObject(envelope) || envelope.kind !== 'Table') return undefined;
		return {...envelope, rows: [...shortRows(body, rowsAt + rowsKey.length, namespaced ? ['name', 'namespace'] : ['name'])]};
	} catch (error) {
		if (error instanceof SyntaxError) return undefined;
		throw error;
	}
}

/** @throws SyntaxError where rows are written in another way; one server writes all of them alike */
function* shortRows(body: Buffer, from: number, names: readonly string[]): Generator<JsonObject> {
	if (body[from] === closeBracket) return;
	if (body.toString('latin1', from, from + rowStart.length) !== rowStart) throw new SyntaxError('cells do not come first');
	for (let start = body.indexOf(rowStart, from); start !== -1; ) {
		const objectAt = body.indexOf(objectKey, start);
		const end = objectAt === -1 ? -1 : body.indexOf(behindNames, objectAt);
		if (end === -1) throw new SyntaxError('a row without an object');
		const row: unknown = JSON.parse(`${body.toString('utf8', start, end)}}}}`);
		if (!isJsonObject(row) || names.some(key => wordAt(row, 'object', 'metadata', key) === ''))
			throw new SyntaxError('a row without its names');
		yield row;
		start = body.indexOf(rowStart, end);
	}
}
