import type {SavedConversation, SavedTurn} from '../../core/saved-conversation.ts';
import {stripControl} from '../../core/text/strip-control.ts';

const quoted = (text: string) =>
	stripControl(text)
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
		...(understood === '' ? [] : [`*${stripControl(understood).split('\n').join(' ')}*`]),
		...(answer === '' ? [] : [stripControl(answer)]),
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
