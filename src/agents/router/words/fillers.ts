/** What people say between two orders, and what means nothing by itself. */
const between =
	/,?\s+(?:while (?:you're|you are|we're|we are) (?:at it|there|on it)|in the same (?:go|breath|step|move)|(?:all )?in one go|at the same time)\b,?/gi;

/** A request without what only joins its orders: `take web down while you are at it`. */
export const withoutFillers = (text: string): string => text.replaceAll(between, '');
