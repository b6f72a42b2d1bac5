/** A plan as the server hands it to the page, beside the answer that a model reads. */
export type ShownPlan = {
	readonly id: string;
	readonly lines: readonly (readonly {readonly text: string; readonly tone: string}[])[];
	readonly isWhole: boolean;
	/** Whether the server takes a yes from here. It decides by itself again. */
	readonly mayApprove: boolean;
	/** What has to be typed before a plan that cannot be undone is applied. */
	readonly name?: string;
	readonly untilMs: number;
	readonly ticket: string;
};

/** The plan of an answer; undefined where there is none, or what came is no plan. */
export function planIn(result: unknown): ShownPlan | undefined {
	const plan: unknown = Object(Object(result)._meta)['mkcoa/plan'];
	const {id, lines, ticket, untilMs, mayApprove, isWhole, name} = Object(plan);
	const fits = typeof id === 'string' && typeof ticket === 'string' && typeof untilMs === 'number' && Array.isArray(lines);
	if (!fits) return undefined;
	return {
		id,
		ticket,
		untilMs,
		lines: lines.filter(Array.isArray),
		mayApprove: mayApprove === true,
		isWhole: isWhole === true,
		...(typeof name === 'string' ? {name} : {}),
	};
}

/** Where an answer of a tool stands: its kind and what that means, in one line. */
export function standingIn(result: unknown): {readonly kind: string; readonly means: string} {
	const {kind, means, did, words} = Object(Object(result).structuredContent);
	const told = typeof means === 'string' ? means : typeof did === 'string' ? `Done: ${did}` : '';
	const said = kind === 'rejected' && typeof words === 'string' && words !== '' ? ` “${words}”` : '';
	return {kind: typeof kind === 'string' ? kind : 'unknown', means: `${told}${said}`};
}
