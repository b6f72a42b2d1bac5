import {expect, test} from 'vitest';
import {contradiction} from '../../../../src/agents/router/route/contradiction.ts';
import type {Call, Understanding} from '../../../../src/agents/router/understanding.ts';
import {clauseOf} from '../../../../src/agents/router/words/clauses-of.ts';

const plan = (...calls: readonly Call[]): readonly Understanding[] => [{kind: 'calls', said: '', calls}];
const scale = (name: string, replicas: number): Call => ({
	tool: 'workload_scale',
	input: {workload: `deployment/${name}`, namespace: 'port', replicas},
});
const patch = (...operations: readonly object[]): Call => ({
	tool: 'resource_patch',
	input: {kind: 'Deployment', name: 'ferry', namespace: 'port', type: 'json', patch: JSON.stringify(operations)},
});

test.each([
	['replicas', plan(scale('ferry', 3), scale('ferry', 4))],
	['a field', plan(patch({op: 'replace', path: '/spec/paused', value: true}), patch({op: 'add', path: '/spec/paused', value: false}))],
])('two values of one thing are asked about: %s', (_, understood) => {
	expect(contradiction(clauseOf('ferry to 3'), understood)).toMatchObject({kind: 'question', text: expect.stringContaining('ferry')});
	expect(contradiction(clauseOf('ferry 3개로 늘려줘'), understood)).toMatchObject({text: expect.stringContaining('둘 이상')});
});

test.each([
	['of two things', plan(scale('ferry', 3), scale('tug', 4))],
	['the same twice', plan(scale('ferry', 3), scale('ferry', 3))],
	['items of a list', plan(patch({op: 'add', path: '/spec/list/-', value: 1}, {op: 'add', path: '/spec/list/-', value: 2}))],
])('values %s go together', (_, understood) => expect(contradiction(clauseOf('ferry to 3'), understood)).toBeUndefined());
