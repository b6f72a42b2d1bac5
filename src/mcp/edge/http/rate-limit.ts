/** Counts requests of each principal. */
export type RateLimit = {
	/** Seconds after which to ask again; undefined where the request may go on. */
	readonly refuse: (principal: string) => number | undefined;
};

type Bucket = {left: number; atMs: number};

/** Principals that are remembered; one who was forgotten begins with a full bucket. */
const mostPrincipals = 10_000;

/** A token bucket for each principal. @param perSecond how fast it fills; `burst` is what it holds */
export function rateLimit({perSecond, burst}: {readonly perSecond: number; readonly burst: number}, now: () => number): RateLimit {
	const buckets = new Map<string, Bucket>();
	return {
		refuse(principal) {
			const {left, atMs} = buckets.get(principal) ?? {left: burst, atMs: now()};
			const filled = Math.min(burst, left + ((now() - atMs) / 1000) * perSecond);
			// Told anew, so that the one who was away longest is forgotten first.
			buckets.delete(principal);
			buckets.set(principal, {left: Math.max(0, filled >= 1 ? filled - 1 : filled), atMs: now()});
			const [oldest] = buckets.keys();
			if (buckets.size > mostPrincipals && oldest !== undefined) buckets.delete(oldest);
			return filled >= 1 ? undefined : Math.ceil((1 - filled) / perSecond);
		},
	};
}
