import type {Wish} from './wish.ts';

const egressWord =
	/\b(?:egress|outgoing|outbound|out-going|outwards?|leave|leaving|going out|go out|sends? (?:anything|nothing|(?:any )?traffic|packets?)|calls? out|dials? out|(?:traffic|connections?|requests?|comes?|coming) out of)\b|나가|나갈|아웃바운드|이그레스|외부로|송신|밖으로/i;
const talksOnly =
	/\b(?:may|can|could|should|must|shall)(?: not| never|n't|not) (?:reach|talk to|connect to|send to|call|access)\b[^.;]*\b(?:anything|anyone|anybody|anywhere)(?: else)? (?:but|except|other than|apart from|besides)\b|\b(?:reach|talk to|connect to|send to|call|access) (?:nothing|nobody|no one) (?:but|except|other than)\b|\bno pods? (?:in|of|inside|from) [\w-]+ (?:may|can|should|must|shall) (?!be\b)(?:\w+ )?(?:open|make|talk|connect|reach|send|call)\b|\bnothing (?:in|of|inside|from) [\w-]+ (?:may|can|should|must) (?!be\b)(?:\w+ )?(?:open|make|talk|connect|reach|send)\b|\b(?:open|make|initiate|start) (?:new |any )?connections? only to\b|\b(?:connections?|traffic) (?:only )?(?:out )?to (?:the )?(?:outside|anywhere|internet)\b|\btalk to the outside\b|\b(?:may|can|should|must|shall) (?:send|talk|speak|connect|open connections?) (?:out )?(?:to|on)\b[^.;]*\bonly\b|\b(?:may|can|should|must|shall) only (?:talk|speak|connect|send|reach|call|access)|only (?:be able|allowed) to (?:talk|connect|reach)|\b(?:talk|speak|connect|send)s? only to\b|\b(?:and )?(?:to )?(?:nothing|nowhere|no one|nobody) else\b(?<=\bto nothing else|\bto nowhere else|(?<!\bfrom )(?<!\b(?:reach(?:able|ed)|access(?:ible|ed)|called|contacted|entered|open|accepts?|takes?|receives?|answers?) [^.;]*\bfrom [^.;]*)\bnowhere else|\bto (?:nobody|no one) else)|(?:으로|로)만 ?(?:나가|통신|접속|연결)/i;
const ingressWord =
	/\b(?:ingress|incoming|inbound|in-coming|inwards?|coming in|(?:traffic|connections?|requests?|comes?|coming) into)\b|들어오|인바운드|인그레스|수신/i;
const bothWords =
	/\bboth (?:directions|ways)\b|\bin (?:and|or|nor) out\b|\bnothing in(?:,| and| or| nor)[^.;]{0,20}\bout\b|\bin either direction\b|양방향|양쪽|오가는|들어오(?:고|거나) ?나가|(?:인그레스|ingress)(?:와|랑|,|&| and)[^.;]{0,12}(?:이그레스|egress)/i;

/** What is said to be left alone: `들어오는 쪽은 건드리지 말고`, `leave ingress alone`, `ingress stays as it is`. */
const left =
	/(?:들어오는|인바운드|나가는|아웃바운드|인그레스|이그레스|수신|송신|ingress|egress)(?:[^.,]{0,12})(?:건드리|그대로|상관|놔두|손대|유지)[^.,]*|(?:leave|without touching|do(?:n't| not) touch|keep)[^.,;]{0,12}(?:incoming|inbound|ingress|outgoing|outbound|egress)[^.,;]*|not (?:the )?(?:incoming|inbound|ingress|outgoing|outbound|egress)[^.,;]*|(?:incoming|inbound|ingress|outgoing|outbound|egress|what (?:comes|goes|gets|leaves|enters)(?: in| out)?)(?: traffic| connections?)?[^.,;]{0,12}(?:stays?|remains?|untouched|unaffected|unchanged|as (?:it|they) (?:is|are)|(?:not|none of|no) (?:its|our|your|part|any|touched|affected|meant|concern|business|matter)|does(?:n't| not) (?:matter|concern)|(?:is|are) (?:free|unrestricted|somebody else|handled|dealt with|another))[^.,;]*/gi;

/** Which directions a policy is about. Incoming where nothing is said; a denial of all traffic is about both. */
export function directionsIn({text}: Pick<Wish, 'text'>): {readonly ingress: boolean; readonly egress: boolean} {
	const plain = text
		.replaceAll(left, ' ')
		.replaceAll(/(?<=[\w가-힣])-\w+(?:-\w+)*|\b\w+-(?:ingress|egress)\b/gi, '')
		.replaceAll(/ {2,}/g, ' ');
	if (bothWords.test(plain)) return {ingress: true, egress: true};
	const egress = egressWord.test(plain) || talksOnly.test(plain);
	const ingress = ingressWord.test(plain);
	if (egress || ingress) return {egress, ingress};
	const all = /\b(?:all|any) traffic\b|모든 ?(?:트래픽|통신)|isolate|격리/i.test(plain);
	return all && deniesAll(plain) ? {egress: true, ingress: true} : {egress: false, ingress: true};
}

/** Nobody who may is named: whether traffic is stopped altogether. */
export const closesAll = (text: string) =>
	deniesAll(text) ||
	/\b(?:must|may|should|can|shall)(?:n't| not|not)\b|\b(?:no|not any) (?:traffic|ingress|egress|connections?)\b|\b(?:all|any|every) (?:ingress|egress|incoming|inbound|outgoing|outbound|traffic|connections?)\b.{0,30}\b(?:denied|blocked|dropped|forbidden|closed|refused|rejected|cut|shut)\b|\bnothing\b|\bnobody\b|\bno one\b|\bno pods?\b|끊|차단|막|봉쇄|금지|거부|못 ?(?:나가|들어|보내|받)|있을 ?이유가 ?없|없(?:게|도록)/i.test(
		text,
	);

export const deniesAll = (text: string) =>
	/\bnothing\b.{0,60}\b(?:may|can|should|must|is allowed to|shall|gets?|goes?|in\b.{0,20}\bout)\b|\bno (?:traffic|connections?|ingress|egress|one|body|packets?)\b.{0,30}\b(?:in|out|may|can|should|allowed|leaves?|enters?|gets?)\b|\bseal (?:it |them )?off\b|\bcut(?:s|ting)? (?:[\w-]+ ){0,3}off\b|\block(?:ed)? ?down\b|\b(?:den(?:y|ies)|block|drop|forbid|reject|refuse)\b.{0,30}\b(?:all|any|every|everything|incoming|inbound|ingress|outgoing|egress|traffic)\b|default[- ]deny|deny[- ](?:all|by[- ]default)|\bclosed?\b.{0,20}\b(?:by default|entirely|completely)\b|\bisolate\b|(?:모든|모두|전부|전체|기본).{0,24}(?:차단|막|거부|deny)|(?:트래픽|통신).{0,12}(?:차단|막|거부)|격리/i.test(
		text,
	);
