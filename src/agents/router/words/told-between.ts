const past =
	/,\s+(?:which|who)\s+(?:used to|was|were|had|has been|once)\s[^,;.\d=]*,(?=\s+(?:gets?|is to|are to|should|must|needs?|has to|have to|may|can|goes)\b)/gi;
const otherDeed =
	/(?<=\b(?:gets?|be|is|are)\s+(?:just\s+|only\s+)?\w+ed)\s*,?\s+(?:rather than|instead of|and not|not)\s+(?:being\s+)?\w+ed(?=\s*(?:$|[,;.]))/gi;
/** `…, nobody will resume it`: a deed that is none. */
const nobodys =
	/,\s+(?:because |since |as )?(?:nobody|no one|no-one)\s+(?:will|would|is going to|wants to|needs to|has to|ever)\s[^,;.\d=]*(?=\s*(?:$|[.;!]))/gi;

/**
 * Without what was, told between commas of what is ordered (`cart, which used to feed it, gets restarted`), and without the deed that another takes the
 * place of (`gets restarted rather than deleted`), or that nobody does.
 */
export const withoutToldBetween = (text: string): string => text.replace(past, '').replace(otherDeed, '').replace(nobodys, '');
