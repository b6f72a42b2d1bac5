import type {EventStore, JSONRPCMessage} from '@modelcontextprotocol/server';

type Kept = {readonly session: object; readonly stream: string; readonly message: JSONRPCMessage; readonly characters: number};

/** Characters of all sessions together; the oldest events are given up first. */
const usualCharacters = 8_000_000;

/**
 * Keeps what was sent to clients from before 2026-07-28, so that one whose connection broke takes up where it was.
 * Each call makes the store of one session, which finds no other's events: the numbers that clients name are no secret.
 */
export function keptEvents(mostCharacters = usualCharacters): () => EventStore {
	const events = new Map<string, Kept>();
	let characters = 0;
	let last = 0;

	function keep(event: Kept): string {
		last += 1;
		events.set(String(last), event);
		characters += event.characters;
		for (const [id, old] of events) {
			if (characters <= mostCharacters) break;
			events.delete(id);
			characters -= old.characters;
		}
		return String(last);
	}

	return () => {
		const session = {};
		const own = (id: string) => {
			const event = events.get(id);
			return event?.session === session ? event : undefined;
		};
		return {
			storeEvent: async (stream, message) => keep({session, stream, message, characters: JSON.stringify(message).length}),
			getStreamIdForEventId: async id => own(id)?.stream,
			async replayEventsAfter(lastId, {send}) {
				const stream = own(lastId)?.stream;
				if (stream === undefined) throw new Error('The last event that the client names is no longer kept');
				for (const [id, event] of events) {
					const isLater = Number(id) > Number(lastId) && event.session === session && event.stream === stream;
					if (isLater && !isEmpty(event.message)) await send(id, event.message);
				}
				return stream;
			},
		};
	};
}

/** The first event of a stream is empty: it only gives the client a number to come back with. */
const isEmpty = (message: JSONRPCMessage) => Object.keys(message).length === 0;
