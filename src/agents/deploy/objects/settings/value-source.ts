/** Where values come from that nobody writes into a command line. Each answer is kept, so that planning twice asks once. */
export type ValueSource = {
	readonly fromEnvironment: (name: string) => string | undefined;
	/** @throws MkcoaError `no-such-file`, `not-a-file`, `file-not-allowed` */
	readonly fromFile: (path: string) => Promise<Uint8Array>;
	/**
	 * Asks without showing what is typed; where nobody can be asked, the lines of standard input answer in order, and all of it a single question.
	 * @throws MkcoaError `no-answer` where there is nothing to read, `cancelled`
	 */
	readonly fromPrompt: (labels: readonly string[]) => Promise<readonly string[]>;
	/** Letters and digits by chance, as many as asked for; the same ones for the same key. */
	readonly fromChance: (key: string, length: number) => string;
	/** Hides a value wherever something is printed or kept from now on. */
	readonly learn: (secret: string) => void;
};

/** What the tools of settings work on, beside the cluster. */
export type ValuePorts = {readonly values: ValueSource};
