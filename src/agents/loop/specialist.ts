/** An agent as data. */
export type Specialist = {
	/** Lower-case words and hyphens. */
	readonly name: string;
	/** What it is asked for, one fragment, by which a router chooses it. */
	readonly summary: string;
	readonly brief: string;
	/** Names of the toolsets that it reaches; no other tool exists for it. */
	readonly toolsets: readonly string[];
	/** Ways of working that it follows where one fits. */
	readonly playbooks: readonly {readonly name: string; readonly when: string; readonly steps: readonly string[]}[];
	/** One sentence of what it will do, for one that has no tools of its own yet. */
	readonly comes?: string | undefined;
};

/** The brief with the playbooks in it, as a model reads it. */
export const briefOf = ({brief, playbooks}: Specialist): string =>
	[
		brief,
		...playbooks.map(
			({name, when, steps}) => `Playbook "${name}", ${when}:\n${steps.map((step, index) => `${index + 1}. ${step}`).join('\n')}`,
		),
	].join('\n\n');
