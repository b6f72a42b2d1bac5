import {expect, test} from 'vitest';
import {routerAgent} from '../../../src/core/chat-result.ts';
import {planAgain} from '../../../src/main/chat/plan-again.ts';
import type {RoadChange} from '../../../src/main/session-road.ts';
import {toolNamed} from '../../../src/main/tool-groups.ts';

const listener = {emit() {}, confirm: async () => ({kind: 'defer'}) as const, signal: new AbortController().signal};

test.each([
	['a model stays one that a person is asked about, whatever grants let pass', 'deploy', {agent: 'deploy', tainted: true}],
	['the built-in router is judged like any other', routerAgent, undefined],
])('a change of %s when it is planned again', async (_, agent, chosen) => {
	const seen: RoadChange[] = [];
	const session = {
		toolNamed,
		run: async (_tool: unknown, _input: unknown, change: RoadChange = {}) => {
			seen.push(change);
			return {kind: 'done', tool: 'workload_scale', output: null} as const;
		},
	};
	await planAgain({tool: 'workload_scale', input: {workload: 'deployment/web', replicas: 0}, agent}, session, listener);
	expect(seen.map(change => change.chosen)).toEqual([chosen]);
});
