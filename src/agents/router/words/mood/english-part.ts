import {fromVerb} from './english-openings.ts';
import {asksToHand, isTelling, leavesOut, wishesToKnow} from './english-telling.ts';
import {beginsWithLook, beginsWithVerb} from './imperatives.ts';
import type {Mood} from './mood.ts';
import {oneOf} from './one-of.ts';
import {politeMood} from './polite-mood.ts';

const begins = (alternatives: string) => new RegExp(`^${oneOf(alternatives)}`);

export const asking = begins(`
	(?:what|which|who|why|how|where|when)(?:'?s)?\\b | whose\\b | whom\\b | (?:is|are|was|were|does|do|did|has)(?:n't)?\\b | am\\b | had\\b | any\\w*\\b
	| have (?:i|we|you|they|any)\\b | (?:can|could|would|will|may|might)\\b
`);

const good =
	'(?:a )?(?:safe|ok|okay|fine|wise|smart|worth|better|good|bad|necessary|needed|useful|risky|dangerous|time|possible|advisable|sensible|reasonable|any (?:point|reason|need|harm|risk))';
/** Asks whether a deed should be done, or what would come of it. */
export const weighing = begins(`
	(?:(?:do you |you |i |we )?(?:think|reckon|suppose|guess|feel|believe) |maybe |perhaps |or |and )*(?:should|shall|ought|must|need(?= (?:i|we|you|they|he|she|it|there)\\b))(?:n't)? [\\w.-]+\\b
	| (?:is|would|are|was) (?:it|that|there|this)(?: be)? (?:\\w+ )?${good}\\b
	| (?:does|would|will|did|do) (?:it|that|this|we|i|you)\\b
	| (?:what|how) (?:if|would|will|happens|about|could|should|can|do i|do we|do you)\\b
	| (?:is|are|would|will|does|might|could|can|did) (?:\\S+ )?\\w+ing\\b
	| if (?:i|we|you)\\b
	| why (?:not|don't|shouldn't)\\b
	| what(?:'s| is) the (?:risk|harm|impact|effect|point|command|best)\\b
	| (?:any|is there an?y?) (?:harm|risk|danger|reason|point|need|objection)
	| (?:can|could|would|will|might|may) (?!you\\b)(?:[\\w.-]+ ){1,3}(?:be|survive|cope|handle|break|work|go|stay)\\b
`);
/** `After I drain it, where do the pods go?` */
export const aroundDeed = /^(?:before|after) (?:i|we|you)\b/;
export const hesitating = begins(`
	(?:i|we)(?:'m| am|'re| are)? (?:(?:not|un)\\s?(?:sure|certain)|think|thinking|thought|guess|wonder|wondering|believe|suppose|feel|assume|tempted|inclined|considering|debating|pondering|hesitating|contemplating|torn|might|may|could)\\b
	| (?:maybe|perhaps|possibly|probably|thinking|thoughts|not sure|unsure|wondering|considering|debating|tempted|undecided|pros and cons|advice|opinions?)\\b
`);
export const forbidding = begins(`
	(?:please )?(?:don't|do not|dont|never(?! (?:(?:fewer|less|more|lower|higher|under|over|below|above) (?:than )?)?(?:\\d|one|two|three|four|five|six|seven|eight|ten))|avoid|must not|mustn't|shouldn't|cannot|let's not|let us not|under no circumstances|refrain|hands off|hold (?:off|on)|wait(?! (?:for )?(?:\\d+|up to|an?|one|two|three|five|ten|fifteen|twenty|thirty)\\b))\\b
	| (?:there is |there's )?no need\\b | not yet\\b | (?:i'd )?rather not\\b | you (?:must|should|may)(?: not|n't)\\b
`);
/** What the one who speaks does, or did, without asking anybody. */
const ownDoing = begins(`
	(?:i|we)(?:'ll| will|'m going to|'re going to| am going to| are going to|'m about to| am about to| plan to| intend to| was going to| were going to|'d| would| used to| just| already| have| had|'ve| tried| did)\\b(?! (?:like|love|need|want|appreciate|prefer|have to|be (?:grateful|thankful|happy|glad)))
	| let me\\b
`);
export const reporting = new RegExp(
	`\\b${oneOf(`
		says(?! nothing) | (?<!\\b(?:should|must|shall|to) )say(?! nothing) | said | tells?(?! (?:me|us|him|her|them)\\b) | told | asks(?! for) | asked(?! for) | suggests? | suggested | recommends? | recommended | thinks? | claims?(?= (?:that|to|it|they|he|she)\\b) | claimed(?! by) | proposes | proposed | insists? | insisted
		| ordered | instructed | writes | wrote | mentioned | heard | reads(?! (?:from|only)) | warns | warned | advises | advised | according to | begged | (?:runbook|wiki|guide|manual|docs?|documentation|alert|article|blog|ticket) (?:wants?|needs?)
	`)}\\b`,
);
export const telling = new RegExp(
	`\\b${oneOf(`
		is | are | was | were | has | had | have | will | would | does | did | (?:do|does|did|is|was|ca|wo)n't | went | came | got | keeps? | kept | fails? | failed | crash(?:es|ed)
		| dies | died | runs | ran | shows? | gives | gave | restarts | restarted | rebooted | starts? | started | stops | stopped | became | returns | returned | uses | used | looks
		| seems | happens | happened | breaks | broke | complains | struggles | scales | scaled | updated | upgraded | deployed | changed | moved | deleted | removed | drained
		| cordoned | rolled | created | killed | hopes? | assume | trust
		| refuse[sd]? | answers | answered | look | misses | missed | misbehaves | misbehaved | lacks | lacked | throws | threw | hangs | hung | prints | printed | reports | reported | sits | sat | sees | saw
		| complained | noticed | notices | wonders | wondered | suspects? | suspected | worries | worried | rang | called in | paged
		| times? out | timed out | timing out | exits | exited | quits | get(?= (?:an? )?[45]\\d\\d)
		| gets? (?:hammered|swamped|flooded|slammed|overloaded|overwhelmed|pounded|busy|crowded|hit|battered|saturated) | ooms? | oomed | oom-?kill(?:s|ed)? | opens?(?= (?:at|on|in|its|for)\\b) | closes?(?= (?:at|on|its)\\b)
		| joins | arrives | comes | launches | expires | rises | approaches | waits
		| eats | ate | leaks | leaked | burns | burnt | fills | filled | consumes | rejects | rejected | behaves | acts | works | worked | responds | responded | dares | needed | passed | begins | began
		| points | pointed | demands | demanded | aims | aimed | reacts | reacted | allows | allowed | listens | listened | hits? | serves | served | selects | selected | carries | carried | holds | held | exceeds | exceeded | reaches
		| reached | contains | contained | stands | stood | handles | handled | hosts | hosted | peaked | peaks | claims that | claimed | belongs | belonged | sends | sent | averages | averaged
		| (?:just|already) (?:cut|built|shipped|sent|made|tagged|released)
	`)}\\b`,
);

/** `should have restarted`, `should be fine`: expected, not wished. */
const expected =
	'(?:look(?! (?:at|on) \\/)|check|know|find|see|tell)\\b|be (?:fine|ok|okay|good|working|enough|back|done|safe|easy|possible)\\b|have (?:been|gone|done|run|made|sent|set|seen|taken|given|got|come|become|known|broken|fallen|grown|left|lost|begun|\\w+ed)\\b';
const allowed =
	'select|serve|point|idle|rest at|sit at|manage with|get by with|make do with|tolerate|bear|allow|permit|aim|hold|use|have|lose|drop|shed|spare|fall|give (?:up|back|away)|come down|do without|surge|be (?:unavailable|gone|missing|away|offline|out|reached|down|used|scheduled|mounted|removed|deleted|dropped)|reach|talk|read|take|get|go|only|list|watch|view|see|run|stay|connect|accept|return|go back|come back|fail|miss|scale|grow|shrink|retry|wait';
/** Said of a thing, how it is to be: `web needs …`, `there should be …`, `the ledger gets …`. */
export const wish = new RegExp(
	`^(?!(?:i|we|you|he|she|nobody)\\b)(?!.*\\b(?:whether|look (?:at(?! \\/)|into))\\b).*?(?<!\\b(?:never|hardly|rarely|always|sometimes|often) )\\b${oneOf(`
		should(?! (?:${expected})) | shall | must | ought to | needs? | (?<!n't |not )wants?(?! to (?:know|see|understand|learn|hear|look|check|find)) | has to | have to | had better | deserves? | gets(?! (?:an? |the )?(?:[45]\\d\\d|errors?|forbidden|timeouts?|refused|denied|rejected|no|nothing|stuck|killed|restarted|evicted|slow\\w*|worse|connection|hammered|swamped|flooded|slammed|overloaded|overwhelmed|pounded|busy|crowded|hit|battered|saturated)) | to be | becomes | requires?
		| (?<=[\\d%iGMk\\s](?:\\w+ )?)(?:will|would|should) (?:do|suffice)(?=\\s*$| for\\b) | (?:is|are|will be|would be|should be) (?:often |more than |quite |well )?(?:enough|plenty|sufficient)(?=\\s*$| for\\b) | suffices?
		| no longer (?:needs?|wants?|requires?) | (?:do|does)(?:n't| not) need (?=.*\\b(?:any ?more|any longer|now)\\b) | from (?:now|today) on | henceforth
		| (?<=[\\d%iGMk\\s](?:\\w+ )?)would be (?:better|enough|safer|fine|good|right)
		| (?:path|endpoint|port|url) is(?: now)? [\\d/]\\S*
		| joins | takes? over | (?:moves|comes) (?:to|from|over|into|out of|off) | (?:loses|drops) (?:its|the|all|every) (?=.*\\b(?:label|annotation|variable|env|probe|limit|request|selector|toleration|sidecar|rule|port|host|path|key))
		| (?:do|does)(?: not|n't) (?:exist yet|yet exist) | (?:pods?|replicas?|instances?) would help | could use | (?:can|could)(?: both| all| really| probably)? do with | would (?:benefit|like) | goes | (?:is|are) to | accepts? | asks for | is (?:also )?(?:wanted|needed|required|due) | (?:may|can)(?: only| not| no longer| then| now)? (?:${allowed})
	`)}\\b`,
);

const subject = /^(?:i|we|you|he|she|it|this|that|they|nobody|someone|somebody|everybody|everyone)\b/;
const dependent = /^(?:what|which|who|why|how|where|when|if|unless|once(?!-)|because|since|although|though|until|till|while|whether|as)\b/;
/** Something to do or to make: a number, a value, a deed as a noun, a thing with an article. */
const content = new RegExp(
	`\\d|=|->|→|[\\w-]+\\.[a-z]{2,}/[\\w.-]+|(?<=\\s)/[\\w/.-]*|\\b\\w+_\\w+|\\blabels?\\b.* (?:to|as|into) \\w|\\b${oneOf(`
		one | two | three | four | five | six | seven | eight | nine | ten | twelve | double | twice | half | zero | no \\w+ | none | off | on | true | false | an? | another | new | more | fewer | less
		| restart | rollback | undo | rolling | canary | reboot | copy | please | hpa | pdb | pvc | ingress | configmap | secret | cronjob | job | deployment | statefulset | daemonset
		| services? | namespaces? | (?:resource)?quotas? | (?:cluster\\s?)?roles? | (?:role\\s?)?bindings? | quota | limit\\s?ranges? | (?:volume\\s)?claims? | (?:disruption\\s)?budgets? | auto-?scalers? | service\\s?accounts? | network\\s?policy | pods?
	`)}\\b`,
);

/** A part without any verb that says something: `search to 5`, `a PDB for auth`, `rolling restart of web`. */
export const isTerse = (part: string) => {
	// `returns-api` is a name, and says of nothing that it returns.
	const said = part.replaceAll(/\w+(?:-[\w.]+)+/g, '_');
	return (
		content.test(said) && ![telling, subject, dependent, /\b(?:may|might|can|could|should|must)\b/].some(pattern => pattern.test(said))
	);
};

/** `check every 15 seconds`, `wait for half a minute first`: how a probe is to go about it. */
const measured =
	/^(?:check|probe|poll|test)(?:ing)? .*\b(?:every|each) \d+ ?(?:s|secs?|seconds?|m|minutes?)\b|^(?:check|probe|watch|look|poll|wait|test|try)(?:ing)? (?:it |them |again |for |only |at |on )*(?:every|after|once (?:a|per|every)|up to|\d|half|an?|one|two|three|five|ten|fifteen|twenty|thirty)\b/;

/** `since green is idle please take it down`, `…, so please do`; what somebody else pleads for is none. */
export function pleadsFor(part: string): boolean {
	const [, before = '', rest = ''] = /^(.*?)\b(?:please|pls|plz|kindly)\s+(.+)$/.exec(part) ?? [];
	return (
		rest !== '' && !reporting.test(before) && !forbidding.test(before) && (beginsWithVerb(rest) || /^do(?: so| it| that)?$/.test(rest))
	);
}

/** `have the probe of web start after 12 seconds`: what something is made to do. */
const causes =
	/^(?:(?:in|on|for) [\w-]+ )?(?:have|get) (?!(?:i|we|you|they|any|it)\b)(?:the |its |all |both |each |every )?(?:[\w'-]+ ){1,6}?(?:to )?(?:start|begin|run|wait|use|take|read|check|fail|listen|answer|serve|pull|keep|log|send|look|go|carry|write|tolerate|stay)\b/;

/** `need 5 of them`: a wish without its subject. */
const wants = /^(?:need|want|wanted|needed):? (?:\d|one|two|three|four|five|six|an?|another|more|the|some)\b/;

/** `call it web-in`, `name the policy web-in`: what is made gets its name. */
const christens =
	/^(?:call|name) (?:it|them|both|(?:the|that|this) (?:(?!(?:to|of|in|with|by|for|from|on|bound|that|whose|which)\b)[a-z]+ ){1,3}?)(?:$| ?(?=[\w.-]*[-\d]))/;

/** `group ops gets read access to …`: who is given what. */
export const grants =
	/^(?:the )?(?:group|user|(?:service )?account) [\w@.-]+ (?:gets|shall (?:get|have)|is to (?:get|have)|should (?:get|have)) (?!no\b|an? error|access denied).*\b(?:access|rights?|permissions?)\b/;

/** `nothing may leave the shop`, `no pod in there shall call anything outside`: what traffic is not to be. */
const barsTraffic =
	/^(?:nothing|nobody|no ?one|no [\w-]+)\b.{0,40}?\b(?:may|must|shall|should|can|is to|are to|gets? to)\b.{0,20}?\b(?:leave|enter|reach|get|go|come|talk|connect|call|access|open|send|pass|contact)\b/;

/** `nobody should start anything in there any more`: what is not to be done. */
const barsUse =
	/^(?:nobody|no ?one|nothing|no (?:one|new) [\w-]+)\b.{0,24}?\b(?:must|shall|should|may|is to|are to) (?:be )?(?:start|run|deploy|create|launch|schedule|make|add|claim|allocate)\w*\b(?!.*\?)/;

/** `only what runs in the shop gets to reach it` */
const lettingOnly =
	/^(?:only )?(?:what|whatever|whoever|those|pods?)(?: that)? (?:runs?|lives?|sits?|is|are|comes?|in|from|of)\b.*\b(?:may|shall|should|must|gets? to|get to|is to|are to|is allowed|are allowed)\b/;

/** `…, which may get the config map`: said of what stands before. */
const relative = /^which (?:may|must|shall|should|allows?|lets?|permits?|selects?|grants?|denies|blocks?|gets)\b/;

/** `…, recreated twice by the night shift`: how often something was done. */
const happened = /^[a-z]{3,}(?:ed|de|ut|lt|wn) (?:once|twice|thrice|again|\w+ times)\b(?!.*\b(?:to|at) \d)/;

/** `web serves v2 from now on`. */
const fromNow =
	/^(?!.*\b(?:fail|crash|was|were|had|been)\w*).*\b(?:from now on|as of (?:now|today|right now)|from today(?: on)?|henceforth)\b/;
/** What the one who speaks has to do with what is told: `I have to write a postmortem`. */
const ownTask =
	/^(?:i|we|my \w+|the team)(?:'ve got| have| need| needs| has|'ve| am|'m| are|'re)? (?:got )?(?:to|going to|about to|supposed to) (?:write|present|prepare|brief|answer|explain|decide|plan|file|fill|document|convince|reply|hand in|submit|justify|book)\b/;

/** `I'd like to see web at 8 replicas`: how it is to be. */
const seesAt =
	/^(?:i|we)(?:'d| would) (?:like|love|prefer|want) to see .*\b(?:at|on|with|to|running) (?:version |tag |image )?(?:v?\d|one|two|three|four|five|six|eight|ten|twelve|half|zero)\b/;

/** A noun with what it is to be: `the replica count of web must be 4`, `half the pods`. */
const valued =
	/\b(?:must|should|shall|has to|have to|needs? to|is to|are to) (?:be|have|become|read|say|go|get|run)\b.*\d|(?:=|->|→) ?\d|^(?:half|twice|double)\b/;

/** `the job collides with the backups at one` */
const collides = /^[\w -]+ (?:collides?|clash(?:es)?|overlaps?|conflicts?|interferes?|competes?|coincides?) (?:with\b|at\b)/;

/** What one part of a sentence does: orders, asks, tells, wishes or is nothing by itself. */
export function partMood(part: string): Mood {
	if (seesAt.test(part)) return 'order';
	if (ownTask.test(part)) return 'told';
	if (
		christens.test(part) ||
		grants.test(part) ||
		barsTraffic.test(part) ||
		barsUse.test(part) ||
		(lettingOnly.test(part) && !part.endsWith('?'))
	)
		return 'order';
	if (relative.test(part) || happened.test(part)) return 'told';
	const rest = fromVerb(part);
	// `workload and tag`: nouns that are verbs, too.
	if (asksToHand(rest) || wishesToKnow(rest) || (!rest.includes(' ') && isTelling(rest))) return 'question';
	if (leavesOut(rest)) return 'told';
	if (/^(?:because|since)\b/.test(part)) return 'told';
	if (pleadsFor(part)) return 'order';
	if (forbidding.test(part) || forbidding.test(rest)) return 'forbidden';
	const asked = politeMood(rest);
	if (asked !== undefined) return asked;
	if (beginsWithVerb(rest) && !/^let me\b/.test(rest)) return 'order';
	if (
		measured.test(rest) ||
		wants.test(rest) ||
		causes.test(rest) ||
		/^(?:no|nothing) (?:(?:new|more|further|else)\b.*\b(?:on|onto|for)|(?:scheduling|placements?|pods|workloads?) (?:on|onto|to))\b/.test(
			rest,
		)
	)
		return 'order';
	if (collides.test(rest)) return 'told';
	if (beginsWithLook(rest)) return 'question';
	if (weighing.test(rest) || hesitating.test(rest)) return 'weighed';
	if (asking.test(rest) || (isTelling(rest) && !valued.test(rest))) return 'question';
	if (/^(?:i|we)(?:'d| would) (?:feel|sleep|be) (?:\w+ )?(?:safer|happier|better|easier|calmer) (?:with|if|on|at)\b/.test(rest))
		return 'order';
	if (/^(?:we|i)(?:'ve| have)? (?:agreed|settled|decided) (?:on|to)\b/.test(rest)) return 'order';
	if (ownDoing.test(rest) || reporting.test(rest)) return 'told';
	return wish.test(rest) || fromNow.test(rest) || isTerse(rest) ? 'order' : 'told';
}
