import {expect, test} from 'vitest';
import {compactList} from '../../../../src/mcp/kubernetes/model/compact-list.ts';
import {resourceList} from '../../../../src/mcp/kubernetes/tools/resource-list.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {deployment, objectOf, pod} from '../../../support/shop-objects.ts';
import {toolContext} from '../../../support/tool-context.ts';

const view = {width: 100, terminal: true, nowMs: 0};
const pods = [
	pod('web-1'),
	pod('web-2', {ready: false, waiting: 'CrashLoopBackOff'}),
	pod('web-3'),
	pod('far', {metadata: {namespace: 'other'}}),
];

async function list(input: object, objects = pods, room: {readonly answerCharacters?: number; readonly toldCompactly?: boolean} = {}) {
	const fake = fakeCluster({objects});
	const output = await resourceList.run(resourceList.input.parse(input), {...toolContext(fake.cluster).context, ...room});
	return {output, calls: fake.calls, text: resourceList.text(output, view)};
}

test('counts by status and puts unhealthy rows first', async () => {
	expect((await list({kind: 'po'})).text).toMatchInlineSnapshot(`
		"3 pods in shop: 2 Running, 1 CrashLoopBackOff

		NAME    READY   STATUS             RESTARTS   AGE
		web-2   0/1     CrashLoopBackOff   7          5m
		web-1   1/1     Running            0          5m
		web-3   1/1     Running            0          5m"
	`);
});

test('shows the namespace when it looks into all of them', async () => {
	expect((await list({kind: 'pods', allNamespaces: true})).text).toMatchInlineSnapshot(`
		"4 pods: 3 Running, 1 CrashLoopBackOff

		NAMESPACE   NAME    READY   STATUS             RESTARTS   AGE
		shop        web-2   0/1     CrashLoopBackOff   7          5m
		shop        web-1   1/1     Running            0          5m
		shop        web-3   1/1     Running            0          5m
		other       far     1/1     Running            0          5m"
	`);
});

test('says what it left out, and goes on from there', async () => {
	const first = await list({kind: 'pods', limit: 2});
	expect(first.text).toContain('1 more: --all, --cursor 2, or narrow with --label-selector');
	const second = await list({kind: 'pods', limit: 2, cursor: first.output.cursor});
	expect(second.output.rows.map(({name}) => name)).toEqual(['web-3']);
	expect(second.output).not.toHaveProperty('cursor');
});

test('hands selectors to the server', async () => {
	expect((await list({kind: 'pods', fieldSelector: 'metadata.name=web-3'})).output.rows).toMatchObject([{name: 'web-3'}]);
});

test('shows chosen columns', async () => {
	const {output, calls} = await list({kind: 'pods', columns: ['.spec.nodeName', '.spec.containers[*].image']});
	expect(output.columns).toEqual(['Name', '.spec.nodeName', '.spec.containers[*].image']);
	expect(output.rows[0]?.cells).toEqual(['web-1', 'node-1', 'web:1']);
	expect(calls).toEqual(['list pods']);
});

test('never shows the values of secrets in columns', async () => {
	const annotations = {'kubectl.kubernetes.io/last-applied-configuration': '{"data":{"key":"aHVudGVyMg=="}}'};
	const secret = objectOf('v1', 'Secret', 'keys', {data: {key: 'aHVudGVyMg=='}, metadata: {annotations}});
	const {output} = await list({kind: 'secrets', columns: ['.data', '.metadata.annotations', '.data.key']}, [secret]);
	expect(JSON.stringify(output)).not.toContain('aHVudGVyMg');
	expect(output.rows[0]?.cells[3]).toBe('‹redacted, 7 bytes›');
});

test('stays within its budget however long the cells are', async () => {
	const many = Array.from({length: 400}, (_, index) => deployment(`web-${index}`, {metadata: {annotations: {note: 'x'.repeat(5000)}}}));
	const {output} = await list({kind: 'deployments', columns: ['.metadata.annotations.note'], limit: 500}, many);
	expect(JSON.stringify(output).length).toBeLessThan(40_000);
	expect(output.leftOut).toBe(400 - output.rows.length);
});

const crowd = Array.from({length: 1200}, (_, index) => pod(`web-${index}`));

test('shows every row to a person who asks for all of them', async () => {
	const {output} = await list({kind: 'pods', all: true}, crowd, {answerCharacters: Number.POSITIVE_INFINITY});
	expect(output).toMatchObject({total: 1200, leftOut: 0, complete: true});
	expect(output.rows).toHaveLength(1200);
	expect(output).not.toHaveProperty('cursor');
});

test('keeps all rows within the budget where the answer has one', async () => {
	const {output} = await list({kind: 'pods', all: true}, crowd);
	expect(JSON.stringify(output).length).toBeLessThan(40_000);
	expect(output.leftOut).toBe(1200 - output.rows.length);
});

// A cut list would have a cursor that points past what was lost.
test.each([{all: true}, {limit: 500}])('its compact form fits where that is what is told: %j', async how => {
	for (const answerCharacters of [2000, 8000]) {
		const {output} = await list({kind: 'pods', ...how}, crowd, {answerCharacters, toldCompactly: true});
		const size = JSON.stringify(compactList(output)).length;
		expect(size).toBeLessThan(answerCharacters - 200);
		expect(size).toBeGreaterThan(answerCharacters / 2);
		expect(output.cursor).toBe(String(output.rows.length));
	}
});

test('names the nearest kinds when it knows none of that name', async () => {
	await expect(list({kind: 'podz'})).rejects.toMatchObject({trouble: {code: 'unknown-kind'}});
});

test('says that there is nothing', async () => {
	const empty = objectOf('v1', 'Namespace', 'empty', {metadata: {namespace: undefined}});
	expect((await list({kind: 'pods', namespace: 'empty'}, [empty])).text).toBe('0 pods in empty');
});

test('a namespace that does not exist is no empty answer', async () => {
	await expect(list({kind: 'pods', namespace: 'nope'})).rejects.toMatchObject({
		trouble: {code: 'no-such-namespace', what: 'There is no namespace nope'},
	});
});
