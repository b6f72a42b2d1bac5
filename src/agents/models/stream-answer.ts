import {type Clock, sleep} from '../../core/clock.ts';
import {AnswerFailure, failureIn} from './answer-failure.ts';
import type {Endpoint} from './endpoint.ts';
import {type Link, openLink} from './link.ts';
import type {ModelEvent, ModelRequest} from './model.ts';
import {type Cause, causeOf, modelTrouble} from './trouble.ts';

/** Speaks one protocol: one request, the events of its answer. Throws whatever its SDK throws; `usage` comes before `stop`, `stop` last. */
export type Wire = (endpoint: Endpoint, request: ModelRequest, link: Link) => AsyncIterable<ModelEvent>;

/** How a request travels: by which way, and how long it may take. */
export type Travel = {
	readonly clock: Clock;
	/** Silence after which a server counts as too slow. */
	readonly slowMs: number;
	/** How a server is reached. */
	readonly fetch: () => Promise<typeof globalThis.fetch>;
};

type Asking = {
	readonly wire: Wire;
	readonly endpoint: Endpoint;
	readonly request: ModelRequest;
	readonly travel: Travel;
	readonly signal: AbortSignal;
};

const mostTries = 4;
const firstWaitMs = 1000;
/** Who asks for longer is not waited for: the person goes on without the model. */
const longestWaitMs = 60_000;

/** Why one try gave no answer. */
class TryFailed extends Error {
	override readonly name = 'TryFailed';
	readonly why: Cause;

	constructor(why: Cause, cause?: unknown) {
		super(why, {cause});
		this.why = why;
	}
}

function failureOfTry(error: unknown, link: Link, begun: boolean): TryFailed {
	if (link.isSlow()) return new TryFailed('slow');
	const known = link.failure() ?? failureIn(error) ?? error;
	return new TryFailed(causeOf(known, begun), known);
}

/** One try. Throws TryFailed, or the reason of the signal. */
async function* tryOnce({wire, endpoint, request, travel, signal}: Asking): AsyncGenerator<ModelEvent> {
	const link = openLink({...travel, signal, fetch: await travel.fetch()});
	let begun = false;
	const fetch: Link['fetch'] = async (...call) => {
		const response = await link.fetch(...call);
		begun = true;
		return response;
	};
	let last: ModelEvent | undefined;
	try {
		for await (const event of wire(endpoint, request, {...link, fetch})) {
			last = event;
			yield event;
		}
	} catch (error) {
		signal.throwIfAborted();
		throw failureOfTry(error, link, begun);
	} finally {
		link.close();
	}
	// SDKs end an aborted stream as if it had ended by itself.
	signal.throwIfAborted();
	if (last?.kind !== 'stop') throw failureOfTry(new TryFailed('broken'), link, begun);
}

/** How long to wait before the next try; undefined: there is none. */
function waitBefore(tries: number, {why, cause}: TryFailed): number | undefined {
	if (tries >= mostTries || !['overloaded', 'broken'].includes(why)) return undefined;
	const asked = cause instanceof AnswerFailure ? cause.waitMs : undefined;
	const wait = asked ?? firstWaitMs * 2 ** (tries - 1);
	return wait > longestWaitMs ? undefined : wait;
}

/**
 * One answer, with the tries it took.
 * @throws MkcoaError `model-*`; the reason of the signal when it aborts
 */
export async function* streamAnswer(asking: Asking): AsyncGenerator<ModelEvent> {
	const {endpoint, travel, signal} = asking;
	for (let tries = 1; ; tries++) {
		let told = false;
		try {
			for await (const event of tryOnce(asking)) {
				told = true;
				yield event;
			}
			return;
		} catch (error) {
			if (!(error instanceof TryFailed)) throw error;
			const wait = told ? undefined : waitBefore(tries, error);
			const trouble = modelTrouble(error.why, endpoint, error.cause);
			if (wait === undefined) throw trouble;
			yield {kind: 'retry', why: `${trouble.trouble.what}.`, afterMs: wait};
			await sleep(travel.clock, wait, signal);
		}
	}
}
