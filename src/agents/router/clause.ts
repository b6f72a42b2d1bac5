/** One word of a request. */
export type Word = {
	/** Lower case; Korean particles and endings of verbs taken off, a possessive too; quotes gone. English plurals and tenses stay: names are written so. */
	readonly text: string;
	/** As it was written, in its case; the particle behind a name (`catalog의`) is off, so that it can be used as a name or a value. */
	readonly raw: string;
	/** Whether it stood in quotes or backticks: a name or a value, never grammar. */
	readonly quoted: boolean;
	/** Punctuation behind it that parts a list or a remark. */
	readonly stop?: ',' | ':' | ';' | '.' | undefined;
};

/** One order or question of a request. A request of several is cut into several. */
export type Clause = {
	readonly text: string;
	readonly language: 'en' | 'ko';
	readonly words: readonly Word[];
};
