const unitMs = {ms: 1, s: 1000, m: 60_000, h: 3_600_000} as const;

/** Milliseconds of `30s`, `5m`, `1h30m`, `500ms`; undefined for anything else, zero included. */
export function parseDuration(text: string): number | undefined {
	if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/.test(text)) return undefined;
	const parts = text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g);
	const total = [...parts].reduce((sum, [, amount, unit]) => sum + Number(amount) * unitMs[unit as keyof typeof unitMs], 0);
	return total > 0 ? total : undefined;
}

const dayMs = 86_400_000;

/** The same, and days: `7d`. */
export function parseSpan(text: string): number | undefined {
	const days = /^(\d{1,4})d$/.exec(text)?.[1];
	const ms = days === undefined ? parseDuration(text) : Number(days) * dayMs;
	return ms === 0 ? undefined : ms;
}
