import type {ChatEvent, Choice, EndReason} from './chat-event.ts';
import {stopped, type Trouble} from './error.ts';
import {type AnyOutcome, type ExitCode, exitCodeOf, exitCodeOfTrouble, exitCodes} from './outcome.ts';

/** What one request came to, as `mkcoa chat --json` prints it. Everything in it is redacted. */
export type ChatResult = {
	/** `plan`: something was to be changed, and `outcomes` tells what became of it. */
	readonly kind: 'answer' | 'question' | 'refusal' | 'plan' | 'failed';
	readonly text: string;
	/** What was understood, one sentence for each part of the request. */
	readonly understood: string;
	/** Of every tool that was called, in order. */
	readonly outcomes: readonly AnyOutcome[];
	/** Clear requests, one of which answers the question. */
	readonly choices?: readonly Choice[] | undefined;
	/** Why it failed. */
	readonly error?: Trouble | undefined;
	/** What the person should know beside it, such as a model that is down. */
	readonly notes?: readonly string[] | undefined;
	/** Id of the conversation, for `--resume`. */
	readonly session: string;
};

type Ended = {
	readonly reason: EndReason;
	readonly events: readonly ChatEvent[];
	readonly session: string;
	readonly error?: Trouble | undefined;
	/** An outcome in the words of its tool. */
	readonly textOf: (outcome: AnyOutcome) => string;
};

const some = <Kind extends ChatEvent['kind']>(events: readonly ChatEvent[], kind: Kind) =>
	events.filter((event): event is Extract<ChatEvent, {kind: Kind}> => event.kind === kind);

/** Whether the outcome is of a change: only those have plans. A change that failed before it had one made none. */
const isOfChange = (outcome: AnyOutcome) => 'plan' in outcome || ('digest' in outcome && outcome.digest !== undefined);

/** Folds the events of one turn. */
export function chatResult({reason, events, session, error, textOf}: Ended): ChatResult {
	const outcomes = some(events, 'result').map(({outcome}) => outcome);
	const questions = some(events, 'question');
	const notes = some(events, 'note').map(({text}) => text);
	const kind = kindOf(reason, outcomes);
	const failed = outcomes.findLast(outcome => outcome.kind === 'failed');
	const isCancelled = reason === 'cancelled';
	const trouble = kind === 'failed' ? (isCancelled ? stopped(undefined, 'The turn was cancelled') : (error ?? failed?.error)) : undefined;
	const toldInNotes = notes.join('\n');
	const choices = kind === 'question' ? questions.flatMap(question => question.choices) : [];
	return {
		kind,
		text: textIn(events, textOf) || (isCancelled ? toldInNotes : '') || troubleText(trouble) || toldInNotes,
		understood: some(events, 'understood')
			.map(({text}) => text)
			.join('\n'),
		outcomes,
		...(choices.length === 0 ? {} : {choices}),
		...(trouble === undefined ? {} : {error: trouble}),
		...(notes.length === 0 ? {} : {notes}),
		session,
	};
}

function kindOf(reason: EndReason, outcomes: readonly AnyOutcome[]): ChatResult['kind'] {
	if (outcomes.some(isOfChange)) return 'plan';
	if (reason === 'asked') return 'question';
	if (reason === 'refused') return 'refusal';
	// Where a tool failed and the brain still had something to say, what it said is the answer.
	return reason === 'answered' ? 'answer' : 'failed';
}

/** Whose reads are answers: a model reads to find out, and then says what it found. */
export const routerAgent = 'router';

/** Whether an outcome is told as it is, in the words of its tool. */
export const isToldAsItIs = (outcome: AnyOutcome, agent: string | undefined) => isOfChange(outcome) || agent === routerAgent;

/** What was said, in order; where nothing was said, what the tools answered. */
function textIn(events: readonly ChatEvent[], textOf: Ended['textOf']): string {
	const agents = new Map(some(events, 'call').map(({id, agent}) => [id, agent]));
	const isSilent = !events.some(({kind}) => kind === 'text' || kind === 'question' || kind === 'refused');
	let text = '';
	for (const event of events) {
		if (event.kind === 'text') text += event.delta;
		else if (event.kind === 'question') text = joined(text, event.question);
		else if (event.kind === 'refused') text = joined(text, event.why);
		else if (event.kind === 'result' && (isSilent || isToldAsItIs(event.outcome, agents.get(event.id))))
			text = joined(text, textOf(event.outcome));
	}
	return text.trim();
}

const joined = (before: string, more: string) =>
	[before.trimEnd(), more]
		.filter(text => text !== '')
		.join('\n\n')
		.concat('\n\n');

const troubleText = (trouble: Trouble | undefined) =>
	trouble === undefined
		? ''
		: [trouble.why === undefined ? trouble.what : `${trouble.what}: ${trouble.why}`, trouble.next].filter(Boolean).join('. ');

/** The exit code that tells a script how a request ended: of several outcomes, the gravest. */
export function exitCodeOfChat({kind, outcomes, error}: ChatResult): ExitCode {
	switch (kind) {
		case 'answer':
			return exitCodes.done;
		case 'question':
			return exitCodes.failed;
		case 'refusal':
			return exitCodes.notAllowed;
		case 'plan':
			return outcomes.reduce<ExitCode>((worst, outcome) => gravest(worst, exitCodeOf(outcome)), exitCodes.done);
		case 'failed':
			return error === undefined ? exitCodes.failed : exitCodeOfTrouble(error);
	}
}

/** Where one part failed and another waits, the failure is what has to be looked at. */
const order: readonly ExitCode[] = [0, 8, 9, 2, 4, 3, 1, 70];
const gravest = (one: ExitCode, other: ExitCode): ExitCode => (order.indexOf(one) >= order.indexOf(other) ? one : other);
