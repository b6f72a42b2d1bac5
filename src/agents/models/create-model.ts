import {costOf, type Price, priceFor} from './cost.ts';
import type {Endpoint, WireName} from './endpoint.ts';
import type {Model, ModelEvent} from './model.ts';
import {streamAnswer, type Travel, type Wire} from './stream-answer.ts';

/** Each SDK is loaded with the first answer that needs it. */
const loaders: {readonly [wire in WireName]: () => Promise<Wire>} = {
	anthropic: async () => (await import('./wires/anthropic.ts')).anthropicWire,
	openai: async () => (await import('./wires/openai.ts')).openaiWire,
	gemini: async () => (await import('./wires/gemini.ts')).geminiWire,
	chat: async () => (await import('./wires/chat.ts')).chatWire,
};

type Described = {readonly contextTokens: number; readonly prices: readonly Price[]};

/** A model at an endpoint. Nothing is loaded or sent before its first answer is asked for. */
export function createModel(endpoint: Endpoint, {contextTokens, prices}: Described, travel: Travel): Model {
	const now = travel.clock.now;
	const priced = (event: ModelEvent): ModelEvent => {
		if (event.kind !== 'usage') return event;
		const money = costOf(event, prices, now());
		return money === undefined ? event : {...event, money};
	};
	return {
		name: endpoint.name,
		price: priceFor(prices, 0, now()),
		contextTokens,
		async *stream(request, signal) {
			const wire = await loaders[endpoint.wire]();
			for await (const event of streamAnswer({wire, endpoint, request, travel, signal})) yield priced(event);
		},
	};
}
