import {expect, test} from 'vitest';
import {normalise} from './compare/normalise.ts';
import {shown} from './compare/shown.ts';

test.each([
	['quantities and words stay', {cpu: '100m', memory: '2h', state: '<unknown>'}, {cpu: '100m', memory: '2h', state: '<unknown>'}],
	['an age is replaced in a cell only', {cells: ['3m2s', '<unknown>', 2]}, {cells: ['<age>', '<unknown>', 2]}],
	[
		'what is drawn keeps its type',
		{resourceVersion: '17', nodePort: 31_000, uid: null},
		{resourceVersion: '<string resourceVersion>', nodePort: '<number nodePort>', uid: null},
	],
	[
		'what is not drawn stays',
		{resourceVersion: '', nodePort: 80, clusterIP: 'None'},
		{resourceVersion: '', nodePort: 80, clusterIP: 'None'},
	],
	['addresses are replaced one by one', {podIPs: [{ip: '10.1.2.3'}], clusterIPs: []}, {podIPs: [{ip: '<address>'}], clusterIPs: []}],
])('%s', (_, value, expected) => {
	expect(normalise(value)).toEqual(expected);
});

test('of what kubectl prints, only plain lists are sorted, and the streams stay apart', () => {
	expect(shown('get pods', 'b  1/1  3s\na  1/1  3s\n', 'note\n')).toEqual({out: ['a  1/1  <age>', 'b  1/1  <age>'], err: ['note']});
	expect(shown('get pods --sort-by=.x', 'b  1/1\na  1/1\n', '').out).toEqual(['b  1/1', 'a  1/1']);
	expect(shown('get pod a -o yaml', 'spec:\n    b: 1\n  resourceVersion: "5"\n', '').out).toEqual([
		'spec:',
		'    b: 1',
		'  resourceVersion: "<version>"',
	]);
});

test('an event that came again is the same line as one that did not', () => {
	const line = (age: string) => `  Warning  Failed  ${age}  kubelet  it did not start`;
	expect(shown('describe pod a', line('3s (x2 over 9s)'), '')).toEqual(shown('describe pod a', line('<invalid>'), ''));
	expect(shown('describe pod a', '  cpu:  100m', '').out).toEqual(['  cpu:  100m']);
});
