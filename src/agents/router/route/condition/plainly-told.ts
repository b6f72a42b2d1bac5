/** What is looked at before the condition that points at it: `check whether web has …; if so, …`. */
const checked =
	/(?:^|(?<=[.;:!]\s+))(?:please\s+)?(?:(?:check|see|verify|find out|look|have a look|make sure you know)\s+)(?:first\s+)?(?:whether|if)\s+(?<said>[^.;:?]+?(?:\.\d[^.;:?]*?)*)\s*(?:[.;:?,]|\s[-–—])\s*(?:and\s+|then\s+)*(?:if|should)\s+(?:so|yes|true|that(?:'s| is) (?:so|true|the case)|(?:it|they|that)\s+(?:does|do|is|are|has|have|be the case))\b[,:]?\s*(?:then\s+)?/gi;

/** `Is web down? If so, …` */
const asked =
	/(?:^|(?<=[.;!]\s+))(?<be>is|are) (?<subject>(?:the |node |deployment |pod )*[\w-]+(?: in [\w-]+)?) (?<said>[^.;:?]+)\?\s*(?:and\s+)?(?:if|in case)\s+(?:so|yes|it is|they are)\b[,:]?\s*(?:then\s+)?/gi;

/** `Check which tag web is on. Should it still be 1.2, …`: the condition says what is looked for. */
const lookedUp =
	/(?:^|(?<=[.;!]\s+))(?:please\s+)?(?:check|see|look up|look at|find out|have a look at)\s+(?:which|what|how many)\s+(?:[\w-]+\s+)*?(?:tag|version|image|release|replicas|pods|copies)\s+(?<name>[\w-]+)\s+(?:is (?:on|at|scaled to|running|using|set to)|runs?(?: on| with)?|has|uses)\s*[.;:]\s*(?=(?:if|should)\s+(?:it|they)\b)/gi;

/** `Check the memory limit of web. If it is under 1Gi, …`: the condition is about the field. */
const fieldLookedUp =
	/(?:^|(?<=[.;!]\s+))(?:please\s+)?(?:check|see|look up|look at|verify|inspect|have a look at|take a look at)\s+(?<field>[^.;:,?]*?\b(?:limit|request|size|maximum|minimum|image|tag|version|replica count|number of (?:replicas|pods))\b[^.;:,?]*?)\s*(?:[.;:,]|\s[-–—])\s*(?:and\s+|then\s+)*if\s+(?:it|that|this)(?<is>'s|\s+is)\b/gi;

const few =
	'(?<few>(?:less|fewer|more) than (?:\\d+|one|two|three|four|five|six|seven|eight|nine|ten) (?:replicas?|pods?|instances?|copies))';
/** `web: with fewer than 3 pods, …`, `with fewer than 3 pods of web, …` */
const withFew = new RegExp(
	`(?:^|(?<=[.;!]\\s+))(?:please\\s+)?(?:(?:check|look at|see|inspect|have a look at)\\s+)?(?:the\\s+)?(?<name>[\\w-]+)\\s*[,:;]\\s+(?:and\\s+)?with ${few}\\s*[,:]\\s+(?:then\\s+)?`,
	'gi',
);
const withFewOf = new RegExp(`(?:^|(?<=[.;!]\\s+))with ${few} (?:of|in|for) (?:the\\s+)?(?<name>[\\w-]+)\\s*[,:]\\s+(?:then\\s+)?`, 'gi');

const always =
	'(?:either way|in (?:either|any|both) cases?|regardless(?: of that)?|no matter what|whatever (?:the answer|you find|it says))';
const alwaysAhead = new RegExp(`(?:^|[,;.]\\s*)(?:and\\s+|but\\s+)?${always},?\\s+(?=[a-z])`, 'gi');
const alwaysBehind = new RegExp(
	`(?:[,;.]\\s*(?:and\\s+|but\\s+)?|\\s+(?:and|but)\\s+)(?<deed>[^,;.]+?),?\\s+${always}(?=\\s*(?:[.;,]|$))`,
	'gi',
);
const alwaysFirst = new RegExp(`^(?<deed>[^,;.]+?),?\\s+${always}\\s*[;,.]\\s+(?:and\\s+|but\\s+)?(?=if\\b)`, 'gi');
const alwaysKorean =
	/[,.]?\s*(?:그리고\s+)?(?:어쨌든|어느\s?쪽이든|어떤\s?경우든|결과(?:와|랑)?\s?(?:상관|관계)\s?없이|그(?:것|거)?(?:와|과|랑)?\s?(?:상관|관계)\s?없이|(?:상관|관계)\s?없이)[,\s]+/g;

/** A request whose conditions stand as `if SUBJECT PREDICATE, ORDER`, and what is done in any case in a sentence of its own. */
export const plainlyTold = (request: string): string =>
	/\b(?:if|should)\b|\bwith (?:less|fewer|more) than\b/i.test(request) || /면[,\s]/.test(request)
		? request
				.replaceAll(alwaysFirst, '$<deed>. ')
				.replaceAll(alwaysBehind, '. $<deed>')
				.replaceAll(alwaysAhead, (_, at: number) => (at === 0 ? '' : '. '))
				.replaceAll(alwaysKorean, (_, at: number) => (at === 0 ? '' : '. '))
				.replaceAll(asked, 'if $<subject> $<be> $<said>, ')
				.replaceAll(withFew, 'if $<name> has $<few>, ')
				.replaceAll(withFewOf, 'if $<name> has $<few>, ')
				.replaceAll(fieldLookedUp, 'if $<field> is')
				.replaceAll(checked, 'if $<said>, ')
				.replaceAll(lookedUp, 'check $<name>: ')
		: request;
