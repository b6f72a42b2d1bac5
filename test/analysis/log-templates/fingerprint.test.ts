import {expect, test} from 'vitest';
import {fingerprintOf} from '../../../src/analysis/log-templates/fingerprint.ts';
import {wordsOf} from '../../../src/analysis/log-templates/words.ts';
import {linesOf, writtenSystems} from './written-systems.ts';

test('is the same for messages that differ in numbers alone', () => {
	expect(fingerprintOf('port 80 of 10.0.0.1', 0)).toBe(fingerprintOf('port 43 of 10.7.9.2', 0));
	expect(fingerprintOf('10:00 INFO port 80', 11)).toBe(fingerprintOf('11:00 WARN port 80', 11));
});

test.each([
	['port 80', 'port 8'],
	['port 80', 'part 80'],
	['a b', 'b a'],
	['x=5', 'x =5'],
])('%s is not %s', (one, other) => {
	expect(fingerprintOf(one, 0)).not.toBe(fingerprintOf(other, 0));
});

test('what has one fingerprint has the same words', () => {
	const words = new Map<number, string>();
	const put = (text: string, from: number) => {
		const fingerprint = fingerprintOf(text, from) ?? Number.NaN;
		const found = wordsOf(text, from).join(' ');
		expect(words.get(fingerprint) ?? found).toBe(found);
		words.set(fingerprint, found);
	};
	for (const system of Object.values(writtenSystems))
		for (const {text} of linesOf(system, 300, 3)) for (const from of [0, 1, 20]) put(text, from);
	// Numbers of all lengths, beside letters of a to f, colons and signs.
	const parts = ['', '1', '12345', '123456', '12345678', '123456789', 'ab', 'abc1', 'ab:', ':cd', '-', '0x', '..', '(', ' '];
	for (const one of parts) for (const other of parts) for (const third of parts) put(`a${one}${other}${third}`, 1);
});

test('long messages have none', () => {
	expect(fingerprintOf('x'.repeat(5000), 0)).toBeUndefined();
});
