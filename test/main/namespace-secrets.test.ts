import {expect, test} from 'vitest';
import {MkcoaError} from '../../src/core/error.ts';
import type {KubeObject} from '../../src/core/kube/kube-object.ts';
import {namespaceSecrets} from '../../src/main/namespace-secrets.ts';
import type {Cluster, ListQuery} from '../../src/mcp/kubernetes/port.ts';

const secretType = {
	apiVersion: 'v1',
	kind: 'Secret',
	plural: 'secrets',
	singular: 'secret',
	shortNames: [],
	categories: [],
	namespaced: true,
	verbs: ['list'],
	subresources: [],
};
const secret = (namespace: string, index: number): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Secret',
	metadata: {name: `s${index}`, namespace},
	data: {password: Buffer.from(`${namespace}-password-${index}`).toString('base64')},
});

/** Namespaces with three Secrets each; `closed` are those that may not be listed, `all` among them where all at once may not. */
function world({
	closed = [],
	most,
}: {
	readonly closed?: readonly string[];
	readonly most?: Parameters<typeof namespaceSecrets>[0]['most'];
} = {}) {
	const asked: string[] = [];
	const learned: string[] = [];
	const cluster: Pick<Cluster, 'each' | 'typeOf'> = {
		typeOf: async () => secretType,
		async *each({namespace}: ListQuery) {
			asked.push(namespace ?? 'all');
			if (closed.includes(namespace ?? 'all')) throw new MkcoaError({kind: 'auth', code: 'not-allowed', what: 'No'});
			for (const name of namespace === undefined ? ['shop', 'bank'] : [namespace]) for (const index of [1, 2, 3]) yield secret(name, index);
		},
	};
	const learnFrom = (object: unknown) => void learned.push((object as KubeObject).metadata.name);
	return {asked, learned, learn: namespaceSecrets({cluster, learnFrom, learn() {}, ...(most === undefined ? {} : {most})})};
}

test('a namespace is listed once, however often and at once it is asked for', async () => {
	const {asked, learned, learn} = world();
	await Promise.all([learn('shop'), learn('shop'), learn('bank')]);
	await learn('shop');
	expect([asked, learned.length]).toEqual([['shop', 'bank'], 6]);
});

test('nothing more is listed once all are known', async () => {
	const {asked, learn} = world();
	await Promise.all([learn(undefined), learn('shop')]);
	await learn(undefined);
	expect(asked).toEqual(['all']);
});

test('a namespace is listed by itself where all may not be, and one that may not be is asked for once', async () => {
	const {asked, learned, learn} = world({closed: ['all', 'bank']});
	for (const namespace of [undefined, 'shop', 'bank', 'bank', undefined]) await learn(namespace);
	expect([asked, learned.length]).toEqual([['all', 'shop', 'bank'], 3]);
});

test('no more is read than the limits say', async () => {
	const few = world({most: {secrets: 4, characters: 10_000, namespaces: 20}});
	for (const namespace of ['a', 'b', 'c']) await few.learn(namespace);
	expect(few.learned).toHaveLength(4);
	const short = world({most: {secrets: 100, characters: 100, namespaces: 20}});
	await short.learn(undefined);
	expect(short.learned).toHaveLength(2);
	const narrow = world({most: {secrets: 100, characters: 10_000, namespaces: 2}});
	for (const namespace of ['a', 'b', 'c']) await narrow.learn(namespace);
	expect(narrow.asked).toEqual(['a', 'b']);
});
