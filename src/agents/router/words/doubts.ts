import {languageOf} from './language.ts';

const deed =
	'(?:\\w{3,}ing\\b|restart|reboot|bounc|delet|remov|scal|roll|drain|cordon|chang|updat|upgrad|deploy|downgrad|patch|creat|suspend|stop|kill|wip|purg|drop|resiz|switch)';

/** Somebody weighs, asks for advice, reports, takes back, or keeps for himself what sounds like an order. */
const english = [
	/(?:^|[.;,!?:]\s*|\b(?:and|but|so|or|hey|ok|think)\s+)(?:should|shall|ought|must)\s+(?:i|we|you|one|somebody|someone)\b/,
	/\b(?:would|will|does|could|might|can|did)\s+(?:it|that|this)\s+(?:\w+\s+)?(?:help|make sense|hurt|be|fix|break|work|matter|cause|do any)\b/,
	/\b(?:do|did|does|have|has)\s+(?:we|i|you|they|he|she|anyone|anybody|someone|somebody)\s+(?:\w+\s+)?(?:need|have|want|think|reckon|really|restart|delete|scale|suggest|recommend|advise)/,
	/\b(?:is|was|would|are)\s+(?:it|there|that)\s+(?:\w+\s+)?(?:be\s+)?(?:safe|ok|okay|fine|wise|smart|worth|better|good|bad|necessary|needed|useful|risky|dangerous|time to|any point|any reason|any need)\b/,
	/\b(?:what|how)\s+(?:would|will|if|happens|about if)\b/,
	/\b(?:not|never|isn't|aren't|hardly)\s+(?:\w+\s+)?(?:sure|certain|convinced|confident|decided)\b|\b(?:unsure|uncertain|undecided|wonder|wonders|wondered|wondering|debating|pondering|considering|hesitating|contemplating)\b/,
	/\b(?:thinking|thought)\s+(?:of|about)\b|\btempted\s+to\b|\b(?:can't|cannot)\s+decide\b|\b(?:no idea|don't know|do not know|dunno)\s+(?:if|whether)\b|\bwhether\s+(?:to|or not|i|we)\b/,
	/\b(?:i|we)\s+(?:do not|don't|didn't|did not|no longer|never)\s+(?:\w+\s+)?(?:want|need|wish|like|mean|meant|ask|asked|have)\s+(?:\w+\s+)?(?:to|for)\b/,
	/\b(?:maybe|perhaps)\s+(?:i|we|you)\s+(?:should|could|might|ought)\b|\b(?:i|we)\s+(?:might|may)\s+(?:want|need|have)\b/,
	/\b(?:i|we)\s+(?:\w+\s+)?(?:hope|hoped|assume|assumed|trust|heard|believe|suppose|guess|fear|worry)\s+(?:that\s+)?(?:you|he|she|they|we|i|nobody|no\s?one|someone|somebody|anyone|[\w-]+\s+(?:did|has|will|already))\b/,
	/\b(?:i'm|i am|we're|we are|i'll|i will|we'll|we will|let me)\b.*\b(?:myself|ourselves|by hand|manually)\b/,
	/\b\w+\s+(?:told|asked|wanted|wants|asks|tells|begged|ordered|instructed)\s+(?:me|us|him|her|them)\s+to\b/,
	/\b(?:no|without)\s+need\s+(?:to|for|of)\b|\b(?:needn't|need not|doesn't need to|does not need to|don't need to|do not need to|don't have to|do not have to|doesn't have to)\b/,
	/\bhold\s+(?:off|on|your)\b|\bnever\s?mind\b|\bforget\s+(?:it|that|about)\b|\bscratch\s+that\b|\bchanged?\s+my\s+mind\b|\bon\s+second\s+thoughts?\b|\bfalse\s+alarm\b/,
	new RegExp(
		`\\b(?:cancel|abort|call off|forget|scratch|disregard|skip|postpone|put off|refrain from|avoid|delay|ignore|retract|withdraw)\\b[:,]?\\s+(?:(?:the|that|my|this|about|on|any|our|last|of|request|order|to|for|planned|pending)\\s+)*${deed}`,
	),
	/^(?:wait|stop|no|nope|cancel|abort)\b\s*[,:;!.-]+\s*(?:do not|don't|not|never|cancel|please don't)\b/,
	/\b(?:probably|apparently|supposedly|allegedly|presumably|reportedly)\b/,
	// Told of: it was done already.
	/^(?:just\s+|already\s+|i\s+|we\s+)*(?:deleted|removed|restarted|rebooted|scaled|drained|cordoned|rolled back)\s+(?:the\s+)?[\w.-]+\s*[.!]?$|^[\w.-]+\s+(?:deleted|removed|restarted|rebooted|scaled|drained|cordoned)\s*[.!]?$/,
	/^(?:cancel|abort|scratch|ignore)\s*[:,;]/,
	// Forbidden, and nothing else is ordered.
	/^(?:(?:please|pls|no|ok|well|so|but|and|hey|i'd|i would|we'd|you|must|should|better)[\s,]+)*(?:don't|do not|dont|never|let's not|let us not|rather not|not)\b(?!.*(?:[,;.!]\s*\S|\b(?:but|and|just|instead)\b|\s-\s))/,
	/\b(?:could|would|will|can|might|does|did)\s+(?!bring)\w{2,}ing\b/,
	/\bif (?:you|i|we) were\b|^can (?:we|i)\b.*\bwithout\b.*\?/,
	/\bor\s+(?:maybe\s+|perhaps\s+|rather\s+)?(?:not|keep|leave|wait)\b|\b\d+\s+or\s+\d+\b/,
];

/** What ends a Korean verb that is only weighed, asked about, reported or taken back. */
const korean = [
	/취소|보류(?!.*해제)|철회|그만\s?(?:둬|두|해)|관둬|(?:^|[,.]\s*)(?:아니\s|이제\s)?됐어(?=[\s,.!]|$)|없던\s?(?:일|걸)/,
	/필요(?:는|가|도|까지)?\s?(?:는|가)?\s?없|(?:안|않)\s?(?:해|하|아|어)도\s?(?:돼|되|괜찮|될)|지\s?않아도/,
	/말까|(?<![줄실될니])까\s?(?:요)?\s?(?:[?,.]|고민|생각|싶|말|$)|(?<=[가-힣])(?:을지|를지|할지|릴지|일지|울지|꿀지|출지)(?:\s|$)/,
	/(?:좋을|나을|맞을|괜찮을|필요할|있을|어떨|안전할|될)까|(?:해야|워야|려야|여야|춰야|꿔야|아야|어야)\s?(?:하|할|되|될|돼)(?:나|까|는지|는가)/,
	/어때|어떨|어떻게\s?(?:돼|되|될|됩)|도움이?\s?(?:될|되|돼)|의미가?\s?있|뭐가\s?(?:좋|나)/,
	/금지(?!.*해제)|어떻게\s?생각|또는|혹은|아니면/,
	/고민|(?:맞는지|좋은지|괜찮은지|나은지|하는지|되는지)\S*\s.*모르|확신|확실하지|확실치|망설|생각\s?중|애매/,
	/(?:으)?려고\s?(?:하는데|했는데|합니다만|해요만)|(?:할까|하면)\s?(?:되|돼|될)[가-힣]*\?/,
	/(?:어|아|여|해|워|려|춰|꿔|겨|쳐|애|내)도\s?(?:되|돼|될|괜찮|문제)/,
	/(?:하|우|리|추|꾸)(?:라는데|라던데|라고\s?(?:했|하던|하는|해서|하네|합니)|래(?:요)?(?:[\s.,!]|$)|랬)|달라(?:고\s?(?:했|하던|하는|합니)|는데|던데)/,
	/(?:내가|제가|우리가|직접)\s.*(?:할게|할께|하겠|할\s?테니|할\s?거|볼게|둘게)/,
	/(?:했|안\s?했|하지는?\s?않았)겠?(?:지|죠|니|나|나요|던가)(?:요)?\s?(?:\?|$)/,
	/지\s?(?:마|말아|말라|말자)(?!.*지\s?말고)/,
];

/** Whether a request weighs, doubts, reports or takes back what it names, so that nothing of it may be done. `could you …` is an order. */
export function doubts(text: string): boolean {
	if (languageOf(text) === 'ko')
		return korean.some(pattern => pattern.test(text.replace(/(?:수\s?있|줄|주실|주시겠|해도\s?될|해\s?줄)[가-힣\s]*까(?:요)?/g, ' ')));
	const plain = text.trim().toLowerCase();
	return english.some(pattern => pattern.test(plain));
}
