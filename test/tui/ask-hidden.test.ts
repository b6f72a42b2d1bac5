import {PassThrough} from 'node:stream';
import {expect, test} from 'vitest';
import {askHidden} from '../../src/tui/ask-hidden.ts';

/** A terminal that a person types at, in pieces. */
function terminal(...pieces: readonly string[]) {
	const input = new PassThrough();
	const modes: boolean[] = [];
	let shown = '';
	const raw = Object.assign(input, {setRawMode: (mode: boolean) => modes.push(mode)});
	for (const piece of pieces) input.write(piece);
	const write = (text: string) => {
		shown += text;
	};
	return {input: raw, output: {write}, modes, shown: () => shown};
}
const signal = new AbortController().signal;

test.each<[readonly string[], string]>([
	[['Violet\r'], 'Violet'],
	[['Vio', 'let', '\n'], 'Violet'],
	[['Violat\u007f\u007fet\r'], 'Violet'],
	[['wrong\u0015Violet\r'], 'Violet'],
	[['비밀번호\u007f\r'], '비밀번'],
	[['\u001b[200~a b\r'], '[200~a b'],
])('%j is read as %j and shown nowhere', async (pieces, value) => {
	const {modes, shown, ...rest} = terminal(...pieces);
	expect(await askHidden('Value: ', rest, signal)).toBe(value);
	expect([shown(), modes]).toEqual(['Value: \n', [true, false]]);
});

test.each([['half\u0003'], ['\u0004']])('%j is a no, and the terminal is as before', async piece => {
	const {modes, ...rest} = terminal(piece);
	await expect(askHidden('Value: ', rest, signal)).rejects.toMatchObject({trouble: {code: 'cancelled'}});
	expect(modes).toEqual([true, false]);
});

test('an input that ends, and a signal, are a no', async () => {
	const ended = terminal();
	ended.input.end();
	await expect(askHidden('Value: ', ended, signal)).rejects.toMatchObject({trouble: {code: 'cancelled'}});
	await expect(askHidden('Value: ', terminal(), AbortSignal.abort())).rejects.toMatchObject({trouble: {code: 'cancelled'}});
});
