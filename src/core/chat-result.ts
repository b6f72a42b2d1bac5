import type {ChatEvent, Choice, EndReason} from './chat-event.ts';
import type {Trouble} from './error.ts';
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
	const trouble = kind === 'failed' ? (error ?? failed?.error) : undefined;
	const choices = kind === 'question' ? questions.flatMap(question => question.choices) : [];
	return {
		kind,
		text: textIn(kind, events, {outcomes, textOf}) || troubleText(trouble) || notes.join('\n'),
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

type Told = Pick<Ended, 'textOf'> & {readonly outcomes: readonly AnyOutcome[]};

/** What was said; where nothing was said, what the tools answered. */
function textIn(kind: ChatResult['kind'], events: readonly ChatEvent[], {outcomes, textOf}: Told): string {
	const said = some(events, 'text')
		.map(({delta}) => delta)
		.join('');
	const asked = some(events, 'question').map(({question}) => question);
	const refused = some(events, 'refused').map(({why}) => why);
	const spoken = [said, ...asked, ...refused].filter(text => text !== '');
	if (kind !== 'plan' && spoken.length > 0) return spoken.join('\n\n');
	return [...spoken, ...outcomes.map(textOf)].filter(text => text !== '').join('\n\n');
}

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
