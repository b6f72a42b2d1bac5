import {type Trouble, troubleOf} from '../../core/error.ts';
import {redactedMark} from '../../core/secrets/redact.ts';
import {stripControl} from '../../core/text/strip-control.ts';
import type {Asked, Brain, Tools, Turn} from './brain.ts';
import type {ChatEvent, EmitChat, EndReason} from './event.ts';
import {type Heard, listening} from './listening.ts';

type Said = Pick<Asked, 'request' | 'context'>;

export type Conversation = {
	/**
	 * One turn, from `understood` to `ended`. Never rejects. An abort ends it as `cancelled`, with a note of what it left.
	 * @param goOn what belongs to the turn after the answer, such as a change that the person edited and that is planned again; must not reject
	 */
	readonly ask: (said: Said, emit: EmitChat, signal: AbortSignal, goOn?: (tell: EmitChat) => Promise<void>) => Promise<Turn>;
	/** The turns so far, redacted, the earliest first. */
	readonly turns: () => readonly Turn[];
};

type Parts = {
	/** At least one, the one to ask first at the front; the next is asked where one cannot go on. */
	readonly brains: readonly [Brain, ...Brain[]];
	readonly tools: Tools;
	/** Takes secrets out of what is kept and of what is told. */
	readonly redact: (text: string) => string;
	/** Of a conversation that goes on. */
	readonly earlier?: readonly Turn[];
};

/** A conversation with one person about one cluster. */
export function conversation({brains, tools, redact, earlier = []}: Parts): Conversation {
	const turns: Turn[] = [...earlier];
	return {
		turns: () => [...turns],
		async ask(said, emit, signal, goOn) {
			const {heard, listen} = listening();
			const tell: EmitChat = event => {
				const clean = cleanedWords(event, redact);
				listen(clean);
				emit(clean);
			};
			const asked: Asked = {...said, earlier: turns.slice()};
			const answered = said.request.includes(redactedMark)
				? askAgain(tell)
				: await firstThatCan({brains, tools, asked, tell, signal, heard});
			const before = heard.changes().length;
			await goOn?.(tell);
			const reason = signal.aborted && answered !== 'cancelled' ? cancelled(tell, heard) : answered;
			tell({kind: 'ended', reason});
			const answer = [heard.answer(), ...heard.changes().slice(before)].join('\n\n').trim();
			const turn: Turn = {request: redact(said.request), answer: redact(answer), reason};
			turns.push(turn);
			return turn;
		},
	};
}

/** A choice is told without the secret that it needs: carried out so, it would set the mark in the secret's place. */
function askAgain(tell: EmitChat): EndReason {
	tell({kind: 'question', question: `A value of this request is hidden (${redactedMark}). Type the request with the value.`, choices: []});
	return 'asked';
}

type Going = {
	readonly brains: Parts['brains'];
	readonly tools: Tools;
	readonly asked: Asked;
	readonly tell: EmitChat;
	readonly signal: AbortSignal;
	readonly heard: Heard;
};

/** The answer of the first brain that can give one. What one of them had already done to the world is not left to the next, which would do it again. */
async function firstThatCan({brains, tools, asked, tell, signal, heard}: Going): Promise<EndReason> {
	for (const [index, brain] of brains.entries()) {
		try {
			const reason = await brain.turn(asked, tools, tell, signal);
			return signal.aborted ? cancelled(tell, heard) : reason;
		} catch (error) {
			if (signal.aborted) return cancelled(tell, heard);
			const next = brains[index + 1];
			const goesOn = next !== undefined && heard.changes().length === 0;
			tell({kind: 'note', text: `${sentence(troubleOf(error))}${wayOn(goesOn ? next : undefined, heard)}`});
			if (!goesOn) return 'failed';
		}
	}
	return 'failed';
}

const wayOn = (next: Brain | undefined, heard: Heard) => {
	if (next !== undefined) return ` This goes on with ${next.name}.`;
	return heard.changes().length === 0 ? '' : ` Until then: ${heard.changes().join('; ')}.`;
};

function cancelled(tell: EmitChat, heard: Heard): EndReason {
	const changes = heard.changes();
	const left = changes.length === 0 ? 'Nothing was changed.' : `Until then: ${changes.join('; ')}.`;
	tell({kind: 'note', text: `The turn was cancelled. ${left}`});
	return 'cancelled';
}

/** A failure in one or two sentences, with its remedy. */
const sentence = ({what, why, next}: Trouble) => `${why === undefined ? what : `${what}: ${why}`}.${next === undefined ? '' : ` ${next}.`}`;

/**
 * Words of a brain are told without secrets, and without what a terminal obeys or a reader cannot see: a model may repeat what it read. Outcomes and
 * the road's own events left the road so.
 */
function cleanedWords(event: ChatEvent, redact: (text: string) => string): ChatEvent {
	const clean = (text: string) => stripControl(redact(text));
	switch (event.kind) {
		case 'text':
			return {...event, delta: clean(event.delta)};
		case 'understood':
		case 'note':
			return {...event, text: clean(event.text)};
		case 'refused':
			return {...event, why: clean(event.why)};
		case 'question':
			return {
				...event,
				question: clean(event.question),
				choices: event.choices.map(({text, request}) => ({text: clean(text), request: clean(request)})),
			};
		default:
			return event;
	}
}
