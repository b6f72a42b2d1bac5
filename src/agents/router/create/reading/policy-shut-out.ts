import {indexOfWord} from './naming.ts';
import {plainAt, type Wish} from './wish.ts';

const between = /^(?:from|to|by|the|any|pods?|of|in|namespaces?|ns|particular|longer|even|also|and|or|especially|via|anything|anyone)$/;
const denies = /^(?:not|never|nor|neither|excluding)$/;
const deniesBehind =
	/^["'`]?(?: ?(?:네임 ?스페이스|ns|파드|쪽|서비스|디플로이먼트))?(?:은|는|도|만은|에서는|에서도|에서|쪽은|은요)? ?(?:이제(?:는)? |더 ?이상(?:은)? |절대(?:로)? |아직(?:은)? |앞으로(?:는)? )*(?:허용 ?(?:안|하지|금지)|안 ?(?:돼|됩|되|해)|불가|금지|차단|막|(?:제외|빼|말고)(?!\S* (?:아무|누구|다른|나머지|전부|모두|다 |못|안 )))/;

/**
 * Whether a word names one that a policy is not to let through beside those that it is: `from web, not from staging`, `staging은 더 이상 안 됩니다`.
 * `not from anybody but web`, `web 말고 아무도` let web in.
 */
export function isShutOut(wish: Wish, at: number): boolean {
	if (wish.language === 'ko') {
		const raw = wish.words[at]?.raw ?? '';
		return deniesBehind.test(wish.text.slice(indexOfWord(wish, at) + raw.length));
	}
	for (let index = at - 1; index >= 0 && !/[.;:]/.test(wish.words[index]?.stop ?? ''); index -= 1) {
		const word = plainAt(wish, index);
		if (denies.test(word) || (word === 'longer' && plainAt(wish, index - 1) === 'no')) return true;
		const isListed = /^(?:or|nor)$/.test(plainAt(wish, index + 1));
		if (!between.test(word) && !isListed) return false;
	}
	return false;
}

const forbids =
	/\b(?:must|may|should|can|could|shall|will|would|is|are|be|do|does)(?: ?not|n't| never| no longer)\b|\b(?:never|no longer)\b|\b(?:block|deny|den(?:y|ies)|forbid|stop|prevent|keep|bar|ban)(?:s|ped|ping|ing)?\b|못 ?(?:하|들어|나가|붙|오|가|닿|부르|쓰)|지 ?(?:못하|않|말)|차단|막(?:아|는|고|도|게)|금지|안 ?[되돼]/i;
const leaves =
	/\b(?:but|except|other|apart|outside|else|only|unless|besides|nothing|nobody|no one|any\w*|all|every\w*|just|solely|allow\w*|permit\w*|let|lets|not|accepts?|default)\b(?<!\b(?:must|may|should|can|could|shall|will|would|is|are|be|do|does) not)|[가-힣a-z\d]만(?![가-힣])|외에|외의|외부|제외|빼고|말고|나머지|다른|모[든두]|전부|전체|아무|누구|허용|기본/i;

/** `auth must not be reachable from staging`: a policy says who may, so that the others would have to be told. */
export const forbidsSome = (text: string) => forbids.test(text) && !leaves.test(text);
