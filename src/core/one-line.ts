/** Control characters, escapes among them, line separators, and marks that turn the direction of writing. */
const unprintable = /[\p{Cc}\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu;

/** Text of others made harmless for one line of a screen: it can neither move the cursor nor forge a row, a column or an order of letters. */
export const oneLine = (text: string) => text.replace(unprintable, ' ');
