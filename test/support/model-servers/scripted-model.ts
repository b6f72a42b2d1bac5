import {createModel} from '../../../src/agents/models/create-model.ts';
import type {Endpoint, WireName} from '../../../src/agents/models/endpoint.ts';
import type {Model} from '../../../src/agents/models/model.ts';
import type {Clock} from '../../../src/core/clock.ts';
import {type ModelServer, modelServer} from './model-server.ts';
import type {Reply} from './reply.ts';

export const scriptedKey = 'sk-test-0123456789abcdef';

type Wanted = {readonly clock?: Clock; readonly slowMs?: number; readonly endpoint?: Partial<Endpoint>};

/** A clock whose waits are over at once: retries are told, and cost no time. Silence is never too long. */
export const hurriedClock: Clock = {
	now: () => Date.UTC(2026, 10, 26),
	schedule(delayMs, run) {
		if (delayMs >= neverMs) return () => {};
		const timer = setImmediate(run);
		return () => clearImmediate(timer);
	},
};

const neverMs = 1e9;

/** A model over one of the wires, and the loopback server that plays it. */
export async function scriptedModel(
	wire: WireName,
	replies: readonly Reply[],
	{clock = hurriedClock, slowMs = neverMs, endpoint = {}}: Wanted = {},
): Promise<{readonly model: Model; readonly server: ModelServer}> {
	const server = await modelServer(wire, replies);
	const place: Endpoint = {
		name: 'test/scripted',
		wire,
		model: 'scripted',
		baseUrl: server.baseUrl,
		key: scriptedKey,
		keyFrom: 'TEST_API_KEY',
		thinks: true,
		limitField: 'max_tokens',
		...endpoint,
	};
	return {model: createModel(place, {contextTokens: 100_000, prices: []}, {clock, slowMs, fetch: async () => fetch}), server};
}
