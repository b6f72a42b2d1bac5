import type {Trouble} from '../../core/error.ts';
import {hanging, type Line, span} from '../../core/styled.ts';

const sentence = (text: string) => (/[.!?:]$/.test(text) ? text : `${text}.`);

const happened = ({what, why}: Trouble) => sentence(why === undefined ? what : `${what}: ${why}`);

/** What happened, why, and what to do next, in one line. */
export const troubleLine = (trouble: Trouble) =>
	[happened(trouble), ...(trouble.next === undefined ? [] : [sentence(trouble.next)])].join(' ');

/** The chain of errors behind an error, the innermost last; stacks only where an error has one. */
function causeLines(error: unknown, width: number): readonly Line[] {
	if (error === undefined || error === null) return [];
	const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
	const lines = text.split('\n').flatMap(line => hanging([span('  ')], line, {width, tone: 'dim'}));
	return [...lines, ...(error instanceof Error ? causeLines(error.cause, width) : [])];
}

/**
 * An error for a person: one line for wrong usage and with `quiet`, a paragraph otherwise, and the chain of causes with `verbose`.
 */
export function troubleLines(
	trouble: Trouble,
	{width, quiet, verbose, error}: {readonly width: number; readonly quiet: boolean; readonly verbose: boolean; readonly error?: unknown},
): readonly Line[] {
	const mark: Line = [span('✗ ', 'bad')];
	if (quiet || (trouble.kind === 'usage' && !verbose)) return hanging(mark, troubleLine(trouble), {width});
	const {next, quoted} = trouble;
	return [
		...hanging(mark, happened(trouble), {width}),
		...(quoted === undefined ? [] : hanging([span('  It said: ', 'dim')], quoted, {width, tone: 'dim'})),
		...(next === undefined ? [] : hanging([span('  ')], sentence(next), {width})),
		...(verbose ? causeLines(error, width) : []),
	];
}
