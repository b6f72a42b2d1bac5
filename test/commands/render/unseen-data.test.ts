import {expect, test} from 'vitest';
import {parse} from 'yaml';
import {printData} from '../../../src/commands/render/print-outcome.ts';
import {bufferStreams} from '../../support/buffer-streams.ts';

const data = {
	plain: 'a: b # c',
	'a\u202ekey': 'bi\u202edi',
	list: ['zero\u200bwidth', 'tag\u{e0041}', 'bell\u0007', 'csi\u009b2J', 'es\u001b[2Jc'],
	lines: 'one\ntwo\u2066\n',
};

test.each([
	['json', (text: string): unknown => JSON.parse(text)],
	['yaml', (text: string): unknown => parse(text)],
] as const)('data in %s holds no character that a terminal obeys or a reader does not see, and loses none', async (format, read) => {
	const {streams, printed} = bufferStreams();
	await printData(streams, data, format);
	expect(printed.out).not.toMatch(/[^\n\x20-\x7e]/);
	expect(read(printed.out)).toEqual(data);
});
