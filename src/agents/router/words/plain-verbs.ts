/** Kinds as they stand before a name without an article: `job x can go`. */
const spokenKinds =
	'deployments?|statefulsets?|daemonsets?|(?:cron ?)?jobs?|services?|ingress(?:es)?|config ?maps?|secrets?|claims?|pvcs?|volumes?|hpas?|autoscalers?|pdbs?|quotas?|roles?|role ?bindings?|service ?accounts?|network ?polic(?:y|ies)|netpols?|pods?|namespaces?';

/** Where an order begins. */
const begin = String.raw`(?<=^\s*|[.;:!]\s+|,\s+|\b(?:please|and|then|just|also|to|you|we|not|don't|never)\s+)`;

const wrecks = new RegExp(`${begin}(?:nuke|scrap|ditch|zap|trash|bin|tear\\s+down|rip\\s+out)(?=\\s+\\S)`, 'gi');
/** `rip the probe out of web`, `tear the old job down`. */
const apart = new RegExp(`${begin}(?:rip\\s+([^,;.]+?)\\s+out(\\s+of\\b)?|tear\\s+([^,;.]+?)\\s+down)(?=\\s|$|[,.;!])`, 'gi');

const mustGo =
	'(?:(?:can|may|should|must|has to|have to|needs? to|is to|are to)\\s+(?:all\\s+|both\\s+|now\\s+)?(?:go|disappear|vanish)|(?:can|may|should|must|has to|have to|needs? to|is to|are to)\\s+be\\s+(?:deleted|removed|thrown out|thrown away|scrapped|dropped|binned|gone))';
/** `the old-banner map can go`, `…, so job x has to go`; a condition, a doubt or a report is none. */
const canGo = new RegExp(
	`^((?:the|that|this|our|both|${spokenKinds})\\s+[^,;.?]+?|(?!(?:i|we|you|he|she|they|nobody|everybody|traffic|users|requests|who)\\b)[\\w-]+)\\s+${mustGo}(?:\\s+(?:now|away|too|as well))?\\s*[.!]?$`,
	'i',
);
/** `…, its service deleted`: a deed told of a thing, where no verb stands before it. */
const passive = new RegExp(
	`^(?:and\\s+|with\\s+)?((?:the|its|their|both|all|${spokenKinds})\\s+[^,;.?]+?)\\s+(?:deleted|removed|dropped|gone)\\s*[.!]?$`,
	'i',
);
const told = /\b(?:is|are|was|were|been|be|being|has|have|had|got|get|gets|want|wants|need|needs|like|see)\b/i;
/** `throw the old map away` */
const throwAway =
	/(?<=^\s*|[.;:!]\s+|,\s+|\b(?:please|and|then|just)\s+)throw\s+(?:away|out)?\s*((?:the\s+)?[^,;.]+?)(?:\s+(?:away|out))?(?=\s*(?:$|[,.;!]))/gi;
/** `take the rolebinding x out of shop` */
const takeOut = new RegExp(`\\btake\\s+(?:the\\s+)?(${spokenKinds})\\s+([\\w-]+)\\s+(?:out of|away from|off)\\s+([\\w-]+)`, 'gi');
/** How a thing is says nothing of its name. */
const adjectives = /\b((?:delete|remove|drop)\s+the)\s+(?:suspended|failed|finished|completed|stuck|paused|stopped)\s+(?=[\w-]+)/gi;
/** `remove the x load balancer service`: what a Service is says nothing of what is taken from it. */
const typed =
	/\b((?:delete|remove|drop)\s+(?:the\s+)?[\w-]+)\s+(?:load[ -]?balancer|node[ -]?port|cluster[ -]?ip|headless|external)\s+(services?)\b/gi;
/** `to be removed: …` */
const toBeRemoved = /^(?:to be (?:removed|deleted|dropped)|for (?:removal|deletion)|please (?:remove|delete))\s*:\s*/i;
/** `take it down`; `take web down to 2` scales. */
const takeDown = new RegExp(
	`${begin}take\\s+((?:the\\s+)?[^,;.\\d]+?)\\s+down(?=\\s*(?:$|[,.;!]|again|please|now|for good|completely|entirely))`,
	'gi',
);
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
		.replace(throwAway, 'remove $1')
		.replace(takeOut, 'remove $1 $2 in $3')
		.replace(adjectives, '$1 ')
		.replace(takeDown, (_, what: string) => `take down ${what}`)
		.replace(toBeRemoved, 'remove ')
		.split(/(?<=[.!]\s)/)
		.map(gone)
		.join('')
		.replace(adjectives, '$1 ')
		.replace(typed, '$1 $2')
		.replace(/\b((?:delete|remove|drop)\b[^.;]*\broles?\b[^.;]*\bits) (?=binding\b)/gi, '$1 role ');
}

/** The order in a sentence that says what may go, behind its reason. */
function gone(sentence: string): string {
	if (doubtful.test(sentence)) return sentence;
	const parts = sentence.split(/(?<=,)\s+(?:so\s+|and\s+)?|\s+(?=so\s)|(?<=;)\s+/);
	const going = parts.map(part => {
		const said = part
			.trim()
			.replace(/^so\s+/i, '')
			.replace(/,$/, '');
		return canGo.exec(said)?.[1] ?? (told.test(said) ? undefined : passive.exec(said)?.[1]);
	});
	return going.every(one => one === undefined)
		? sentence
		: parts.map((part, at) => (going[at] === undefined ? part : `remove ${going[at]}${part.endsWith(',') ? ',' : ''}`)).join(' ');
}
