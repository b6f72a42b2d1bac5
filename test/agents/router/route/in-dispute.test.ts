import {expect, test} from 'vitest';
import {inDispute} from '../../../../src/agents/router/route/in-dispute.ts';
import type {Call, Understanding} from '../../../../src/agents/router/understanding.ts';
import {clauseOf} from '../../../../src/agents/router/words/clauses-of.ts';

const plan = (said: string, ...calls: readonly Call[]): readonly Understanding[] => [{kind: 'calls', said, calls}];
const scale = (name: string): Call => ({tool: 'workload_scale', input: {workload: `deployment/${name}`, namespace: 'port', replicas: 3}});
const patch = (kind: string, name: string): Call => ({tool: 'resource_patch', input: {kind, name, namespace: 'port', patch: '[]'}});
const made: Call = {tool: 'resource_apply', input: {manifest: 'kind: Namespace\nmetadata:\n  name: pier\n'}};

test.each([
	['another object of the same name', plan('A', scale('ferry')), plan('B', patch('Service', 'ferry'))],
	['one that is shared and one that is not', plan('A', scale('ferry'), scale('crane')), plan('B', scale('ferry'), scale('tug'))],
])('%s: both readings are told, and none is taken', (_, one, other) => {
	const told = inDispute(clauseOf('ferry to 3'), one, other);
	expect(told).toMatchObject({kind: 'question', text: expect.stringMatching(/two ways: \(1\) A; \(2\) B/)});
	expect(inDispute(clauseOf('ferry 3개로 늘려줘'), one, other)).toMatchObject({text: expect.stringMatching(/두 가지.*A.*B/)});
});

test.each([
	['the same object by another tool', plan('A', scale('ferry')), plan('B', patch('Deployment', 'ferry'))],
	['fewer of them', plan('A', scale('ferry'), scale('crane')), plan('B', scale('ferry'))],
	['more of them', plan('A', scale('ferry')), plan('B', scale('ferry'), scale('crane'))],
	['what is made beside it', plan('A', scale('ferry'), made), plan('B', scale('ferry'))],
	['what only reads', plan('A', scale('ferry')), plan('B', {tool: 'pod_logs', input: {name: 'tug'}})],
])('%s is no other reading', (_, one, other) => expect(inDispute(clauseOf('ferry to 3'), one, other)).toBeUndefined());
