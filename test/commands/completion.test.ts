import {expect, test} from 'vitest';
import {commandLine} from '../support/command-line.ts';

const complete = async (kind: string, {namespace, sandbox}: {namespace?: string; sandbox?: string}) => [
	`${kind}-a`,
	`${kind}-b`,
	...(namespace === undefined ? [] : [`in-${namespace}`]),
	...(sandbox === undefined ? [] : [`of-${sandbox}`]),
];

const wordsFor = async (words: readonly string[], world = {complete}) => {
	const {out, err, code} = await commandLine(['__complete', '--', ...words], world);
	expect({err, code}).toEqual({err: '', code: 0});
	return out
		.split('\n')
		.filter(line => line !== '')
		.map(line => line.split('\t')[0]);
};

test.each([
	[['k8'], ['k8s']],
	[
		['k8s', ''],
		['list', 'apply', 'put'],
	],
	[
		['k8s', 'list', ''],
		['kinds-a', 'kinds-b'],
	],
	[
		['k8s', 'list', 'pods', ''],
		['pods-a', 'pods-b'],
	],
	[
		['k8s', 'list', 'pods', '-n', 'shop', ''],
		['pods-a', 'pods-b', 'in-shop'],
	],
	[['k8s', 'list', 'pods', 'pods-a', 'pods-b'], ['pods-b']],
	[['--sandbox', 'shop', 'k8s', 'list', 'pods', 'of'], ['of-shop']],
	[['--sandbox', 'k8s', 'list', 'pods', 'of'], ['of-']],
	[
		['k8s', 'list', '--sort-by', ''],
		['name', 'age'],
	],
	[['k8s', 'list', '--so'], ['--sort-by']],
	[
		['k8s', 'list', '--context', ''],
		['contexts-a', 'contexts-b'],
	],
	[['k8s', 'list', '-n', 'namespaces-b'], ['namespaces-b']],
	[['-o', 'j'], ['json']],
	[['--read'], ['--read-only']],
	[
		['audit', ''],
		['verify', 'export'],
	],
	[['completion', 'z'], ['zsh']],
	[['dem'], []],
	[['k8s', 'apply', ''], []],
	[['k8s', 'put', '--fi'], ['--file']],
])('%j continues with %j', async (words, expected) => {
	expect(await wordsFor(words)).toEqual(expected);
});

test('says nothing when the cluster is gone', async () => {
	const gone = async () => Promise.reject(new Error('connection refused'));
	expect(await wordsFor(['k8s', 'list', ''], {complete: gone})).toEqual([]);
});

test('gives up on a cluster that does not answer within a second', async () => {
	const silent = () => new Promise<string[]>(() => {});
	expect(await wordsFor(['k8s', 'list', ''], {complete: silent})).toEqual([]);
});

test.each(['bash', 'zsh', 'fish'])('prints a script of %s that asks mkcoa', async shell => {
	expect((await commandLine(['completion', shell])).out).toContain('mkcoa __complete --');
});
