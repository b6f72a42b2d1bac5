import type {SavedConversation, SavedTurn} from '../../core/saved-conversation.ts';
import {stripControl} from '../../core/text/strip-control.ts';

/**
 * Text of a conversation that is inert wherever the file is looked at: an image, or a tag, would be fetched by whoever opens it, and tell its author what
 * stands in the address. Blocks of code stay as they are.
 */
function inert(text: string): string {
	let isCode = false;
	return stripControl(text)
		.split('\n')
		.map(line => {
			if (/^\s*(?:```|~~~)/.test(line)) isCode = !isCode;
			return isCode ? line : line.replaceAll('![', '!\\[').replace(/<(?=[a-z/!])/gi, '\\<');
		})
		.join('\n');
}

const quoted = (text: string) =>
	inert(text)
		.split('\n')
		.map(line => `> ${line}`.trimEnd())
		.join('\n');

const ends: {readonly [reason in SavedTurn['reason']]: string | undefined} = {
	answered: undefined,
	asked: 'This was a question back.',
	refused: 'This was a refusal.',
	cancelled: 'The turn was cancelled.',
	budget: 'The turn ended because its budget was used up.',
	failed: 'The turn failed.',
};

function turnMarkdown({at, request, understood, answer, reason}: SavedTurn, index: number): string {
	const end = ends[reason];
	return [
		`## ${index + 1}. ${at}`,
		quoted(request),
		...(understood === '' ? [] : [`*${inert(understood).split('\n').join(' ')}*`]),
		...(answer === '' ? [] : [inert(answer)]),
		...(end === undefined ? [] : [`_${end}_`]),
	].join('\n\n');
}

/** A conversation to read, send or file: Markdown. */
export const conversationMarkdown = ({id, startedAt, target, turns}: SavedConversation): string =>
	[
		`# Conversation ${id}`,
		`About ${target.context} (${target.cluster}), as ${target.identity}, since ${startedAt}.`,
		...turns.map(turnMarkdown),
		'',
	].join('\n\n');
