import type {JsonObject} from '../../core/json.ts';
import type {EmitChat} from '../conversation/event.ts';
import type {Message, Model, ModelEvent, ModelRequest} from '../models/model.ts';
import type {Budget} from './limits.ts';

/** A call that a model asks for; `broken` where its input could not be read. */
export type AskedCall = {readonly id: string; readonly tool: string; readonly input: JsonObject; readonly broken?: true};

/** One answer of a model, whole. */
export type Answer = {
	readonly text: string;
	readonly calls: readonly AskedCall[];
	readonly stop: Extract<ModelEvent, {kind: 'stop'}>['reason'];
	/** The answer as the model sees it again. */
	readonly message: Message;
};

type Around = {
	readonly agent: string;
	readonly budget: Budget;
	readonly emit: EmitChat;
	readonly signal: AbortSignal;
	/** Told that the model is at work, and how long it waits on purpose. */
	readonly alive?: (pauseMs?: number) => void;
	/** Whether an earlier answer of this turn had words: these begin a new paragraph. */
	readonly goesOn: boolean;
};

/** Streams one answer: its text is told while it comes, what it cost is counted. Rejects as the model does. */
export async function streamOne(
	model: Model,
	request: ModelRequest,
	{agent, budget, emit, signal, goesOn, alive}: Around,
): Promise<Answer> {
	let text = '';
	const calls: AskedCall[] = [];
	let end: Extract<ModelEvent, {kind: 'stop'}> = {kind: 'stop', reason: 'end'};
	let counted = false;
	for await (const event of model.stream(request, signal)) {
		signal.throwIfAborted();
		alive?.(event.kind === 'retry' ? event.afterMs : 0);
		switch (event.kind) {
			case 'text':
				text += event.delta;
				emit({kind: 'text', agent, delta: text === event.delta && goesOn ? `\n\n${event.delta}` : event.delta});
				break;
			case 'call':
				calls.push({id: event.id, tool: event.tool, input: event.input});
				break;
			case 'broken':
				calls.push({id: event.id, tool: event.tool, input: {}, broken: true});
				break;
			case 'usage': {
				const {inputTokens, outputTokens, cachedTokens, money} = event;
				counted = true;
				budget.used({inputTokens, outputTokens, cachedTokens}, money?.amount ?? 0);
				emit({kind: 'usage', usage: {model: model.name, inputTokens, outputTokens, cachedTokens, money}});
				break;
			}
			case 'retry':
				emit({kind: 'note', text: `${event.why} The same is asked again in ${Math.ceil(event.afterMs / 1000)} s.`});
				break;
			case 'stop':
				end = event;
		}
	}
	// A model that never says what it took still has a number of answers.
	if (!counted) budget.used({inputTokens: 0, outputTokens: 0, cachedTokens: 0}, 0);
	const message: Message = {
		role: 'assistant',
		text,
		calls: calls.map(({id, tool, input}) => ({id, tool, input})),
		...(end.kept === undefined ? {} : {kept: end.kept}),
	};
	return {text, calls, stop: end.reason, message};
}
