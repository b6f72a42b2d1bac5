/** What a part of a request says is to be left alone. */
export type Subject = {
	readonly said: string;
	/** Whether it only forbids one deed (`don't restart web`), which leaves room for another. */
	readonly isDeed?: boolean;
	/** Whether it would be taken out, said of a part: `leave LEVEL out`. */
	readonly isOut?: boolean;
	/** Whether what is spared stands at the end, so that a list of it goes on behind: `skip a, b and c`. */
	readonly goesOn?: boolean;
	/** What stands before it and is meant of the order: `web에서 exporter는 빼고 …`. */
	readonly kept?: string;
};

const opening =
	/^(?:(?:and|but|only|please|pls|just|also|so|then|though|however|yet|while|whereas|well|mind you|note that|remember that|(?<rest>(?:apart|aside) from that|other than that|otherwise|beyond that|for the rest)|as for|with|in particular|especially|explicitly|ok|oh)[,\s]+)+/i;
const hedge =
	'(?:of course|please|just|still|also|definitely|absolutely|really|simply|itself|themselves|both|all|always|there|here|then|though|only)';
const touched =
	'(?:touched|changed|edited|altered|modified|moved|restarted|scaled|deleted|removed|updated|upgraded|bumped|affected|included|labell?ed|rolled|renamed|resized|patched|recreated|dropped|drained|cordoned|lost|reset|replaced|counted|covered|migrated|adjusted|disturbed|interrupted|swept|raised|lowered|suspended|stopped)';
/** `must not grow past 600Mi`: how far it may go, which is to be set. */
const bound =
	'(?:past|over|above|below|beneath|under|beyond|higher|lower|further|more|less|up|down|to)\\b.*(?:\\d|\\b(?:one|two|three|four|five|six|eight|ten|twelve|half)\\b)';
const happens = `(?:be ${touched}|(?:change|move|go|grow|shrink)(?!\\s+(?:any )?${bound})|disappear|vanish|restart|get (?:it|one|any|that|this|touched|restarted|changed))`;
const modal = '(?:must|should|shall|may|can|could|has to|have to|needs? to|is to|are to|ought to|will|would|is supposed to)';
const how =
	"(?:as|it|they|is|are|was|were|has|have|now|before|today|where|how|what|which|the|way|exactly|untouched|unchanged|alone|up|running|there|here|in|place|out|of|this|that|put|intact|live|alive|online|too|still|for|at|on|with|by|its|their|own|values?|moment|from|so|everything|all|both|either|yet|currently|alike|v?\\d[\\w.%]*|replicas?|pods?|time|being|peace|accepting|taking|keeping|[\\w-]+(?:'s)?)";
/** What nobody wants to be so: told as a trouble. */
const sick =
	'unready|unavailable|unreachable|unhealthy|unresponsive|pending|down|broken|stuck|red|empty|slow|offline|degraded|not (?:ready|available|reachable|healthy)|in (?:pending|crashloopbackoff|imagepullbackoff|error)|crash\\w*|failing|failed';
const ours =
	'(?:not|never) (?:ours?|mine|yours?|theirs|part of (?:it|this|that)|included|affected|meant|concerned|involved|in scope|our business)';
const state = `(?:${ours}|off[- ]limits|hands[- ]off|out of (?:scope|bounds|it|this)|excluded|excepted|exempt(?:ed)?|untouchable|taboo|frozen|spared|skipped|not (?:to )?(?:be )?${touched}|not to (?:${happens})|left (?:alone|as|out|untouched|unchanged|in peace|the way|where|in place|there)\\b.*|kept\\b(?! (?:for|until|on top)).*|none of (?:our|my|your) business|to (?:stay|remain|survive|keep|be (?:left|kept|spared|skipped|excluded))\\b.*|fine as\\b.*)`;

/** Behind what is spared. */
const behind: readonly RegExp[] = [
	new RegExp(
		`^(?<said>.+?)\\s+(?:${hedge}\\s+)*${modal}\\s+(?:${hedge}\\s+)*(?:not|never)(?:\\s+(?:ever|yet|also))*(?:\\s+${happens}\\b.*)?$`,
		'i',
	),
	new RegExp(`^neither\\s+(?<said>.+?)\\s+(?:${modal}|is|are)\\s+(?:to\\s+)?(?:be\\s+)?(?:${happens}|${touched})\\b.*$`, 'i'),
	new RegExp(
		`^(?<said>.+?)\\s+(?:${hedge}\\s+)*(?:${modal}\\s+(?:${hedge}\\s+)*)?(?:stay(?:s|ing)?|remain(?:s|ing)?|survives?|persists?|lives? on)(?!\\s+(?:${sick})\\b)(?:\\s+${how}){0,7}$`,
		'i',
	),
	new RegExp(`^(?<said>.+?)(?:\\s+(?:is|are|being|was|were)|'s|'re)\\s+(?:${hedge}\\s+)*${state}$`, 'i'),
	new RegExp(
		`^(?<said>.+?)\\s+(?:is|are|was)n't\\s+(?:${hedge}\\s+)*(?:ours?|mine|theirs|yours|(?:to be )?${touched}|to change|in scope|our business|part of (?:it|this|that))\\b.*$`,
		'i',
	),
	new RegExp(
		`^(?<said>.+?)\\s+(?:${hedge}\\s+)*(?:does|do|will|shall|must|should)(?:n't|\\s+not)\\s+(?:${hedge}\\s+)*(?:${happens}|count|need (?:it|one|any|that)|belong(?: (?:to|in) (?:it|this|that))?)\\b.*$`,
		'i',
	),
	/^(?<said>.+?)\s+gets?\s+(?:none|nothing|left (?:alone|out)|no (?:such )?(?:change|treatment)s?)\b.*$/i,
	/^(?<said>.+?)\s+keep(?:s|ing)?\s+(?:its|their|theirs|the|what|running|everything|all|going|on|as)\b.*$/i,
	/^(?<said>.+?(?<!\b(?:is|are|was|were|does|do|did|has|have|if|or|why|be)))\s+(?:excepted|excluded|exempted|exempt|untouched|unchanged|unaffected|left alone|left out|aside|apart|not|hands[- ]off|off[- ]limits|intact|as is|as (?:it|they) (?:is|are)(?: now| today)?|as before)(?:\s+(?:please|though|either|yet|for now|there))*$/i,
];

const deed =
	'(?:restart|reboot|bounce|roll|scale|delete|remove|drop|update|upgrade|bump|stop|drain|cordon|label|relabel|rename|move|resize|patch|switch|recycle|kill|redeploy|raise|lower|grow|shrink|suspend|pause|resume|evict|migrate|replace|recreate)';
const touch = '(?:touch|change|edit|alter|modify|adjust|amend|tamper with|mess with|fiddle with|disturb|include|count|affect|interrupt)';
const not =
	"(?:don'?t|do not|never|must not|mustn't|you must not|no need to|under no circumstances|on no account|by no means|not to)(?:\\s+ever)?";

/** Before what is spared. */
const ahead: readonly {readonly pattern: RegExp; readonly isDeed?: true; readonly isOut?: true}[] = [
	{pattern: new RegExp(`^${not}\\s+${touch}(?:\\s+(?:or|nor|and)\\s+(?:${touch}|${deed}))*\\s+(?<said>.+)$`, 'i')},
	{pattern: new RegExp(`^${not}\\s+${deed}(?:\\s+(?:or|nor|and)\\s+(?:${touch}|${deed}))*\\s+(?<said>.+)$`, 'i'), isDeed: true},
	{pattern: /^without\s+(?:touching|changing|editing|altering|modifying|affecting|including|moving|disturbing)\s+(?<said>.+)$/i},
	{
		pattern:
			/^(?:leave|leaving|keep|keeping)\s+(?<said>.+?)\s+(?:alone|as\b(?! (?:an? |the )?(?:secret|config ?map|file|key)\b).*|untouched|unchanged|in peace|in place|where\b.*|the way\b.*|how\b.*|(?:on|at) v?\d\S*(?: replicas?| pods?)?|at (?:its|their|the) (?:current |present |old |own )?(?:sizes?|counts?|scale|numbers?|replicas?|replica counts?)|running|intact|be)$/i,
	},
	{
		pattern:
			/^(?:leave|leaving)\s+(?<said>(?:it|them|that(?: one)?|those|these|this|the (?:rest|others?|remaining \w+)|everything else|all else))$/i,
	},
	{
		pattern:
			/^(?:skip|skipping|spare|sparing|ignore|never mind|forget about|hands off(?: of)?|keep your hands off|stay away from|steer clear of|not counting|not including|not touching|disregard|no action (?:on|for|in|at)|nothing (?:on|for|in|to)|no changes? (?:to|for|in|on)|(?:never|not|but not|and not) (?:in|into|on|to|inside)|not)\s+(?<said>.+)$/i,
	},
	{pattern: /^no action (?<said>there)$/i},
	{pattern: /^(?:leave|leaving|keep|keeping)\s+(?<said>.+?)\s+out(?: of (?:it|this|that))?$/i, isOut: true},
	{pattern: /^(?:omit|omitting|exclude|excluding|leave out|leaving out)\s+(?<said>.+)$/i, isOut: true},
];

const closing =
	/(?:\s+(?:along with (?:it|them)|with it|too|either|as well|yet|for now|please|pls|though|in any way|at all|whatever you do|of course|this time|today|meanwhile|anymore|any more|as (?:it|they) (?:is|are)|alone|in the process)|\s+(?:because|since|as (?:it|they|that|this)|for (?:it|they))\b.*)+$/i;

/** What an English part of a request says is to be left alone; undefined: it says nothing of the kind. */
export function sparedInEnglish(part: string): Subject | undefined {
	const text = part
		.trim()
		.replace(opening, '')
		.replace(/(?:\s+(?:please|pls|thanks|though))+$/i, '');
	const said = (found: string | undefined) => (found ?? '').replace(closing, '').replace(opening, '').trim();
	for (const {pattern, ...how} of ahead) {
		const found = pattern.exec(text)?.groups?.said;
		if (found !== undefined) return {said: said(found), goesOn: true, ...how};
	}
	for (const pattern of behind) {
		const found = pattern.exec(text)?.groups?.said;
		if (found !== undefined) return {said: said(found)};
	}
	return undefined;
}
