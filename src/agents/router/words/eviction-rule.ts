const amount = '(?:\\d+%?|an?|one|a single|two|three|four|five|half|a (?:third|quarter)|any|no)';
const pods = "(?:of (?:the |its |their )?)?(?:[\\w-]+(?:'s)? ){0,3}(?:pods?|replicas?|instances?|of (?:them|its pods|the pods))";
const away =
	'(?:be |go |get |run |to be |to go )*(?:down|away|unavailable|missing|gone|offline|out|evicted|disrupted|lost|absent|taken (?:down|away|out))';
const moving = '(?:drain\\w*|evict\\w*|disrupt\\w*|(?:node )?maintenance|node (?:upgrades?|work|rotation)|node goes away)';
const bound =
	'(?:at (?:the )?most|at least|no(?:t)? (?:more|fewer|less) than|never (?:more|fewer|less) than|never fewer|only|max(?:imum)?(?: of)?|up to)';

/**
 * Whether words say how many pods a drain may take or has to leave, which is the rule of a disruption budget and no number of replicas: `only one pod of web
 * may be down at a time`, `at least two must survive a drain`, `한 번에 하나만 내려갈 수 있게`.
 */
export const evictionRule = new RegExp(
	[
		`\\b${bound} ${amount} (?:of )?${pods}[^,.;]{0,30}\\b${away}\\b`,
		`\\b${amount} ${pods}[^,.;]{0,20}\\b(?:at a time|at once|simultaneously)\\b[^,.;]{0,20}\\b${away}\\b`,
		`\\b${amount} ${pods}[^,.;]{0,30}\\b${away}\\b[^,.;]{0,10}\\b(?:at a time|at once|simultaneously|together)\\b`,
		`\\b(?:surviv\\w*|${bound})\\b.*\\b${moving}`,
		`\\b${moving}.*\\b(?:surviv\\w*|${bound}) ${amount}\\b`,
		`\\b(?:never|don't|do not|must not) (?:let )?(?:a |an |any |the )?(?:node )?(?:drains?|evictions?|maintenance|upgrades?) (?:may )?(?:take|remove|kill|evict)`,
		`\\b(?:during|through|at) (?:any |a |every |each )?(?:node )?(?:drain|evict|disrupt|maintenance|upgrade)\\w*\\b.*\\b(?:survive|stay|remain|keep|up|available)\\b`,
		`(?:드레인|축출|유지 ?보수|노드 점검)\\S*\\s.*(?:최소|적어도|이상|살아|유지|남|까지)`,
		`(?:한 ?번에|동시에|한꺼번에)\\s?(?:\\S+\\s)?(?:최대\\s)?(?:하나|둘|셋|한\\s?개|두\\s?개|세\\s?개|\\d+\\s?개)(?:만|까지만|씩만|까지|\\s?이상)?\\s?(?:\\S+\\s)?(?:내려가|내려갈|빠지|빠질|죽|중단|축출|없어지|끊기|사라지)`,
	].join('|'),
	'i',
);
