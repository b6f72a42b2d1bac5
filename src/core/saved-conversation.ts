import type {EndReason} from './chat-event.ts';
import type {Target} from './plan.ts';

/** One turn as it is kept. Redacted before it comes here. */
export type SavedTurn = {
	/** ISO 8601, UTC. */
	readonly at: string;
	readonly request: string;
	/** Sentences of what was understood; empty where nothing was. */
	readonly understood: string;
	/** Markdown. */
	readonly answer: string;
	readonly reason: EndReason;
};

/** A conversation, and the cluster that it is about: it goes on there and nowhere else. */
export type SavedConversation = {
	readonly id: string;
	readonly startedAt: string;
	readonly target: Target;
	readonly turns: readonly SavedTurn[];
};

/** The conversations that are kept. They hold no secret, and go after a while without a new turn. */
export type Conversations = {
	readonly begin: (target: Target) => Promise<string>;
	/** @throws MkcoaError `no-such-conversation` where it is not there, or not any more */
	readonly add: (id: string, turn: SavedTurn) => Promise<void>;
	readonly find: (id: string) => Promise<SavedConversation | undefined>;
	/** The last spoken in first. */
	readonly list: (limit: number) => Promise<readonly SavedConversation[]>;
};
