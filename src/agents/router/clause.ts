/** One word of a request. */
export type Word = {
	/** Lower case; Korean particles and endings of verbs taken off; quotes gone. */
	readonly text: string;
	/** As it was written. */
	readonly raw: string;
	/** Whether it stood in quotes or backticks: a name or a value, never grammar. */
	readonly quoted: boolean;
};

/** One order or question of a request. A request of several is cut into several. */
export type Clause = {
	readonly text: string;
	readonly language: 'en' | 'ko';
	readonly words: readonly Word[];
};
