import {expect, test} from 'vitest';
import {textTable} from '../../../src/core/text/text-table.ts';
import {textWidth} from '../../../src/core/text/text-width.ts';

const pods = {
	headers: ['NAME', 'READY', 'RESTARTS', 'NODE'],
	rows: [
		['web-7f9c5d', '1/1', 0, 'node-1'],
		['주문-서비스-1', '0/1', 12, 'node-2'],
	],
};

test('aligns columns in a terminal, numbers to the right', () => {
	expect(textTable({...pods, view: {width: 80, terminal: true}})).toBe(
		[
			'NAME            READY   RESTARTS   NODE',
			'web-7f9c5d      1/1            0   node-1',
			'주문-서비스-1   0/1           12   node-2',
		].join('\n'),
	);
});

test('cuts the widest column first and keeps to the width of the terminal', () => {
	const table = textTable({
		headers: ['NAME', 'IMAGE'],
		rows: [['web', 'registry.example/shop/web:1.42.0']],
		view: {width: 24, terminal: true},
	});
	expect(table).toBe('NAME   IMAGE\nweb    registry.example…');
});

test('sets a row as a paragraph where a column would lose more than half', () => {
	const table = textTable({
		headers: ['NAME', 'READY', 'NODE'],
		rows: [
			['recommendations-7989d445bf-gxzq5', '1/1', 'node-1'],
			['web', '', 'a-node-with-a-long-name'],
		],
		view: {width: 34, terminal: true},
	});
	expect(table).toBe(
		['NAME', '  READY  NODE', 'recommendations-7989d445bf-gxzq5', '  1/1  node-1', 'web', '  -  a-node-with-a-long-name'].join('\n'),
	);
});

test('stays inside a terminal too narrow for all columns', () => {
	const table = textTable({...pods, view: {width: 20, terminal: true}});
	expect(Math.max(...table.split('\n').map(textWidth))).toBeLessThanOrEqual(20);
});

test('separates with tabs in a pipe and cuts nothing', () => {
	const long = 'x'.repeat(200);
	expect(textTable({headers: ['NAME', 'NODE'], rows: [[long, 'n1']], view: {width: 20, terminal: false}})).toBe(`NAME\tNODE\n${long}\tn1`);
});

test('a line break, a tab or an escape in a cell forges no row', () => {
	expect(textTable({headers: ['NAME', 'X'], rows: [['a\nb\tc\u001B[31m', 'd']], view: {width: 80, terminal: false}})).toBe(
		'NAME\tX\na b c\td',
	);
});

test('headers alone when there are no rows', () => {
	expect(textTable({headers: ['NAME', 'AGE'], rows: [], view: {width: 80, terminal: true}})).toBe('NAME   AGE');
});

test('draws a list of any length', () => {
	const rows = Array.from({length: 200_000}, (_, index) => [`web-${index}`, index]);
	const lines = textTable({headers: ['NAME', 'RESTARTS'], rows, view: {width: 80, terminal: true}}).split('\n');
	expect(lines).toHaveLength(200_001);
	expect(lines.at(-1)).toBe('web-199999     199999');
});
