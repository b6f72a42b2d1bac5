import {expect, test} from 'vitest';
import {readSubjects} from '../../../../src/agents/incident/reading/read-subjects.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {object} from '../../../support/kube-objects.ts';

const space = (name: string) => object('v1', 'Namespace', name, {metadata: {namespace: undefined}});
const account = (name: string, namespace = 'shop') => object('v1', 'ServiceAccount', name, {metadata: {namespace}});
const binding = (subject: {readonly name: string; readonly namespace?: string}, kind = 'RoleBinding') =>
	object('rbac.authorization.k8s.io/v1', kind, `${subject.namespace}-${subject.name}`, {
		...(kind === 'RoleBinding' ? {} : {metadata: {namespace: undefined}}),
		subjects: [{kind: 'ServiceAccount', ...subject}],
	});
const userBinding = (name: string) =>
	object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'of-a-user', {subjects: [{kind: 'User', name}]});
const places = Array.from({length: 7}, (_, index) => `n${index}`);

type Row = readonly [
	string,
	{readonly bindings: readonly KubeObject[]; readonly there?: readonly string[]; readonly denied?: readonly string[]},
	{readonly lists: number; readonly places: readonly string[]; readonly unread: number},
];
const rows: readonly Row[] = [
	['a binding of here', {bindings: [binding({name: 'bot', namespace: 'shop'}), binding({name: 'bot'})]}, {lists: 0, places: [], unread: 0}],
	['a namesake elsewhere', {bindings: [binding({name: 'bot', namespace: 'ci'})]}, {lists: 1, places: ['ci'], unread: 0}],
	['a near name elsewhere', {bindings: [binding({name: 'bott', namespace: 'ci'})]}, {lists: 1, places: ['ci'], unread: 0}],
	[
		'the same by two bindings',
		{bindings: ['RoleBinding', 'ClusterRoleBinding'].map(kind => binding({name: 'bot', namespace: 'ci'}, kind))},
		{lists: 1, places: ['ci'], unread: 0},
	],
	['a namesake elsewhere, as a user', {bindings: [userBinding('system:serviceaccount:ci:bot')]}, {lists: 1, places: ['ci'], unread: 0}],
	['a user of no namespace', {bindings: [userBinding('bot')]}, {lists: 0, places: [], unread: 0}],
	['another name', {bindings: [binding({name: 'scraper', namespace: 'ci'})]}, {lists: 0, places: [], unread: 0}],
	['a namespace that is not there', {bindings: [binding({name: 'bot', namespace: 'gone'})]}, {lists: 0, places: [], unread: 0}],
	[
		'namespaces that nobody knows',
		{bindings: [binding({name: 'bot', namespace: 'gone'})], there: []},
		{lists: 1, places: ['gone'], unread: 0},
	],
	[
		'what may not be listed',
		{bindings: [binding({name: 'bot', namespace: 'ci'})], denied: ['serviceaccounts']},
		{lists: 1, places: [], unread: 1},
	],
	[
		'more than a few',
		{bindings: places.map(namespace => binding({name: 'bot', namespace}))},
		{lists: 5, places: places.slice(0, 5), unread: 2},
	],
];

test.each(rows)('reads for %s', async (_, {bindings, there = ['shop', 'ci', ...places], denied = []}, expected) => {
	const {cluster, calls} = fakeCluster({objects: [account('bot', 'ci')], denied});
	const read = await readSubjects(cluster, [account('bot'), ...bindings], {
		...{namespace: 'shop', namespaces: there.map(space)},
		signal: new AbortController().signal,
	});
	expect({lists: calls.filter(call => call === 'list serviceaccounts').length, places: read.places, unread: read.unread.length}).toEqual(
		expected,
	);
	expect(read.objects.map(({metadata}) => metadata.namespace)).toEqual(expected.places.filter(place => place === 'ci'));
});
