import type {Tools} from '../../src/agents/conversation/brain.ts';
import {conversation} from '../../src/agents/conversation/conversation.ts';
import type {ChatEvent} from '../../src/agents/conversation/event.ts';
import {defaultLimits, type Limits} from '../../src/agents/loop/limits.ts';
import {modelBrain} from '../../src/agents/loop/model-brain.ts';
import type {Specialist} from '../../src/agents/loop/specialist.ts';
import type {Clock} from '../../src/core/clock.ts';
import type {AnyOutcome} from '../../src/core/outcome.ts';
import {manualClock} from './manual-clock.ts';
import {type Script, scriptedModel} from './scripted-model.ts';

export const nonce = 'n0nce-n0nce-';

const hints = {destructiveHint: false, idempotentHint: true, openWorldHint: false};
const served = (name: string, readOnlyHint: boolean) => ({
	name,
	description: `Does ${name}`,
	inputSchema: {type: 'object'},
	annotations: {...hints, readOnlyHint},
});

type ToolCall = Parameters<Tools['call']>[0];
type Answering = (call: ToolCall, signal: AbortSignal) => AnyOutcome | Promise<AnyOutcome>;

const read = (tool: string): AnyOutcome => ({kind: 'done', tool, output: {rows: [{name: 'web-1'}]}});

type Setting = {
	readonly answer?: Answering;
	readonly limits?: Partial<Limits>;
	readonly contextTokens?: number;
	readonly clock?: Clock;
	readonly redact?: (text: string) => string;
	/** What the tools are at each turn, if they change. */
	readonly listed?: (turn: number, tools: Awaited<ReturnType<Tools['list']>>) => Awaited<ReturnType<Tools['list']>>;
	readonly fallback?: Parameters<typeof conversation>[0]['brains'][0];
};

/** Two tools that read and one that changes, answered by a function; what was called is kept. */
export function fakeTools({answer = ({tool}) => read(tool), listed = (_turn, all) => all}: Pick<Setting, 'answer' | 'listed'>) {
	const made: ToolCall[] = [];
	let turns = 0;
	const tools: Tools = {
		list: async () => listed(turns++, [served('resource_list', true), served('pod_logs', true), served('workload_scale', false)]),
		async call(call, _emit, signal) {
			made.push(call);
			return answer(call, signal);
		},
	};
	return {tools, made};
}

const specialist: Specialist = {
	name: 'deploy',
	summary: 'Brings versions out',
	brief: 'You deploy.',
	toolsets: ['k8s'],
	playbooks: [],
};

/** A conversation whose only brain is a scripted model in the loop. */
export function loopRun(script: Script, setting: Setting = {}) {
	const {model, requests, sent} = scriptedModel(script, setting);
	const {tools, made} = fakeTools(setting);
	const {clock = manualClock(), redact = text => text, limits = {}, fallback} = setting;
	const brain = modelBrain({
		model,
		specialist,
		place: {context: 'test', namespace: 'shop'},
		clock,
		redact,
		nonce: () => nonce,
		limits: {...defaultLimits, ...limits},
	});
	const events: ChatEvent[] = [];
	const talk = conversation({brains: fallback === undefined ? [brain] : [brain, fallback], tools, redact});
	return {
		requests,
		sent,
		made,
		events,
		talk,
		notes: () => events.flatMap(event => (event.kind === 'note' ? [event.text] : [])),
		/** Texts of the results that the model read last. */
		results: () => (requests.at(-1)?.messages ?? []).flatMap(message => (message.role === 'result' ? [message.text] : [])),
		ask: (request: string, signal = new AbortController().signal, context?: string) =>
			talk.ask({request, context}, event => void events.push(event), signal),
	};
}
