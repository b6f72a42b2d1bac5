const past =
	/,\s+(?:which|who)\s+(?:used to|was|were|had|has been|once)\s[^,;.\d=]*,(?=\s+(?:gets?|is to|are to|should|must|needs?|has to|have to|may|can|goes)\b)/gi;
const otherDeed =
	/(?<=\b(?:gets?|be|is|are)\s+(?:just\s+|only\s+)?\w+ed)\s*,?\s+(?:rather than|instead of|and not|not)\s+(?:being\s+)?\w+ed(?=\s*(?:$|[,;.]))/gi;
/** `…, nobody will resume it`: a deed that is none. */
const nobodys =
	/,\s+(?:because |since |as )?(?:nobody|no one|no-one)\s+(?:will|would|is going to|wants to|needs to|has to|ever)\s[^,;.\d=]*(?=\s*(?:$|[.;!]))/gi;

/** `web은 당분간 안 쓰니까 0으로 내려줘`: why, between what is spoken of and its order; what holds a value or a name tells more. */
const because =
	/(?<=^(?:[a-z][\w-]*(?:\s?네임\s?스페이스)?(?:에\s?있는|의)?\s)?[a-z][\w-]*(?:\s(?:디플로이먼트|스테이트풀셋|데몬셋|크론잡))?(?:은|는)\s)(?:[가-힣]+\s){0,5}?[가-힣]*(?:니까|므로|(?:이|아니)라서|때문에),?\s(?=[^.]*(?:줘|주세요|주십시오|자|해|하세요)[요!.]*$)/;

/**
 * Without what was, told between commas of what is ordered (`cart, which used to feed it, gets restarted`), and without the deed that another takes the
 * place of (`gets restarted rather than deleted`), or that nobody does.
 */
export const withoutToldBetween = (text: string): string =>
	text.replace(past, '').replace(otherDeed, '').replace(nobodys, '').replace(because, '');
