const past =
	/,\s+(?:which|who)\s+(?:used to|was|were|had|has been|once)\s[^,;.\d=]*,(?=\s+(?:gets?|is to|are to|should|must|needs?|has to|have to|may|can|goes)\b)/gi;

/** Without what was, told between commas of what is ordered: `cart, which used to feed it, gets restarted`. */
export const withoutToldBetween = (text: string): string => text.replace(past, '');
