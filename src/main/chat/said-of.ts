import {MkcoaError} from '../../core/error.ts';
import type {Streams} from '../../core/streams.ts';
import {count} from '../../core/text/count.ts';
import type {Said} from './talk.ts';

/** Characters of piped text that a conversation is given: some thousand lines. The newest lines, which stand last, are worth most. */
const mostContext = 60_000;

/**
 * What a command line asks: its words, with standard input as context; without words, standard input itself.
 * @param words empty where there are none
 * @returns undefined where nothing was asked and a person can be asked for it
 * @throws MkcoaError `no-request` where nobody can
 */
export async function saidOf(words: string, {canAsk, inIsPiped, readInput}: Streams): Promise<Said | undefined> {
	if (words !== '') return {request: words, context: inIsPiped ? cut(await readInput()) : undefined};
	if (canAsk) return undefined;
	const request = (await readInput()).trim();
	if (request !== '' && request.length <= mostRequest) return {request};
	throw request === '' ? noRequest() : tooLong(request.length);
}

/** A request is a few sentences; whoever pipes more forgot the words of the command line. */
const mostRequest = 8000;

function cut(text: string): string | undefined {
	if (text.trim() === '') return undefined;
	if (text.length <= mostContext) return text;
	const kept = text.slice(-mostContext).replace(/^[^\n]*\n/, '');
	const left = text.slice(0, text.length - kept.length).split('\n').length - 1;
	return `(${count(left, 'earlier line')} left out)\n${kept}`;
}

const noRequest = () =>
	new MkcoaError({
		kind: 'usage',
		code: 'no-request',
		what: 'Nothing was asked',
		next: 'Say what you want to know or change: mkcoa chat "why is web down?"',
	});

const tooLong = (characters: number) =>
	new MkcoaError({
		kind: 'usage',
		code: 'request-too-long',
		what: `The request on standard input has ${characters} characters`,
		why: `a request has ${mostRequest} at most`,
		next: 'Say what you want of it, and the text becomes its context: … | mkcoa chat "what is wrong?"',
	});
