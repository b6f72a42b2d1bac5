import {expect, test} from 'vitest';
import {changeLines} from '../../../src/core/text/change-lines.ts';
import {sideBySide} from '../../../src/core/text/side-by-side.ts';
import {lineText, lineWidth} from '../../../src/core/text/styled.ts';

const drawn = (before: readonly string[], after: readonly string[], width = 41) =>
	sideBySide(before, after, width)
		.map(line => lineText(line).trimEnd())
		.join('\n');

test('what differs stands in the same rows, what stays on both sides', () => {
	expect(drawn(['name: web', 'image: web:1.42', 'cpu: 1'], ['name: web', 'image: web:1.43', 'ready: yes', 'cpu: 1'])).toBe(
		[
			'  name: web         │   name: web',
			'- image: web:1.42   │ + image: web:1.43',
			'                    │ + ready: yes',
			'  cpu: 1            │   cpu: 1',
		].join('\n'),
	);
});

test('long lines are wrapped on their side', () => {
	const lines = sideBySide(['주문 서비스의 긴 설명이 여기에 있다'], ['short'], 30);
	expect(lines.length).toBeGreaterThan(1);
	for (const line of lines) expect(lineWidth(line)).toBeLessThanOrEqual(30);
});

test('a change uses both sides only where it is wide enough and asked to', () => {
	const change = {
		ref: {apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'web'},
		operation: 'update',
		computed: 'server',
		fields: [{path: ['data', 'app.yaml'], operation: 'replace', before: 'a: 1\nb: 2\n', after: 'a: 1\nb: 3\n'}],
	} as const;
	const text = (width: number, isBeside: boolean) => changeLines(change, width, undefined, isBeside).map(lineText).join('\n');
	expect(text(110, true)).toContain('│ + b: 3');
	expect(text(80, true)).not.toContain('│');
	expect(text(110, false)).not.toContain('│');
});
