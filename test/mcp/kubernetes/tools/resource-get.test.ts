import {expect, test} from 'vitest';
import {resourceGet} from '../../../../src/mcp/kubernetes/tools/resource-get.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {deployment, objectOf} from '../../../support/shop-objects.ts';
import {toolContext} from '../../../support/tool-context.ts';

const view = {width: 80, terminal: true, nowMs: 0};
const secret = objectOf('v1', 'Secret', 'keys', {type: 'Opaque', data: {password: 'aHVudGVyMg=='}, stringData: {more: 'hunter3'}});
const objects = [
	deployment('web', {metadata: {managedFields: [{manager: 'x'}], annotations: {'kubectl.kubernetes.io/last-applied-configuration': '{}'}}}),
	secret,
	objectOf('v1', 'ConfigMap', 'big', {data: {small: 'x', large: 'y'.repeat(10_000)}}),
	objectOf('v1', 'ConfigMap', 'huge', {data: Object.fromEntries(Array.from({length: 30}, (_, index) => [`k${index}`, 'z'.repeat(3000)]))}),
];

async function get(input: object) {
	const {context} = toolContext(fakeCluster({objects}).cluster);
	const output = await resourceGet.run(resourceGet.input.parse(input), context);
	return {output, text: resourceGet.text(output, view)};
}

test('shows an object without bookkeeping', async () => {
	const {text} = await get({kind: 'deploy', name: 'web'});
	expect(text).toContain('kind: Deployment');
	expect(text).not.toMatch(/managedFields|last-applied/);
});

test('shows of a secret only names and sizes', async () => {
	const {text} = await get({kind: 'secret', name: 'keys', path: '.data'});
	expect(text).toBe('password: ‹redacted, 7 bytes›');
	expect(JSON.stringify((await get({kind: 'secret', name: 'keys'})).output)).not.toMatch(/aHVudGVyMg|hunter3/);
});

test('cuts long texts and names their places', async () => {
	const {output} = await get({kind: 'cm', name: 'big'});
	expect(output.leftOut).toEqual(['.data.large']);
	expect(JSON.stringify(output)).toContain('(6000 characters more)');
});

test('tells the parts of an object that is too large', async () => {
	const {output} = await get({kind: 'cm', name: 'huge'});
	expect(output).toEqual({
		value: {parts: ['apiVersion', 'kind', 'metadata', 'data']},
		leftOut: ['The object is larger than one answer: ask for one of its parts with --path'],
	});
});

test('says where it looked for an object that does not exist', async () => {
	await expect(get({kind: 'deploy', name: 'nothing'})).rejects.toMatchObject({
		trouble: {
			code: 'not-found',
			what: 'Deployment shop/nothing does not exist',
			next: expect.stringContaining('mkcoa k8s list deployments -n shop'),
		},
	});
});
