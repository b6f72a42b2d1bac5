import type {Clock} from '../../core/clock.ts';
import {MkcoaError} from '../../core/error.ts';
import type {Streams} from '../../core/streams.ts';
import {count} from '../../core/text/count.ts';
import type {Said} from './talk.ts';

/** Characters of piped text that a conversation is given: some thousand lines. The newest lines, which stand last, are worth most. */
const mostContext = 60_000;

/** So long nobody wonders what is waited for. */
const patienceMs = 2000;

/** By what the person is told what is waited for, and when. */
type Telling = {readonly clock: Clock; readonly tell: (text: string) => void};

/**
 * What a command line asks: its words, with standard input as context; without words, standard input itself. A pipe that nobody closes is waited
 * for, and that is told.
 * @param words empty where there are none
 * @returns undefined where nothing was asked and a person can be asked for it
 * @throws MkcoaError `no-request` where nobody can
 */
export async function saidOf(words: string, {canAsk, inIsPiped, readInput}: Streams, {clock, tell}: Telling): Promise<Said | undefined> {
	const readTelling = async (what: string) => {
		const cancel = clock.schedule(patienceMs, () => tell(`Waiting for standard input to end: ${what}`));
		return readInput().finally(cancel);
	};
	if (words !== '') return {request: words, context: inIsPiped ? cut(await readTelling(isContext)) : undefined};
	if (canAsk) return undefined;
	const request = (await readTelling(isRequest)).trim();
	if (request !== '' && request.length <= mostRequest) return {request};
	throw request === '' ? noRequest() : tooLong(request.length);
}

const isContext = 'it is context for the request. Without any, add this to the command: < /dev/null';
const isRequest = 'it is the request. Ctrl-D ends it; or say it in the command: mkcoa chat "why is web down?"';

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
