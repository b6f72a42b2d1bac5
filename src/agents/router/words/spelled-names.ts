/** `a, b, c 이렇게 세 개` */
const thus = /(?<=[a-z0-9-]) 이렇게(?: (?:총|모두))? (?=[가-힣])/g;
/** `add one, web-defaults: …`: between commas stands what it is called. */
const oneCalled = /\b((?:add|create|make|put|set up) (?:it )?one), (?=[a-z0-9]+(?:-[a-z0-9]+)+\s*[:,.])/gi;
/** `they are night-shift (use that priority class)`: which kind of thing the word is. */
const ofKind =
	/(?<![\w-])([a-z][\w-]*) \((?:use |with |under |via )?(?:that|this|the) (priority ?class|storage ?class|ingress ?class|service ?account|pull ?secret)\)/gi;

/** `its service is to be called web-hl` */
const isCalled =
	/\b(its (?:headless )?(?:service|role|binding|claim|config ?map|secret|ingress)) (?:is to be|shall be|should be|will be|is|has to be) (?:called|named) /gi;
/** `shop has no limit range. Add one …` */
const lacks =
	/(?<=^|[.!?]\s+)(?:there is no (?<kind>limit ?range|quota|network ?policy) (?:in|for) (?<place>[a-z][\w-]*)|(?<owner>[a-z][\w-]*) has no (?<kind2>limit ?range|resource ?quota|quota|network ?policy))(?: yet| at all| so far)?\s*[.;,!]\s+(?:please |so )*(?<verb>add|create|make|set up) (?:it )?one\b/gi;

/** Names that say by their end of which kind they are, where nothing else does. */
const budget = /\b(?:PDB|pod ?disruption|disruption|예산)\b|중단 ?예산/i;
const boundBefore =
	/(?<=\b(?:max|min)(?:Unavailable|Available)(?:이|가|은|을)? ?\d+%? ?(?:짜리|인|으로|로)?\s)(?=[a-z][\w-]*(?:을|를)?\s(?:만들|추가|걸|생성|달))/gi;
const quota = /(?<![\w-])(?:resource ?)?quotas?(?![\w-])|쿼터/i;
const quotaKorean = /(?<![\w-])(?=[a-z0-9]+(?:-[a-z0-9]+)*-quota(?:도|를|을)?\s(?:걸|만들|추가|넣|생성|달))/gi;
const quotaEnglish = /(?<=\b(?:add|create|make|put|set up|apply)\s)(?=[a-z0-9]+(?:-[a-z0-9]+)*-quota\b)/gi;

/** A request with the kinds and the words for names that it leaves out. */
export function namesSpelled(text: string): string {
	const named = text
		.replaceAll(thus, ' ')
		.replaceAll(oneCalled, '$1 called ')
		.replaceAll(ofKind, '$2 $1')
		.replaceAll(isCalled, '$1 called ')
		.replaceAll(lacks, '$<verb> a $<kind>$<kind2> in $<place>$<owner>');
	const ofBudget = budget.test(named) ? named : named.replaceAll(boundBefore, 'PDB ');
	return quota.test(ofBudget) ? ofBudget : ofBudget.replaceAll(quotaKorean, '쿼터 ').replaceAll(quotaEnglish, 'quota ');
}
