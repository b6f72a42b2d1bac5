import {expect, test} from 'vitest';
import {compactList, compactListOutput} from '../../../../src/mcp/kubernetes/model/compact-list.ts';

const list = (columns: string[], rows: Parameters<typeof compactList>[0]['rows'], namespace?: string) => ({
	kind: 'Pod',
	plural: 'pods',
	...(namespace === undefined ? {} : {namespace}),
	columns,
	rows,
	total: rows.length,
	complete: true,
	byStatus: {},
	leftOut: 0,
});

test('says names once, and how many of the first rows are unhealthy', () => {
	const rows = [
		{namespace: 'shop', name: 'b', cells: ['b', 'Pending'], healthy: false},
		{namespace: 'shop', name: 'a', cells: ['a', 'Running'], healthy: true},
	];
	expect(compactList(list(['Name', 'Status'], rows, 'shop'))).toEqual({
		kind: 'Pod',
		plural: 'pods',
		namespace: 'shop',
		columns: ['Name', 'Status'],
		rows: [
			['b', 'Pending'],
			['a', 'Running'],
		],
		unhealthy: 1,
		total: 2,
		complete: true,
		byStatus: {},
		leftOut: 0,
	});
});

test('namespaces are a column where they differ', () => {
	const rows = [
		{namespace: 'shop', name: 'a', cells: ['a']},
		{namespace: 'bank', name: 'a', cells: ['a']},
	];
	expect(compactList(list(['Name'], rows))).toMatchObject({
		columns: ['Namespace', 'Name'],
		rows: [
			['shop', 'a'],
			['bank', 'a'],
		],
	});
});

// The server's table of events has no name among the columns that are shown.
test('a name that is no column becomes one', () => {
	const rows = [{namespace: 'shop', name: 'web.17', cells: ['5m', 'BackOff']}];
	expect(compactList(list(['Last Seen', 'Reason'], rows, 'shop'))).toMatchObject({
		columns: ['Name', 'Last Seen', 'Reason'],
		rows: [['web.17', '5m', 'BackOff']],
	});
});

test('what no column judges is not called healthy', () => {
	const row = (name: string, healthy?: boolean) => ({name, cells: [name], ...(healthy === undefined ? {} : {healthy})});
	expect(compactList(list(['Name'], [row('a'), row('b')]))).not.toHaveProperty('unhealthy');
	const mixed = compactList(list(['Name'], [row('a', false), row('b'), row('c', true)]));
	expect(mixed).toMatchObject({unhealthy: 1, unjudged: [1]});
	expect(compactListOutput.parse(mixed)).toEqual(mixed);
});
