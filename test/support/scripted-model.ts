import type {Model, ModelEvent, ModelRequest} from '../../src/agents/models/model.ts';
import type {JsonObject} from '../../src/core/json.ts';

/** What a scripted model does with what it is sent. */
export type Script = (request: ModelRequest, round: number) => readonly ModelEvent[] | Promise<readonly ModelEvent[]>;

const use = {kind: 'usage', inputTokens: 100, outputTokens: 10, cachedTokens: 0} as const;

export const says = (text: string): readonly ModelEvent[] => [{kind: 'text', delta: text}, use, {kind: 'stop', reason: 'end'}];

export const calls = (...wanted: readonly (readonly [tool: string, input: JsonObject])[]): readonly ModelEvent[] => [
	...wanted.map(([tool, input], index): ModelEvent => ({kind: 'call', id: `t${index}`, tool, input})),
	use,
	{kind: 'stop', reason: 'calls'},
];

/** A model that does what a script says, and keeps what it was sent. */
export function scriptedModel(script: Script, {contextTokens = 100_000}: {readonly contextTokens?: number} = {}) {
	const requests: ModelRequest[] = [];
	const model: Model = {
		name: 'scripted/model-1',
		contextTokens,
		async *stream(request, signal) {
			requests.push(request);
			for (const event of await script(request, requests.length - 1)) {
				signal.throwIfAborted();
				yield event;
			}
		},
	};
	return {
		model,
		requests,
		/** All that the model was ever sent, as one text. */
		sent: () => JSON.stringify(requests),
	};
}
