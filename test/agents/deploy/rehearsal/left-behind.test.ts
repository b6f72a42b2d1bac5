import {expect, test} from 'vitest';
import {leftBehind} from '../../../../src/agents/deploy/rehearsal/left-behind.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import type {ResourceType} from '../../../../src/mcp/kubernetes/port.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {fakeKinds} from '../../../support/fake-kinds.ts';
import {manualClock} from '../../../support/manual-clock.ts';

const kindOf = (kind: string, verbs = ['get', 'list']): ResourceType => ({
	apiVersion: 'example.com/v1',
	kind,
	plural: `${kind.toLowerCase()}s`,
	singular: kind.toLowerCase(),
	shortNames: [],
	categories: [],
	namespaced: true,
	verbs,
	subresources: [],
});
const object = (kind: string, name: string, namespace = 'shop'): KubeObject => ({
	apiVersion: 'example.com/v1',
	kind,
	metadata: {name, namespace},
});

test('kinds that hold objects are counted by one object each, and those that cannot be looked at are named with the reason', async () => {
	const {cluster, calls} = fakeCluster({
		kinds: [...fakeKinds, ...['Certificate', 'Empty', 'Hidden', 'Slow'].map(kind => kindOf(kind)), kindOf('Review', ['create'])],
		objects: [
			...['a', 'b', 'c'].map(name => object('Certificate', name)),
			object('Empty', 'x', 'other'),
			object('Hidden', 'x'),
			{apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'copied', namespace: 'shop'}},
		],
		denied: ['hiddens'],
	});
	const clock = manualClock();
	const asked: (number | undefined)[] = [];
	const list: typeof cluster.list = query => {
		asked.push(query.pageSize);
		return query.type.kind === 'Slow' ? new Promise(() => {}) : cluster.list(query);
	};
	const told = leftBehind({...cluster, list}, 'shop', clock);
	await clock.advance(5000);
	expect(await told).toEqual([
		'3 Certificates',
		'Hidden, if there are any: reading them is not allowed',
		'Slow, if there are any: the server did not tell within 5 s',
	]);
	expect(new Set(asked)).toEqual(new Set([1]));
	expect(calls).not.toContain('list reviews');
	expect(calls).not.toContain('list configmaps');
});
