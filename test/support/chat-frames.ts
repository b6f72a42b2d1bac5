import type {EmitChat} from '../../src/core/chat-event.ts';
import type {Confirm} from '../../src/core/decision.ts';
import type {ChatBackend} from '../../src/tui/chat/chat-backend.ts';
import type {ChatAgent} from '../../src/tui/chat/chat-commands.ts';
import {chatScreen} from '../../src/tui/chat/chat-screen.tsx';
import {frames} from './frames.ts';
import {manualClock} from './manual-clock.ts';

type Asked = {
	readonly request: string;
	readonly emit: EmitChat;
	readonly confirm: Confirm;
	readonly signal: AbortSignal;
	/** Ends the turn, or breaks it. */
	readonly end: () => void;
	readonly fail: (error: Error) => void;
};

/** A chat screen whose requests wait for the test: `asked` holds them, the newest last. */
export function chatFrames({
	columns = 80,
	rows = 24,
	backend = {},
	history = [],
	agents = [],
}: {
	columns?: number;
	rows?: number;
	backend?: Partial<ChatBackend>;
	history?: readonly string[];
	agents?: readonly ChatAgent[];
} = {}) {
	const terminal = frames({columns, rows});
	const clock = manualClock();
	const abort = new AbortController();
	const asked: Asked[] = [];
	const end = chatScreen(
		{
			ask: (request, emit, confirm, signal) =>
				new Promise((resolve, reject) => void asked.push({request, emit, confirm, signal, end: resolve, fail: reject})),
			command: async () => ({}),
			visit: async () => undefined,
			edit: async text => text,
			suspend: async () => undefined,
			...backend,
		},
		{
			input: terminal.input,
			output: terminal.output,
			theme: 'none',
			clock,
			place: 'prod, namespace shop, no model',
			history,
			joined: Promise.resolve(agents),
			settleMs: 0,
		},
		abort.signal,
	);
	const last = () => {
		const newest = asked.at(-1);
		if (newest === undefined) throw new Error('nothing was asked');
		return newest;
	};
	return {
		...terminal,
		clock,
		asked,
		last,
		end,
		abort: () => abort.abort(new Error('interrupted')),
		/** Everything that was ever on the screen, without blank rows at the end. */
		all: () => [...terminal.screen.scrollback, terminal.screen.text()].join('\n'),
	};
}
