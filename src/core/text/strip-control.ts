// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to take out
const ansi = /[\u001b\u009b](?:\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[PX^_][^\u001b]*(?:\u001b\\)?|\[?[0-?]*[ -/]*[@-~])/g;
// Controls but newline and tab; soft hyphen, joiners and other zero-width characters; bidirectional marks; fillers; variation selectors; tag characters.
const invisible = new RegExp(
	[
		'[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\uffa0\\ufff9-\\ufffb]',
		'[\\u034f]|[\\u115f\\u1160]|[\\u17b4\\u17b5]|[\\u180b-\\u180d\\u180f]|[\\ufe00-\\ufe0f]|[\\u{e0000}-\\u{e0fff}]',
	].join('|'),
	'gu',
);

/** Untrusted text without what a terminal obeys or a reader cannot see: escape sequences, controls, zero-width, bidirectional and tag characters. */
export const stripControl = (text: string): string => text.replace(/\r\n/g, '\n').replace(ansi, '').replace(invisible, '');

/** Whether a text holds something of which a reader sees nothing. */
export const hasUnseen = (text: string): boolean => text.search(invisible) !== -1;

/** Text of JSON or YAML in which every such character is written by its code, so that nothing is lost and no terminal obeys. Only for quoted strings, or for the eye. */
export const escapeUnseen = (text: string, written: (character: string) => string): string => text.replace(invisible, written);
