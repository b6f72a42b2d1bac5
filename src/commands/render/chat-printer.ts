import type {ChatEvent, Choice, EmitChat} from '../../core/chat-event.ts';
import {isToldAsItIs} from '../../core/chat-result.ts';
import {canonicalJson} from '../../core/json.ts';
import type {AnyOutcome} from '../../core/outcome.ts';
import type {Streams} from '../../core/streams.ts';
import {settledLength} from '../../core/text/markdown/markdown-blocks.ts';
import {markdownLines} from '../../core/text/markdown/markdown-lines.ts';
import {stripControl} from '../../core/text/strip-control.ts';
import {emptyLine, hanging, type Line, span} from '../../core/text/styled.ts';
import {wrapText} from '../../core/text/text-width.ts';
import {answerLines, remarkLines} from './outcome-lines.ts';
import {printErr, printOut, widthOf} from './paint.ts';

type Look = {
	readonly quiet: boolean;
	readonly verbose: boolean;
	/** Takes the progress line off the screen before something is printed. */
	readonly beforePrinting: () => void;
	/** What a read answered, in the words of its tool. */
	readonly textOf: (outcome: AnyOutcome, width: number) => string;
	/** How a question is answered: `mkcoa chat` with the words of the choice, or its number. */
	readonly choiceLine: (choice: Choice, number: number) => string;
};

const inputLength = 120;

/**
 * Prints a conversation as it goes on: the answer on standard output, all around it on standard error. Nothing is drawn over, so that it reads
 * well in a pipe and in a screen reader.
 * @returns `end` prints what the turn came to where nothing of it was said yet
 */
export function chatPrinter(streams: Streams, look: Look): {readonly emit: EmitChat; readonly end: (text: string) => void} {
	let pending = '';
	/** Paragraphs of one text stand apart. */
	let isGoingOn = false;
	let hasAnswered = false;
	const agents = new Map<string, string>();
	const out = (text: string) => {
		look.beforePrinting();
		hasAnswered ||= text.trim() !== '';
		streams.out(text);
	};
	const print = (text: string) => {
		look.beforePrinting();
		if (text.trim() === '') return;
		hasAnswered = true;
		printOut(streams, width => [...(isGoingOn ? [emptyLine] : []), ...markdownLines(text, width)]);
		isGoingOn = true;
	};
	/** Markdown is laid out block by block: half of one may still become a table. */
	const say = (delta: string) => {
		pending += delta;
		const end = settledLength(pending);
		print(pending.slice(0, end));
		pending = pending.slice(end);
	};
	const close = () => {
		print(pending);
		pending = '';
		isGoingOn = false;
	};
	const remark = (mark: Line, text: string) => {
		close();
		printErr(streams, width => text.split('\n').flatMap(line => hanging(mark, line, {width})));
	};
	const outcome = ({id, outcome: ended}: Extract<ChatEvent, {kind: 'result'}>) => {
		if (!isToldAsItIs(ended, agents.get(id))) return;
		close();
		const gap = hasAnswered ? [emptyLine] : [];
		hasAnswered = true;
		if (ended.kind === 'done' && ended.plan === undefined)
			return out(`${look.textOf(ended, widthOf(streams, streams.outIsTerminal)).trimEnd()}\n`);
		printOut(streams, width => {
			const lines = answerLines(ended, width);
			return lines.length === 0 ? [] : [...gap, ...lines];
		});
		printErr(streams, width => remarkLines(ended, {width, quiet: look.quiet, verbose: look.verbose}));
	};
	const question = ({question: text, choices}: Extract<ChatEvent, {kind: 'question'}>) => {
		close();
		out(wrapped(streams, [text, ...choices.map((choice, index) => look.choiceLine(choice, index + 1))].join('\n')));
	};
	const emit: EmitChat = event => {
		switch (event.kind) {
			case 'understood':
				return look.quiet ? undefined : remark([span('- ', 'dim')], event.text);
			case 'text':
				return say(event.delta);
			case 'call':
				agents.set(event.id, event.agent);
				return look.verbose ? remark([span('+ ', 'dim')], `${event.tool} ${canonicalJson(event.input).slice(0, inputLength)}`) : undefined;
			case 'result':
				return outcome(event);
			case 'question':
				return question(event);
			case 'refused':
				close();
				return out(wrapped(streams, event.why));
			case 'note':
				return remark([span('! ', 'warn')], event.text);
			default:
				return undefined;
		}
	};
	return {
		emit,
		end(text) {
			close();
			if (!hasAnswered && text !== '') out(`${stripControl(text)}\n`);
			hasAnswered = false;
		},
	};
}

const wrapped = (streams: Streams, text: string) =>
	`${stripControl(text)
		.split('\n')
		.flatMap(line => wrapText(line, widthOf(streams, streams.outIsTerminal)))
		.join('\n')}\n`;
