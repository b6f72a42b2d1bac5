import {namesSet} from './named-sets.ts';
import {oneOf} from './one-of.ts';

/** What is told of things, and never made or set: the head of a phrase that asks for it. */
const told = oneOf(`
	names? | listing | lists? | overview | rundown | summar(?:y|ies) | inventory | counts? | figures? | numbers? | totals? | sums? | tall(?:y|ies) | breakdown | ranking | details? | info(?:rmation)?
	| status | tags? | versions? | images? | builds? | references? | refs? | digests? | sizes? | logs? | lines? | entr(?:y|ies) | output | stdout | stderr | tail | events? | warnings? | errors? | exceptions?
	| messages? | history | revisions | causes? | reasons? | explanation | diagnosis | root cause | owners? | host ?names? | hosts? | addresses | types | schedules | usage | restarts | consumers? | users
	| those | winner | answer | picture | truth | facts? | permissions | rights | kinds? | places? | figures? | values? | verdict | yes or no | subjects? | holders?
`);
const qualifiers = oneOf(`
	the | an? | its | their | his | our | my | all | any | every | each | both | just | only | simply | merely | full | complete | exact | quick | short | brief | plain | bare | single | one | two | three | four | five
	| ten | twenty | \\d+ | first | last | latest | newest | most | recent | top | current | desired | total | whole | entire | respective | of | and | or | for | per | raw | key | pod | node | image | container | workload | log | rollout | namespace | object
`);
/** What may stand behind the head: of what, where, in which form. */
const behind = oneOf(`
	$ | \\? | of\\b | for\\b | in\\b | on\\b | from\\b | per\\b | by\\b | with\\b | across\\b | over\\b | and\\b | or\\b | only\\b | alone\\b | please\\b | too\\b | as well\\b | that\\b | which\\b | behind\\b | about\\b | where\\b
	| whose\\b | containing\\b | mentioning\\b | matching\\b | used\\b | using\\b | running\\b | each\\b | now\\b | so far\\b | will do\\b | would do\\b | suffices?\\b | (?:is|are) (?:enough|plenty|sufficient|fine)\\b
	| out of\\b | since\\b | during\\b | around\\b | cluster-wide\\b | everywhere\\b | guarding\\b | belonging\\b | bound\\b | we\\b | before\\b | after\\b | at\\b | when\\b | there\\b | first\\b | last\\b | here\\b | into\\b | [\\w.-]+ (?:printed|logged|wrote|said|produced|emitted|uses|runs|has)\\b
`);
const information = new RegExp(
	`^(?:${qualifiers} )*(?:(?!(?:to|is|are|was|should|must|needs?|gets?|with|at)\\b)[\\w./-]+(?:'s?)? ){0,2}?(?:${qualifiers} )*${told}(?=\\s*${behind})`,
);
/** `just that one`, `the matching ones`. */
const pointed = /^(?:just |only |simply )*(?:the |that |those )?(?:matching |relevant |first |top )?ones?(?: only| alone| please)?$/;
/** `newest first`, `the first two suffice`: in which order, and how many. */
const order =
	/^(?:the )?(?:newest|latest|oldest|youngest|biggest|largest|highest|lowest|smallest|top) (?:first|last|on top|\d+|one|two|three|five|ten)\b|^(?:the )?(?:first|top|last) (?:one|two|three|four|five|ten|\d+)?\s?(?:only|alone|please|suffices?|will do|is enough|are enough)\b/;

/** Values that something is to have: `images to 1.4.2`, `LEVEL=debug`. */
const sets = /=|\b(?:to|as|at|becomes?) (?:\d|v\d|half|double|zero|one\b|two\b|three\b)|\b\w+:\d[\w.]*\b|\bv?\d+\.\d+(?:\.\d+)?\b/;

/** `previous version please` brings it back. */
const wished =
	/\bnew (?!ones?\b)\w+|^(?:the )?(?:previous|prior|earlier|latest|newest|old|last) (?:version|image|tag|revision|release|build)\b/;

/** `smallest memory limit in shop` */
const superlative =
	/^(?:the )?(?:single )?(?:most|least|biggest|largest|smallest|highest|lowest|heaviest) (?:[\w-]+ ){0,2}(?:cpu|memory|ram|storage|requests?|limits?|replicas?|restarts?|consumers?|hogs?)\b/;
/** `taints per node`, `requests by namespace` */
const perThing =
	/^(?:the )?(?:[\w-]+ ){1,4}(?:per|by|for each|of each|for every|of every) (?:node|namespace|pod|deployment|workload|container|service|team|zone|class|kind)s?\b/;

/** A label by which things are chosen. */
const selecting =
	/\b(?:with|labell?ed|marked|tagged|flagged|carrying|carry|having|have|where|whose|label) (?:the )?(?:labels? )?[\w./-]+=[\w.-]+/g;

/** Whether a part is a phrase for something that is told: `the names of …`, `WARN lines only`, `one name`. */
export const isInformation = (part: string): boolean =>
	(information.test(part) || pointed.test(part) || order.test(part) || perThing.test(part) || superlative.test(part)) &&
	!sets.test(part.replaceAll(selecting, '_')) &&
	!wished.test(part);

/** The same, or things spoken of as a set: `all claims with their sizes`. */
export const isTelling = (part: string): boolean => isInformation(part) || namesSet(part);

/** Verbs of deeds that only ask to be told where what stands behind them is something told: `give me the names`, `pull the errors from web`. */
const handing = new RegExp(
	`^${oneOf(`
		(?!give (?:up|back|away) (?:a |one |half |\\d|two ))(?!(?:bring|get|put) back\\b)(?:give|get|hand|send|bring|fetch|pull|grab|find|dig|write|read|lay|spell|list|pick|single) (?:me |us |him |her |them |everyone |the team )?(?:up |out |down )*
		| (?:let|make) (?:me|us|him|her|them) (?:have|see|hear) | (?:sum|total|add) up | sort | rank | order | open(?: up)? | dump | run (?:me|us) through | put (?:me|us) in the picture about | draw up | name\\b | report | quote | paste | identify | spot | trace
	`)}\\s*`,
);
/** What is handed over that is a thing of its own: `give me a namespace`, `get us two more pods`. */
const thing =
	/^(?:an?|another|one more|two|three|four|five|\d+|more|new)\b(?! (?:list|listing|overview|rundown|summary|count|look|view|figure|breakdown|picture|tally|number|total|sum|ranking)\b)/;

/** `give me the tag of each`, `pull up whatever …`, `rank the claims by size`, `add up the storage of …`. */
export function asksToHand(part: string): boolean {
	const verb = handing.exec(part)?.[0];
	if (verb === undefined) return false;
	const rest = part.slice(verb.length);
	if (/^(?:rank|identify|report|quote|trace|spot) ?$/.test(verb)) return rest !== '';
	// `give every deployment the label a=b`
	if (/^give ?$/.test(verb) && /\blabels? [\w./-]+=/.test(rest)) return false;
	if (/^name ?$/.test(verb))
		return (
			/^(?:all|every(?:one|body|thing)?|each|any(?:one|body|thing)?|whoever|both|those|two|three|just|only|the (?!new\b|\w+ [\w-]+$))\b/.test(
				rest,
			) || namesSet(rest)
		);
	if (/ up ?$/.test(verb) && /^(?:sum|total|add)/.test(verb)) return rest !== '';
	if (/^(?:sort|order) ?$/.test(verb)) return /\bby\b/.test(rest);
	if (/^(?:what|which|who|where|how|whatever|everything|anything|those|only those|just those)\b/.test(rest))
		return /\b(?:me|us|him|her|up|out)\b|^(?:pull|read|find|list|pick)/.test(verb);
	return !thing.test(rest) && !/\b(?:right|rights|role|access|permission|permissions|ability)\b/.test(rest) && isTelling(rest);
}

/** `I only care about …`, `for the audit I have to know …`, `audit wants names`. */
const wantsToKnow =
	/\b(?:i|we)(?:'d|'m)? (?:(?:really|just|only|also|first|would|am|do) )*(?:(?:need|want|wanted|have|like|got|love|wish)(?: you)? to (?:know|see|learn|find out|understand|check|hear|verify|confirm|have a look|look at)|care about|interested in|after|curious|looking for)\b/;
const appreciates = /^(?:i|we)(?:'d| would) (?:appreciate|welcome|be (?:glad|happy|grateful) (?:to have|for|about)) (.+)$/;
const wants = /^(?:[\w-]+ ){0,5}?(?:wants?|needs?|asks? for|asked for|require[sd]?|is after|are after|would like)\s+(.+)$/;

/** Whether a part says that somebody wants to be told something. */
export function wishesToKnow(part: string): boolean {
	if (wantsToKnow.test(part)) return true;
	const what = (appreciates.exec(part) ?? wants.exec(part))?.[1];
	return what !== undefined && !thing.test(what) && information.test(what) && isInformation(what);
}

/** What is to be left out of what is told: no deed. */
export const leavesOut = (part: string): boolean =>
	/^(?:skip|ignore|omit|exclude|leave out|drop|without|not|no) (?:the )?(?!it\b|them\b|that\b)[\w-]+(?:'s)?(?: (?:ones?|containers?|sidecars?|values?|parts?|rest|lines?|namespaces?))?$/.test(
		part,
	);
