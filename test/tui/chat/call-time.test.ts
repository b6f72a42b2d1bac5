import {expect, test} from 'vitest';
import type {ChatEvent} from '../../../src/core/chat-event.ts';
import type {Event} from '../../../src/core/event.ts';
import {lineText} from '../../../src/core/text/styled.ts';
import {callLines} from '../../../src/tui/chat/call-lines.ts';
import {reduceEvent} from '../../../src/tui/chat/chat-events.ts';
import {type Chat, firstChat} from '../../../src/tui/chat/chat-state.ts';
import {samplePlan} from '../../../src/tui/sample-plan.ts';

const run = (event: Event): ChatEvent => ({kind: 'run', id: '1', event});
const planned = run({kind: 'planned', plan: samplePlan, digest: 'sha256:1'});
const approved = run({kind: 'approved', digest: 'sha256:1', journal: '1f3a'});
const call: ChatEvent = {kind: 'call', id: '1', agent: 'router', tool: 'workload_scale', input: {}};
const rejected: ChatEvent = {
	...{kind: 'result', id: '1'},
	outcome: {kind: 'rejected', tool: 'workload_scale', digest: 'sha256:1', plan: samplePlan, by: 'person', feedback: ''},
};
const running: Chat = {...firstChat(''), turn: {state: 'running', startedAt: 0, usages: [], hasWords: false}};

/** The time that stands beside the call after these events, each so many seconds after the start. */
function timeAfter(events: readonly (readonly [seconds: number, event: ChatEvent])[], now: number) {
	const chat = events.reduce((before, [seconds, event]) => reduceEvent(before, event, seconds * 1000, () => undefined), running);
	const [only] = chat.calls;
	return only === undefined ? '' : /[\d.]+ s$/.exec(callLines(only, 60, now * 1000).map(lineText)[0] ?? '')?.[0];
}

test.each([
	['while the plan is made', [[0, call]], 2, '2.0 s'],
	[
		'while the person reads the plan',
		[
			[0, call],
			[2, planned],
		],
		300,
		'2.0 s',
	],
	[
		'after the yes',
		[
			[0, call],
			[2, planned],
			[302, approved],
		],
		307,
		'7.0 s',
	],
	[
		'after a plan that had drifted was read again',
		[
			[0, call],
			[2, planned],
			[302, approved],
			[304, planned],
			[404, approved],
		],
		405,
		'5.0 s',
	],
	[
		'after a no',
		[
			[0, call],
			[2, planned],
			[302, rejected],
		],
		400,
		'2.0 s',
	],
] as const)('a call takes its own time and not that of the person: %s', (_, events, now, time) => {
	expect(timeAfter(events, now)).toBe(time);
});
