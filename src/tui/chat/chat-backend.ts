import type {EmitChat} from '../../core/chat-event.ts';
import type {Confirm} from '../../core/decision.ts';
import type {AnyOutcome} from '../../core/outcome.ts';
import type {ReviewServices} from '../review-services.ts';
import type {Called} from './chat-commands.ts';

/** What a command did: words for the person (Markdown), a request to go on with, another place to show. */
type CommandAnswer = {
	readonly text?: string | undefined;
	readonly request?: string | undefined;
	readonly place?: string | undefined;
};

/** What stands behind a conversation. Each is called while the screen is open; none of them may write to the terminal. */
export type ChatBackend = {
	/**
	 * Carries one request out: emits what happens, asks `confirm` for a yes to each change, and ends with an `ended` event. Must stop soon after an abort,
	 * and tell what was done until then. A rejection is shown as a failure.
	 */
	readonly ask: (request: string, emit: EmitChat, confirm: Confirm, signal: AbortSignal) => Promise<void>;
	/** A command but help, quit and those that open a screen. Its rejection is shown. */
	readonly command: (called: Called) => Promise<CommandAnswer>;
	/** Shows another screen, which has the terminal meanwhile. Answers the request that the person comes back with, if any. Its rejection is shown. */
	readonly visit: (called: Called) => Promise<string | undefined>;
	/** Lets the person edit a text in another program, which has the terminal meanwhile. Answers the new text. */
	readonly edit: (text: string) => Promise<string>;
	/** Gives the terminal back to the shell until the person comes back; resolves then. */
	readonly suspend: () => Promise<void>;
	/** What a tool that only reads answered, in its own words: laid out for so many columns. Shown where nobody puts it into other words, and where a call is opened. */
	readonly textOf?: ((outcome: AnyOutcome, columns: number) => string) | undefined;
	/** What can be done with a plan before it is answered. */
	readonly review?: ReviewServices | undefined;
};
