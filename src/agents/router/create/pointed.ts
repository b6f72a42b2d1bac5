/** Kinds that pods take something of. */
const kinds = ['(?:persistent ?volume ?|volume )?claims?|pvcs?', 'config ?maps?', 'secrets?', 'service ?accounts?'];
const name = '["\'`]?([a-z0-9][a-z0-9.-]*[a-z0-9])["\'`]?';
const noName =
	/^(?:the|that|this|a|an|same|new|its|our|existing|empty|pull|and|with|from|in|of|for|to|as|at|on|is|one|each|claim|secret|key|mounted|volume)$/i;

/**
 * A text in which `that claim` says the name that the claim was told by before: `look inside the etl-scratch claim … mount that claim` → `… mount claim etl-scratch`.
 */
export function withPointed(text: string): string {
	return kinds.reduce((now, kind) => {
		const pointer = new RegExp(`\\b(?:that|this|the|said) (${kind})(?! (?:named|called|templates?)\\b)(?: ${name})?(?=[\\s,.;:()]|$)`, 'i');
		const found = pointer.exec(now);
		if (found === null || (found[2] !== undefined && !noName.test(found[2]))) return now;
		const before = now.slice(0, found.index);
		const [, ahead, behind] = [...before.matchAll(new RegExp(`${name} (?:${kind})(?![\\w-])|\\b(?:${kind}) ${name}`, 'gi'))].at(-1) ?? [];
		const told = [ahead, behind].find(each => each !== undefined && !noName.test(each));
		return told === undefined
			? now
			: `${before}${found[1]} ${told}${found[2] === undefined ? '' : ` ${found[2]}`}${now.slice(found.index + found[0].length)}`;
	}, text);
}
