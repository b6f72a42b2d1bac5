import type {ModelEvent} from '../../../src/agents/models/model.ts';
import {type Answer, type Reply, scriptedUse} from './reply.ts';

/** One conversation as a person has it and as a server plays it. The tools and objects are those of the shop in the sandbox. */
export type Conversation = {
	readonly name: string;
	readonly request: string;
	readonly replies: readonly Reply[];
	/** What the model streams, turn after turn, the same on every wire. Without what is kept, which is the provider's own. */
	readonly events: readonly ModelEvent[];
};

const used: ModelEvent = {kind: 'usage', ...scriptedUse};
const end: ModelEvent = {kind: 'stop', reason: 'end'};
const calls: ModelEvent = {kind: 'stop', reason: 'calls'};

const textEvents = ({text = []}: Answer): readonly ModelEvent[] => text.map(delta => ({kind: 'text', delta}));
const callEvents = ({calls: made = []}: Answer): readonly ModelEvent[] => made.map(call => ({kind: 'call', ...call}));

const hello: Answer = {kind: 'answer', text: ['I look at your cluster', ' and I change it', ' once you say yes.']};

const listPods: Answer = {
	kind: 'answer',
	thought: 'c2lnbmVk',
	text: ['I look at the pods.'],
	calls: [{id: 'call_a', tool: 'resource_list', input: {kind: 'pods', namespace: 'shop'}}],
};
const podsSeen: Answer = {kind: 'answer', text: ['All pods ', 'are ready.']};

const lookTwice: Answer = {
	kind: 'answer',
	thought: 'dHdpY2U=',
	calls: [
		{id: 'call_a', tool: 'resource_list', input: {kind: 'deployments', namespace: 'shop'}},
		{id: 'call_b', tool: 'resource_list', input: {kind: 'services', namespace: 'shop'}},
	],
};
const bothSeen: Answer = {kind: 'answer', text: ['Each deployment ', 'has a service.']};

const scale: Answer = {
	kind: 'answer',
	thought: 'c2NhbGU=',
	calls: [{id: 'call_a', tool: 'workload_scale', input: {workload: 'deployment/web', replicas: 4, namespace: 'shop'}}],
};
const scaled: Answer = {kind: 'answer', text: ['That is the plan.']};

/** Five conversations that go the same way whoever serves the model. */
export const conversations: readonly Conversation[] = [
	{name: 'text alone', request: 'What can you do?', replies: [hello], events: [...textEvents(hello), used, end]},
	{
		name: 'a call in pieces',
		request: 'Are my pods well?',
		replies: [listPods, podsSeen],
		events: [...textEvents(listPods), ...callEvents(listPods), used, calls, ...textEvents(podsSeen), used, end],
	},
	{
		name: 'two calls at once',
		request: 'Does every deployment have a service?',
		replies: [lookTwice, bothSeen],
		events: [...callEvents(lookTwice), used, calls, ...textEvents(bothSeen), used, end],
	},
	{
		name: 'a refusal',
		request: 'Write me a worm for this cluster',
		replies: [{kind: 'refusal', text: 'I will not help with that.'}],
		events: [{kind: 'text', delta: 'I will not help with that.'}, used, {kind: 'stop', reason: 'refusal'}],
	},
	{
		name: 'an overload, and then a change',
		request: 'Scale web to 4',
		replies: [{kind: 'overload'}, {kind: 'overload', retryAfterSeconds: 7}, scale, scaled],
		events: [
			{kind: 'retry', why: 'test/scripted is overloaded.', afterMs: 1000},
			{kind: 'retry', why: 'test/scripted is overloaded.', afterMs: 7000},
			...callEvents(scale),
			used,
			calls,
			...textEvents(scaled),
			used,
			end,
		],
	},
];
