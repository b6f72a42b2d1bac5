const kinds =
	'(?:(?:headless|cluster ?ip|node ?port|public|extra|separate) )?(?:services?(?! ?-?(?:accounts?|links?))|svcs?|ingress(?:es)?(?! (?:traffic|from|to|except|rules?|connections?|at all|whatsoever))|hpas?|autoscalers?|autoscaling|pdbs?|budgets?|volumes?|storage(?! ?class)|pvcs?|claims?|role ?bindings?|bindings?|roles?|rights?|permissions?|quotas?|limit ?ranges?|probes?|tls|https|certificates?|network ?polic(?:y|ies)|polic(?:y|ies))';
const needed = '(?:needed|required|necessary|wanted|asked for|please|yet|for now|at the moment|so far)';
const present = '(?:existing|current|present|old|other|first|original)';

/** What a wish says it does not want, and what it says stays: both speak of kinds that are not to be made. */
const english: readonly RegExp[] = [
	new RegExp(
		`[,;.(]?\\s*(?:and |but )?(?<!\\b(?:there is|there are|there's|has|have|had|got|is|permits?|allows?|accepts?|permitting|allowing) )\\bno (?!more\\b|less\\b|fewer\\b|other\\b)(?:need for (?:a |an )?)?${kinds}\\b(?! (?:leads?|points?|exists?|reach\\w*|covers?|serves?|exposes?|goes)\\b)(?: (?:is |are )?${needed})*`,
		'gi',
	),
	new RegExp(
		`[,;.]?\\s*(?:and |but )?\\b(?:without|minus|skip|skipping|omit|leave out|leaving out|do without|spare me) (?:the |a |an |any )?${kinds}\\b(?: (?:for it|${needed}))*`,
		'gi',
	),
	new RegExp(
		`[,;.]?\\s*(?:and |but )?(?:please )?\\b(?:leave|leaving|keep|keeping) (?:the |a |an |any |its )?${kinds} (?:out|away|aside|off)\\b(?: of it)?`,
		'gi',
	),
	new RegExp(
		`[,;.]?\\s*(?:and |but )?(?:please )?\\b(?:(?:(?:i|we|it|you) )?(?:don'?t|do not|does ?n[o']t|does not|never|won'?t)) (?:create|make|add|need|want|give|set up|bother with|include|generate|attach|have|require|expose|put)\\b[^,;.]{0,40}?\\b${kinds}\\b[^,;.]*`,
		'gi',
	),
	new RegExp(
		`[,;.]?\\s*(?:and |but )?(?:the |a |an |any )?\\b${kinds}\\b (?:(?:is|are) )?(?:not|n't|isn'?t|aren'?t|un)\\s?(?:be )?${needed}[^,;.]*`,
		'gi',
	),
	// `I'll write the service myself, so leave that out`
	new RegExp(
		`[,;.(]?\\s*(?:and |but )?\\b(?:i|we|somebody else|someone else|they)(?:'ll| will|'d rather| can)? (?:then )?(?:write|do|add|make|create|handle|set up|take care of|bring) (?:the |a |an |its |our )?${kinds}\\b[^.;]*`,
		'gi',
	),
	new RegExp(`[,;.]?\\s*(?:and |but )?(?:the |a )?\\b${kinds}\\b (?:comes|follows|will come|will follow|we do|is for) later[^,;.]*`, 'gi'),
	new RegExp(`[,;.]?\\s*(?:and |but )?(?:please )?\\b(?:keep|leave|leaving|keeping) (?:the |our |its )?${present} [^,;.]*`, 'gi'),
	new RegExp(
		`[,;.]?\\s*(?:and |but )?(?:the |our |its )?\\b${present} (?:one|ones|${kinds}|[\\w-]+) (?:stays?|remains?|keeps?|is (?:kept|left)|must not|should (?:stay|remain)|shall (?:stay|remain))\\b[^,;.]*`,
		'gi',
	),
];

/** Why something is wanted speaks of what is there: `otherwise the network policy blocks it`. */
const reasons = /,\s*(?:otherwise|or else|because|since (?:the|it|its|they|their|we|our|nobody|no one|there|that|this))\b[^.;]*/gi;

const koreanKinds =
	'(?:헤드리스 |클러스터 ?IP )?(?:서비스(?! ?(?:어카운트|계정))|인그레스|오토스케일러|HPA|PDB|볼륨|스토리지|바인딩|권한|롤|쿼터|프로브|TLS|인증서|네트워크 ?정책)';
const not =
	'(?:필요 ?(?:는 |가 )?없[가-힣]*|불필요[가-힣]*|안 ?(?:만들|필요|줘도|해도)[가-힣]*(?: ?(?:돼|됩|되)[가-힣]*)?|(?:만들|주|추가하|붙이|생성하|넣)지 ?(?:는 ?)?(?:말|마|않)[가-힣]*|생략[가-힣]*|빼[가-힣]*|없이|없어도[가-힣 ]*|제외[가-힣]*)';

const korean: readonly RegExp[] = [
	new RegExp(`[,.]?\\s*${koreanKinds}(?:은|는|이|가|도|를|을)? ?나중에[^.]*?(?:거니까|테니|예정이니|거라|할게[가-힣]*)[^.]*?${not}`, 'gi'),
	new RegExp(`[,.]?\\s*${koreanKinds}(?:은|는|이|가|도|를|을)? ?(?:(?:아직|따로|별도로|굳이|지금은|일단|당장은) ?)*${not}`, 'gi'),
	/[,.]?\s*(?:기존|원래|지금|현재)(?: ?(?:있는|있던|의|쓰는))?(?: ?(?:것|거|건|[가-힣]+))?(?:은|는|이|가|도|를|을)? ?(?:그대로|두고|유지|건드리지|놔두|남겨)[가-힣 ]*?(?=[,.]|고 |$|요\b)/g,
];

/** `keep the existing quota, make a separate one`: one is of the kind that stays. */
const sameKind = new RegExp(`(\\b${present} )(${kinds})(\\b.*\\b(?:separate|another|new|second|different|further|own)) one\\b`, 'is');

/** `a quota: no pods and no claims`: of which there may be none. */
const speaksOfQuota = /quotas?\b|쿼터/i;
const countedNone = /\bno (?:services?|svcs?|volumes?|pvcs?|claims?|ingress(?:es)?)\b|(?:서비스|볼륨|인그레스)\S* ?(?:없|금지)/i;

/** A wish without what it says is not wanted (`no service needed`, `서비스는 만들지 말고`) and without what it says stays as it is. */
export const withoutUnwanted = (text: string): string =>
	[reasons, ...english, ...korean].reduce<string>(
		(now, pattern) =>
			now.replace(pattern, (found: string) =>
				speaksOfQuota.test(text) && countedNone.test(found) ? found : /^[.;]/.test(found) ? '. ' : /^,/.test(found) ? ', ' : ' ',
			),
		text.replace(sameKind, '$1$2$3 $2'),
	);
