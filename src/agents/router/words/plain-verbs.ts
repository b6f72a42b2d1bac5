/** Where an order begins. */
const begin = String.raw`(?<=^\s*|[.;:!]\s+|,\s+|\b(?:please|and|then|just|also|to|you|we|not|don't|never)\s+)`;

const wrecks = new RegExp(`${begin}(?:nuke|scrap|ditch|zap|trash|bin|tear\\s+down|rip\\s+out)(?=\\s+\\S)`, 'gi');
/** `rip the probe out of web`, `tear the old job down`. */
const apart = new RegExp(`${begin}(?:rip\\s+([^,;.]+?)\\s+out(\\s+of\\b)?|tear\\s+([^,;.]+?)\\s+down)(?=\\s|$|[,.;!])`, 'gi');

/** `the old-banner map can go`; a condition, a doubt or a report is none. */
const canGo = /^((?:the|that|this|our)\s+[^,;.?]+?)\s+(?:can|may|should|has to|needs to|must)\s+go(?:\s+(?:now|away))?\s*[.!]?$/i;
const doubtful =
	/\b(?:if|once|when|whether|after|until|till|unless|before|only|maybe|perhaps|probably|think|thinks|said|says|told|not|never|nothing|who|which|what)\b/i;

/**
 * A request with the plain verb where people use a strong one: whatever guards what destroys then sees it.
 * `nuke the job x` → `delete the job x`, `the label old can go` → `remove the label old`
 */
export function plainVerbs(request: string): string {
	const plain = request
		.replace(wrecks, 'delete')
		.replace(apart, (_, out?: string, of?: string, down?: string) =>
			down === undefined ? `remove ${out}${of === undefined ? '' : ' of'}` : `delete ${down}`,
		);
	return plain
		.split(/(?<=[.!]\s)/)
		.map(sentence => {
			const going = canGo.exec(sentence.trim())?.[1];
			return going === undefined || doubtful.test(sentence) ? sentence : `remove ${going}`;
		})
		.join('');
}
