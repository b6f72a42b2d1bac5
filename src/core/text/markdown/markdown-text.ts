import {oneLine} from '../one-line.ts';

/** Text of others as text of Markdown: it can neither draw a table, a link or a picture, nor notify anybody. */
export const markdownText = (text: string) =>
	oneLine(text)
		.replace(/[\\`*_[\]<>|~!#]/g, '\\$&')
		.replace(/@(?=\w)/g, '@\u200B');
