import fc from 'fast-check';
import {expect, test} from 'vitest';
import {stringify} from 'yaml';
import {MkcoaError} from '../../../../src/core/error.ts';
import {parseKubeconfig} from '../../../../src/mcp/kubernetes/kubeconfig/parse-kubeconfig.ts';

/** Reads a text; what is refused must be told by an error of mkcoa that repeats no secret. */
function readOrRefuse(text: string) {
	try {
		return parseKubeconfig(text, '/config');
	} catch (error) {
		expect(error).toBeInstanceOf(MkcoaError);
		expect(JSON.stringify(error)).not.toContain('planted');
		return undefined;
	}
}

test('any text is read, or refused with an error that repeats nothing of it', () => {
	const piece = fc.oneof(
		fc.string(),
		fc.constantFrom('users:', '\n- ', 'name: ', '&a ', '*a ', '{', ']', 'token: planted', '\n  ', '<<: '),
	);
	fc.assert(fc.property(fc.array(piece, {maxLength: 12}), pieces => void readOrRefuse(pieces.join(''))));
});

test('any document of the right keys and wrong values is read, or refused in the same way', () => {
	const value = fc.oneof(
		fc.constant('planted'),
		fc.constant(null),
		fc.integer(),
		fc.boolean(),
		fc.constant(['planted']),
		fc.constant({planted: 'planted'}),
	);
	const user = fc.record({token: value, exec: value, as: value, 'as-groups': value, 'client-key-data': value}, {requiredKeys: []});
	const document = fc.record(
		{users: fc.oneof(value, fc.array(fc.record({name: value, user}, {requiredKeys: []}))), clusters: value, contexts: value},
		{requiredKeys: []},
	);
	fc.assert(fc.property(document, plain => void readOrRefuse(stringify(plain))));
});

test('a file whose aliases grow without end is refused', () => {
	const bomb = Array.from(
		{length: 20},
		(_, index) => `k${index}: &a${index} [${index === 0 ? 'x' : `*a${index - 1}, *a${index - 1}, *a${index - 1}`}]`,
	).join('\n');
	expect(() => parseKubeconfig(bomb, '/config')).toThrow(/aliases/);
});
