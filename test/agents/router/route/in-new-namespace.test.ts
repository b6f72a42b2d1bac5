import {expect, test} from 'vitest';
import {inNewNamespace} from '../../../../src/agents/router/route/in-new-namespace.ts';
import {routerWorld, thing} from '../../../support/router-world.ts';

const world = routerWorld([thing('Deployment', 'port/ferry', {}), thing('Secret', 'port/tide', {})]);

test.each([
	[
		'New crew: namespace quay with label tier=a, a quota of 5 pods in it, and a copy of the secret tide of port.',
		[
			'Create namespace quay with label tier=a',
			'create a quota of 5 pods in namespace quay',
			'create a copy of the secret tide of port in namespace quay',
		],
	],
	[
		'They need a namespace quay and in it a role binding crew-edit of cluster role edit for group crew',
		['Create namespace quay', 'create a role binding crew-edit of cluster role edit for group crew in namespace quay'],
	],
	[
		'quay 네임스페이스를 만들고, 그 안에 쿼터 cap(파드 5개)도 만들어줘',
		['quay 네임스페이스를 만들고', 'quay 네임스페이스에 쿼터 cap(파드 5개)도 만들어줘'],
	],
])('%s', async (text, clauses) => {
	expect((await inNewNamespace(text, world))?.map(clause => clause.text)).toEqual(clauses);
});

test.each([
	'Create namespace quay with label tier=a',
	'Restart ferry in namespace port and scale it to 3',
	'Why is there no namespace quay, and a quota in it?',
])('%s: no list of things', async text => expect(await inNewNamespace(text, world)).toBeUndefined());
