import {expect, test} from 'vitest';
import {ownValues} from '../../../../src/agents/router/route/own-values.ts';
import type {Call} from '../../../../src/agents/router/understanding.ts';
import {routerWorld, thing} from '../../../support/router-world.ts';

const world = routerWorld(['ferry', 'radar'].map(name => thing('Deployment', `port/${name}`, {spec: {replicas: 1}})));
const patched = (name: string, ...values: readonly string[]): Call => ({
	tool: 'resource_patch',
	input: {kind: 'Deployment', name, namespace: 'port', patch: JSON.stringify(values)},
});
const asked = async (request: string, ...calls: readonly Call[]) =>
	(await ownValues(request, [{kind: 'calls', said: '', calls}], world))?.kind;

test.each([
	['label ferry dock=west and radar dock=east', [patched('ferry', 'dock', 'east'), patched('radar', 'dock', 'east')]],
	[
		'FLAG=1 on ferry and LEVEL=low on radar',
		[patched('ferry', 'FLAG', '1', 'LEVEL', 'low'), patched('radar', 'x', 'FLAG', '1', 'LEVEL', 'low')],
	],
	['ferry에 FLAG=1, radar에 LEVEL=low', [patched('ferry', 'FLAG', '1', 'LEVEL', 'low'), patched('radar', 'FLAG', '1', 'LEVEL', 'low')]],
])('a value that stands beside one name goes to no other: %s', async (request, calls) => {
	expect(await asked(request, ...calls)).toBe('question');
});

test.each([
	['label ferry dock=west and radar dock=east', [patched('ferry', 'dock', 'west'), patched('radar', 'dock', 'east')]],
	[
		'label ferry and radar dock=west, pier=2',
		[patched('ferry', 'dock', 'west', 'pier', '2'), patched('radar', 'dock', 'west', 'pier', '2')],
	],
	[
		'ferry dock=west and radar pier=2, both on both',
		[patched('ferry', 'dock', 'west', 'pier', '2'), patched('radar', 'dock', 'west', 'pier', '2')],
	],
	['scale ferry to 3 and radar to 3', [patched('ferry', '3'), patched('radar', '3')]],
])('what is shared, or given to each, is not asked about: %s', async (request, calls) => {
	expect(await asked(request, ...calls)).toBeUndefined();
});
