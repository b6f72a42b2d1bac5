/** What every exception to a finding has: somebody answers for it, and it ends. */
export type Answered = {
	readonly owner: string;
	readonly reason: string;
	/** The last day on which it holds, `2027-03-31`, by UTC. */
	readonly expires: string;
};

const dayMs = 86_400_000;

/** Whether it no longer holds at a time. */
export const isExpired = ({expires}: Pick<Answered, 'expires'>, nowMs: number) => nowMs >= Date.parse(expires) + dayMs;

const escaped = (text: string) => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');

/** A text in which `*` stands for any letters, or for those that `any` matches. */
export const wildcard = (text: string, any = '.*') => new RegExp(`^${text.split('*').map(escaped).join(any)}$`);
