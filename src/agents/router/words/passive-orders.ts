const verbs: {readonly [participle: string]: string} = {
	cordoned: 'cordon',
	uncordoned: 'uncordon',
	drained: 'drain',
	restarted: 'restart',
	bounced: 'restart',
	suspended: 'suspend',
	resumed: 'resume',
	paused: 'pause',
	deleted: 'delete',
	removed: 'remove',
};
const changes: {readonly [participle: string]: string} = {
	...verbs,
	scaled: 'scale',
	resized: 'resize',
	raised: 'raise',
	lowered: 'lower',
	increased: 'increase',
	reduced: 'reduce',
	doubled: 'double',
	bumped: 'bump',
	upgraded: 'upgrade',
	set: 'set',
	changed: 'change',
	switched: 'switch',
	'rolled back': 'roll back',
};
/** `could we have web scaled to 5?`, `I'd like to see web restarted`. */
const had = new RegExp(
	`(?<=^|[,;:.!]\\s+|\\b(?:so|and|then|please)\\s+)(?:(?:can|could|may|might)\\s+(?:i|we|you)\\s+(?:please\\s+)?(?:have|get)|(?:i|we)(?:'d| would)\\s+(?:like|love)\\s+to\\s+(?:see|have|get))\\s+((?:the\\s+|our\\s+|both\\s+)?[\\w-]+(?:\\s+[\\w-]+){0,3}?)\\s+(${Object.keys(changes).join('|')})\\b([^,;.?!]*(?:[.](?=\\w)[^,;.?!]*)*)(?:,?\\s+please)?\\?*`,
	'gi',
);
const verbOf = (done: string) => verbs[done] ?? (/open/.test(done) ? 'uncordon' : done.startsWith('closed') ? 'cordon' : undefined);
const deed = new RegExp(
	`^(?<and>(?:and|then|also)\\s+)*(?<what>(?:the\\s+|both\\s+)?[a-z][\\w-]*(?:\\s+[a-z][\\w-]*){0,3}?)\\s+(?:(?<be>gets?|is|are|(?:is|are|has|have) to be)\\s+)?(?<done>${Object.keys(verbs).join('|')}|(?:back |re)?open(?:ed)?(?: up)?(?: (?:for|to) (?:scheduling|(?:new )?pods))?(?: again)?|closed (?:for|to) (?:scheduling|(?:new )?pods))(?<end>\\s*[.!]?)$`,
	'i',
);
const joints = /((?:,|;)\s+(?:and\s+)?|\s+and\s+|(?<=[.:!])\s+)/;
/** `a gets a third replica`, `b goes to 2.1`: how things are to be, and no verb that orders. */
const wish =
	/\b(?:gets?|goes(?: up| down)? to|becomes?|moves to|loses)\b|^(?!.*\b(?:was|were|been|from)\b)[^?]*\bto (?:(?:image|version|tag) ){0,2}v?\d/i;

/** `web goes to 1.8.1 with 3 replicas`: two wishes. */
const sized =
	/\b((?:(?:goes|moves|comes)(?: up| down)? )?to (?:(?:image|version|tag) ){0,2}v?\d+(?:\.\d+)+[\w.-]*) (?:with|at|on) (\d+|one|two|three|four|five|six|eight|ten) (?:replicas|pods|instances)\b/gi;

/** `a 3.4.0, b 2.9.0, both with 4 pods` */
const together =
	/,?\s+(?:and\s+)?(both(?: of them)?|all of them)\s+(?:with|at|on)\s+(\d+|one|two|three|four|five|six|eight|ten)\s+(?:replicas|pods|instances)\b/gi;

/**
 * Deeds that a list of wishes tells in the passive, as orders: `web goes to 1.8, and mail is restarted` → `…, and restart mail`. Alone, `mail is suspended` only tells
 * how it stands.
 */
export function passiveOrders(request: string): string {
	const pieces = request
		.replace(had, (_, what: string, done: string, rest: string) => `${changes[done.toLowerCase()]} ${what}${rest}`)
		.replace(sized, '$1 and scale it to $2 replicas')
		.replace(together, ', and scale $1 to $2 replicas')
		.split(joints);
	const found = pieces.map(piece => deed.exec(piece)?.groups);
	const wishes = pieces.some((piece, at) => (found[at] === undefined ? wish.test(piece) : /^get/i.test(found[at]?.be ?? '')));
	if (!wishes || request.includes('?')) return pieces.join('');
	return pieces
		.map((piece, at) => {
			const groups = found[at];
			const verb = verbOf(groups?.done?.toLowerCase() ?? '');
			return groups === undefined || verb === undefined ? piece : `${groups.and ?? ''}${verb} ${groups.what}${groups.end ?? ''}`;
		})
		.join('');
}
