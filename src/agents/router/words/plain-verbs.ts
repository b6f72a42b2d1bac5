import {languageOf} from './language.ts';

/** Kinds as they stand before a name without an article: `job x can go`. */
const spokenKinds =
	'deployments?|statefulsets?|daemonsets?|(?:cron ?)?jobs?|services?|ingress(?:es)?|config ?maps?|secrets?|claims?|pvcs?|volumes?|hpas?|autoscalers?|pdbs?|quotas?|roles?|role ?bindings?|service ?accounts?|network ?polic(?:y|ies)|netpols?|pods?|namespaces?';
const shortKinds = 'deploy|sts|ds|cj|svc|ing|cm|pdb|sa|ns|limit ?ranges?|budgets?|maps?|polic(?:y|ies)';

/** Where an order begins. */
const begin = String.raw`(?<=^\s*|[.;:!]\s+|,\s+|\b(?:please|and|then|just|also|to|you|we|not|don't|never)\s+)`;
const end = String.raw`(?=\s*(?:$|[,.;!]|(?:again|please|now|too|as well|for good|completely|entirely)\b))`;

const wrecks = new RegExp(
	`${begin}(?:(?:(?:off|away|out) with|nuke|scrap|ditch|zap|trash|bin|axe|junk|scrub|chuck|toss|expunge|obliterate|tear\\s+down|rip\\s+out|kill\\s+off)(?=\\s+\\S)|(?:rm|(?:clear|take|pull)\\s+out|(?:clear|sweep|tidy|chuck|toss|take)\\s+away)(?=\\s+(?:the\\s+|both\\s+)?(?:[\\w-]+\\s+)?(?:${spokenKinds}|${shortKinds})\\b(?!/)))`,
	'gi',
);
/** `rip the probe out of web`, `tear the old job down`. */
const apart = new RegExp(`${begin}(?:rip\\s+([^,;.]+?)\\s+out(\\s+of\\b)?|tear\\s+([^,;.]+?)\\s+down)(?=\\s|$|[,.;!])`, 'gi');
/** `take the service x away`, `clean it up`; `take x out` may be meant of a rotation where x is no more than a name. */
const away = new RegExp(
	`${begin}(?:(?:take|sweep|clear|chuck|toss)\\s+(it|them|that|(?:the\\s+)?(?:[^,;.\\s]+\\s+){0,3}?(?:${spokenKinds}|${shortKinds})(?:\\s+[^,;.\\s]+){0,3}?)\\s+(?:away|out)|(?:take|sweep|clear|chuck|toss)\\s+([\\w-]+)\\s+away|(?:clean|clear)\\s+([^,;.]+?)\\s+up)${end}`,
	'gi',
);
/** `revoke the role binding x`: a right that is given by nothing else goes with it. */
const revoked = new RegExp(
	`${begin}(?:revoke|withdraw|rescind)(?=\\s+(?:the\\s+)?(?:[\\w-]+(?:'s)?\\s+)?(?:cluster ?)?(?:role ?)?bindings?\\b)`,
	'gi',
);

/** `revoke the binding x by deleting it` */
const byDeleting = new RegExp(
	`${begin}(?:revoke|withdraw|rescind|undo|cancel|end|stop|clean up|finish off|clear)\\s+([^,;.]+?)\\s+by\\s+(?:deleting|removing|dropping)\\s+(?:it|them|that|those)${end}`,
	'gi',
);

const mustGo =
	'(?:(?:can|may|should|must|has to|have to|needs? to|is to|are to)\\s+(?:all\\s+|both\\s+|now\\s+)?(?:go|disappear|vanish)|(?:can|may|should|must|has to|have to|needs? to|is to|are to)\\s+be\\s+(?:deleted|removed|thrown out|thrown away|scrapped|dropped|binned|gone|revoked|taken away|cleaned up|cleared away|retired))';
/** One or several by name, with the kind behind each, and where they are. */
const called = `(?!(?:i|we|you|he|she|they|it|nobody|everybody|traffic|users|requests|who)\\b)[\\w-]+(?:(?:'s)?\\s+(?:${spokenKinds}|${shortKinds}))?`;
const names = `${called}(?:\\s+and\\s+(?:the\\s+)?${called})*(?:\\s+\\([^)]*\\))?(?:\\s+in\\s+[\\w-]+)?`;
/** `the old-banner map can go`, `…, so job x has to go`; a condition, a doubt or a report is none. */
const canGo = new RegExp(
	`^((?:the|that|this|our|both|${spokenKinds})\\s+[^,;.?]+?|${names})\\s+${mustGo}(?:\\s+(?:now|away|too|as well))?\\s*[.!]?$`,
	'i',
);
/** `…, its service deleted`: a deed told of a thing, where no verb stands before it. */
const passive = new RegExp(
	`^(?:and\\s+|with\\s+)?((?:the|its|their|both|all|${spokenKinds})\\s+[^,;.?]+?)\\s+(?:deleted|removed|dropped|gone)\\s*[.!]?$`,
	'i',
);
const told = /\b(?:is|are|was|were|been|be|being|has|have|had|got|get|gets|want|wants|need|needs|like|see)\b/i;
/** `web to zero and mail restarted`: each has a deed of its own. */
const done =
	/(\bto (?:zero|none|nothing|\d[\w.:-]*)(?: (?:pods?|replicas?))?)(?:\s*,\s*(?:and\s+)?|\s+and\s+)(?:the\s+)?([\w-]+)\s+(restart|suspend|resume|pause|cordon|uncordon|drain)e?d(?=\s*(?:$|[.,;]|and\b))/gi;
const happened =
	/\b(?:went|rose|climbed|jumped|fell|dropped|shrank|grew|scaled|was|were|has|have|had|got|is|are|when|after|since|because)\b/i;
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
/** `I want the job x gone`, `can we have the map x removed?` */
const wantedGone =
	/(?<=^|[,;:.!]\s+|\b(?:so|and|then|please|week|month|today|now)\s+)(?:(?:i|we)(?:'d| would)?\s+(?:(?:like|want|need|love)(?:\s+to\s+(?:have|see|get))?)|(?:can|could|may|might)\s+(?:i|we|you)\s+(?:please\s+)?(?:have|get|see))\s+((?:the|that|this|our|both)\s+[^,;.?]+?|[\w-]+)\s+(?:gone|deleted|removed|dropped|taken\s+(?:away|down|out)|thrown\s+(?:away|out)|cleaned\s+up|out\s+of\s+the\s+way)(\s+(?:from|in)\s+[\w-]+)?(?:\s+please)?(?:\?|(?=\s*(?:$|[,;.!])))/gi;
/** `two leftovers to delete: …` */
const listedToGo =
	/^(?:(?:the|these|two|three|four|some|a few|a couple of|\d+|more)\s+)*(?:leftovers?|things?|objects?|items?|candidates?|remains|relics?)\s+(?:to\s+(?:delete|remove|drop|throw\s+away)|for\s+(?:deletion|removal)|that\s+(?:can|must|should|may)\s+(?:go|be\s+(?:deleted|removed)))\s*[,:–-]\s*/i;
/** `…, and, in shop, the service x` */
const placedBetween = /,?\s+and,?\s+in\s+([\w-]+),\s+((?:the\s+)?[\w-]+(?:\s+[\w-]+)?)(?=\s*(?:$|[.,;!]))/gi;

/** `to be removed: …` */
const toBeRemoved = /^(?:to be (?:removed|deleted|dropped)|for (?:removal|deletion)|please (?:remove|delete))\s*:\s*/i;
/** `take it down`; `take web down to 2` scales. */
const takeDown = new RegExp(`${begin}take\\s+((?:the\\s+)?[^,;.\\d]+?)\\s+down${end}`, 'gi');

/** Kinds that are taken down as a whole; a Service or a job may be meant to rest, and a Secret to leave what uses it. */
const koreanRules = '인그레스|롤\\s?바인딩|네트워크\\s?(?:정책|폴리시)|netpol|ingress|rolebinding';
const korean: readonly (readonly [said: RegExp, plain: string])[] = [
	[/(?:폐기|파기|철거|소거|말소|퇴출)(?=\s?(?:해|하|시켜|부탁|바랍|요망)|$)/g, '삭제'],
	[/(?:걷어내|들어내|쳐내|솎아내|없애\s?버려|지워\s?버려)(?=줘|주|고|자|야|라|\s|[.!]|$)/g, '삭제해'],
	// `web 디플로이먼트 한쪽만`: the kind behind a part of a name.
	[/(?<=[a-z0-9]\s)(?:디플로이먼트|워크로드)(?:들)?(?:\s?중)?\s(?=(?:둘\s?중\s)?한\s?쪽)/g, ''],
	[/(?<=바인딩\S*\s(?:\S+\s)?)(?:회수|철회|해지)(?=\s?(?:해|하|부탁|바랍)|$)/g, '삭제'],
	[
		new RegExp(`(?<=(?:${koreanRules})(?:만|은|는|을|를|도)?\\s(?:좀\\s|이제\\s|그만\\s)?)(?:내려|빼)(?=줘|\\s?주|고|라|요)`, 'gi'),
		'삭제해',
	],
];
/** `ship a different image to web`: which one is not said. */
const differentImage =
	/\b(?:roll(?:ing)? ?out|ship|release|deploy)\s+(?:an?\s+)?(?:different|another|other)\s+(image|version|tag)\s+(?:on|for|of|to|in)\b/gi;
/** `web should grow and shrink by itself`: one deed. */
const bothWays =
	/\b(?:grow|expand|scale (?:up|out))(?:,? and|,? or|\/) ?(?:shrink|contract|scale (?:down|in))(?=,? (?:back |again )?(?:by (?:itself|themselves)|on (?:its|their) own|automatically|as (?:needed|required|the load)|with (?:the )?(?:load|demand|traffic)))/gi;
/** `…; once that's in, restart web`: what follows, and no condition. */
const afterThat =
	/(?<=[,;.]\s+(?:and\s+)?)(?:when|once|as soon as)\s+(?:that|this)(?:['’]s|\s+is|\s+has been)\s+(?:done|in|through|over|complete|completed|finished|applied|rolled out),?\s+/gi;
/** `take a look at web` */
const takeLook = /\b(?:take|have|having|taking)\s+(?:a|another)\s+(?:\w+\s+)?(?:look|peek|glance)\s+(at|into|in)\b/gi;
/** `go through the log of web` */
const goThrough = new RegExp(`${begin}(?:go|walk|comb|sift|dig|leaf|scroll|skim)\\s+through(?=[^.;]*\\b(?:logs?|events?|output)\\b)`, 'gi');
const doubtful =
	/\b(?:if|once|when|whether|after|until|till|unless|before|maybe|perhaps|probably|think|thinks|said|says|told|who|which|what)\b/i;
const bounded = /\b(?:only|not|never|nothing)\b|n't\b/i;

/** `drop MODE and …`: what is written so is a variable; `drop web` may leave it out of a list. */
const dropsVariable = /(?<=^\s*|[.;:,!]\s+|\b(?:[Aa]nd|[Tt]hen|[Pp]lease)\s+)[Dd]rop (?=(?:the )?[A-Z][A-Z0-9_]{2,}\b(?! to\b))/g;

/**
 * A request with the plain verb where people use a strong one: whatever guards what destroys then sees it.
 * `nuke the job x` → `delete the job x`, `the label old can go` → `remove the label old`
 */
export function plainVerbs(request: string): string {
	if (languageOf(request) === 'ko') return korean.reduce((text, [said, plain]) => text.replace(said, plain), request);
	const plain = request
		.replace(dropsVariable, 'remove ')
		.replace(listedToGo, 'delete ')
		.replace(wantedGone, (_, what: string, where: string | undefined) => `delete ${what}${where ?? ''}`)
		.replace(wrecks, 'delete')
		.replace(byDeleting, 'delete $1')
		.replace(revoked, 'delete')
		.replace(away, (_, what?: string, name?: string, mess?: string) => `remove ${what ?? name ?? mess}`)
		.replace(apart, (_, out?: string, of?: string, down?: string) =>
			down === undefined ? `remove ${out}${of === undefined ? '' : ' of'}` : `delete ${down}`,
		);
	return plain
		.replace(/\b(?:track|hunt|chase) (?:it|this|that) down\b/gi, 'find the cause')
		.replace(bothWays, 'scale')
		.replace(differentImage, 'change the $1 of')
		.replace(afterThat, 'then ')
		.replace(done, (said, what: string, name: string, verb: string) => (happened.test(request) ? said : `${what}; ${verb} ${name}`))
		.replace(takeLook, 'look $1')
		.replace(goThrough, 'look through')
		.replace(throwAway, 'remove $1')
		.replace(takeOut, 'remove $1 $2 in $3')
		.replace(adjectives, '$1 ')
		.replace(takeDown, (_, what: string) => `take down ${what}`)
		.replace(toBeRemoved, 'remove ')
		.replace(/^(?:delete|remove)\b.*/i, (order: string) => order.replace(placedBetween, '. Delete $2 in $1'))
		.split(/(?<=[.!]\s)/)
		.map(gone)
		.join('')
		.replace(adjectives, '$1 ')
		.replace(typed, '$1 $2')
		.replace(/\b((?:delete|remove|drop)\b[^.;]*\broles?\b[^.;]*\bits) (?=binding\b)/gi, '$1 role ');
}

/** `x can go, delete it`: the same deed twice. */
const again = /^(?:so\s+|and\s+|please\s+|just\s+)*(?:delete|remove|drop|erase|get rid of)\s+(?:it|them|that|both)(?:\s+please)?\s*[.!]?$/i;

/** The order in a sentence that says what may go, behind its reason. */
function gone(sentence: string): string {
	if (doubtful.test(sentence)) return sentence;
	const parts = sentence.replaceAll(/\s+[-–—]\s+/g, ': ').split(/(?<=,)\s+(?:so\s+|and\s+)?|\s+(?=so\s)|(?<=[;:])\s+/);
	const going = parts.map(part => {
		const said = part
			.trim()
			.replace(/^so\s+/i, '')

			.replace(/[,:]$/, '');
		if (bounded.test(said)) return undefined;
		return canGo.exec(said)?.[1] ?? (told.test(said) ? undefined : passive.exec(said)?.[1]);
	});
	if (going.every(one => one === undefined)) return sentence;
	const order = parts
		.flatMap((part, at) => {
			const one = going[at];
			if (one !== undefined) return [`remove ${one}${/[,;]$/.exec(part)?.[0] ?? ''}`];
			return going[at - 1] !== undefined && again.test(part) ? [] : [part];
		})
		.join(' ')
		.replace(/[,;.!\s]+$/, '');
	// What stands behind is a sentence of its own.
	return `${order}${/[.!]?\s+$/.exec(sentence)?.[0] ?? ''}`;
}
