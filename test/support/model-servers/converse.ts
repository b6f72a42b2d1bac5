import {saidBy} from '../../../src/agents/models/kept.ts';
import type {Message, Model, ModelEvent, ModelRequest, ModelTool} from '../../../src/agents/models/model.ts';

const tools: readonly ModelTool[] = ['resource_list', 'workload_scale'].map(name => ({
	name,
	description: `Does ${name}`,
	inputSchema: {type: 'object', properties: {namespace: {type: 'string'}}},
}));

export const asking = (messages: readonly Message[]): ModelRequest => ({system: 'You operate clusters.', messages, tools, maxTokens: 500});

/** All events of one answer. */
export async function answerOf(model: Model, request: ModelRequest, signal = new AbortController().signal): Promise<readonly ModelEvent[]> {
	const events: ModelEvent[] = [];
	for await (const event of model.stream(request, signal)) events.push(event);
	return events;
}

/** Talks until the model calls nothing more; every call gets `RESULT of ID`. What is kept goes back to the model, and is left out of the events. */
export async function converse(model: Model, request: string): Promise<readonly ModelEvent[]> {
	const messages: Message[] = [{role: 'user', text: request}];
	const events: ModelEvent[] = [];
	for (;;) {
		const told = await answerOf(model, asking(messages));
		const stop = told.at(-1);
		events.push(...told.slice(0, -1));
		if (stop?.kind !== 'stop') return events;
		events.push({kind: 'stop', reason: stop.reason});
		if (stop.reason !== 'calls') return events;
		const said = saidBy(told);
		messages.push({role: 'assistant', ...said, kept: stop.kept});
		messages.push(...said.calls.map(({id, tool}) => ({role: 'result' as const, id, tool, text: `RESULT of ${id}`, isError: false})));
	}
}
