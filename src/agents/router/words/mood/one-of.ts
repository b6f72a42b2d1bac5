/**
 * A group of a pattern that one of these fits. They are parted by bars, with space around them where they go over several lines.
 * @param alternatives each a pattern of its own: `please | pls | be so kind (?:as to|and)` parted at outer bars by space on both sides
 */
export const oneOf = (alternatives: string): string =>
	`(?:${alternatives
		.trim()
		.split(/\s+\|\s+/)
		.join('|')})`;
