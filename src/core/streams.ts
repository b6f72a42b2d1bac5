/** The three streams and what they can show, as one value. Tests pass the same value over buffers. */
export type Streams = {
	/** The answer. */
	readonly out: (text: string) => void;
	/** The conversation: progress, questions, warnings, errors. */
	readonly err: (text: string) => void;
	/** Whole standard input, read when asked for. */
	readonly readInput: () => Promise<string>;
	/** Whether something is piped into standard input, or it is a file. */
	readonly inIsPiped: boolean;
	readonly outIsTerminal: boolean;
	readonly errIsTerminal: boolean;
	/** Whether a person can be asked: input and error stream are terminals, and not CI. */
	readonly canAsk: boolean;
	readonly colour: boolean;
	/** Whether the person reads lines of plain text: nothing is drawn that cannot be read aloud. */
	readonly isPlain?: boolean;
	/** Columns of the terminal; 80 where there is none. */
	readonly width: number;
	readonly height: number;
};
