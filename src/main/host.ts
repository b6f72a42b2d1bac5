import type {Writable} from 'node:stream';
import type {Clock} from '../core/clock.ts';
import type {Spans} from '../core/spans.ts';
import type {Streams} from '../core/streams.ts';

/** How this process was started: what another program needs to start it again. */
export type Started = {
	/** Absolute path of the program, and of its script where it runs in one. */
	readonly command: readonly string[];
	/** Folder that it works in. */
	readonly folder: string;
	readonly platform: NodeJS.Platform;
};

/** What the process gives: everything that mkcoa would otherwise reach for by itself. */
export type Host = {
	readonly streams: Streams;
	/** Where screens are drawn and keys are read; only used where `streams.canAsk`. */
	readonly input: NodeJS.ReadStream;
	readonly screen: NodeJS.WriteStream;
	/** Standard output, for a protocol that is spoken over it; everything else is printed by `streams`. */
	readonly output: Writable;
	readonly env: {readonly [variable: string]: string | undefined};
	/** Absolute; undefined where the account has no home folder. */
	readonly home: string | undefined;
	readonly user: string;
	readonly uid: number | undefined;
	readonly started: Started;
	/** The machine's, by which a command waits for the cluster. */
	readonly clock: Clock;
	/** Aborts when the person interrupts. */
	readonly signal: AbortSignal;
	/**
	 * Lets the next Ctrl-C stop what goes on within the command; the one after it aborts `signal`.
	 * @returns gives it back where there was none
	 */
	readonly takeInterrupt: (run: () => void) => () => void;
	/** Where what is done is told to a tracing system; undefined where the environment names none. */
	readonly spans?: Spans | undefined;
};
