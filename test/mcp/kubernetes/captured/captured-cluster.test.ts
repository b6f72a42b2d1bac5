import {expect, test} from 'vitest';
import {readCapture} from '../../../../src/agents/incident/reading/read-capture.ts';
import {readObjects} from '../../../../src/agents/incident/reading/read-objects.ts';
import {capturedCluster} from '../../../../src/mcp/kubernetes/captured/captured-cluster.ts';
import {fitsQuery} from '../../../../src/mcp/kubernetes/captured/fits-query.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {object} from '../../../support/kube-objects.ts';

const pod = object('v1', 'Pod', 'web-1', {metadata: {labels: {app: 'web', tier: 'front'}}, spec: {nodeName: 'n1'}});

test.each<[object, boolean]>([
	[{}, true],
	[{namespace: 'shop'}, true],
	[{namespace: 'other'}, false],
	[{labelSelector: 'app=web,tier==front'}, true],
	[{labelSelector: 'app!=web'}, false],
	[{labelSelector: 'tier in (front,back),app'}, true],
	[{labelSelector: 'tier notin (front, back)'}, false],
	[{labelSelector: '!canary'}, true],
	[{labelSelector: '!app'}, false],
	[{labelSelector: 'canary'}, false],
	[{fieldSelector: 'spec.nodeName=n1,metadata.name!=web-2'}, true],
	[{fieldSelector: 'spec.nodeName=n2'}, false],
])('a list with %j takes the pod: %s', (query, fits) => {
	expect(fitsQuery(pod, query)).toBe(fits);
});

const signal = new AbortController().signal;
const asked = {nowMs: Date.UTC(2026, 0, 1), signal};
const noJournal = {list: async () => []};

test('what was not read is told from the file as it was by the cluster', async () => {
	const {cluster} = fakeCluster({objects: [pod], denied: ['secrets', 'nodes']});
	const captured = capturedCluster(await readCapture(cluster, noJournal, asked), undefined).cluster;
	const kinds = ['Pod', 'Secret', 'Node'];
	const [there, here] = [await readObjects(cluster, kinds, {signal}), await readObjects(captured, kinds, {signal})];
	expect(there.unread.map(({kind}) => kind)).toEqual(['Secret', 'Node']);
	expect(here).toEqual(there);
});

test('of a capture of one namespace others are not called empty', async () => {
	const {cluster} = fakeCluster({objects: [pod]});
	const captured = capturedCluster(await readCapture(cluster, noJournal, {...asked, namespace: 'shop'}), undefined).cluster;
	const type = await captured.typeOf('pods');
	await expect(captured.list({type, namespace: 'other'})).rejects.toThrow('The capture holds namespace shop alone');
	expect((await readObjects(captured, ['Pod'], {signal})).unread).toEqual([
		{kind: 'Pod', why: 'may be listed in namespace shop only', except: 'shop'},
	]);
});

test('a kind that was not looked for is not called absent', async () => {
	const capture = await readCapture(fakeCluster({objects: [pod]}).cluster, noJournal, asked);
	const captured = capturedCluster({...capture, kinds: capture.kinds.filter(kind => kind !== 'Pod')}, undefined).cluster;
	await expect(captured.list({type: await captured.typeOf('pods')})).rejects.toThrow('Pod objects are not in the capture');
	await expect(captured.get({apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'gone'})).rejects.toThrow('not in the capture');
});

test('a long list comes page by page', async () => {
	const objects = Array.from({length: 5}, (_, index) => object('v1', 'Pod', `p-${index}`));
	const captured = capturedCluster(await readCapture(fakeCluster({objects}).cluster, noJournal, asked), undefined).cluster;
	const type = await captured.typeOf('pods');
	const first = await captured.list({type, pageSize: 3});
	expect([first.items.length, first.remaining]).toEqual([3, 2]);
	expect((await captured.list({type, pageSize: 3, cursor: first.cursor})).items.map(({metadata}) => metadata.name)).toEqual(['p-3', 'p-4']);
});
