import type {Trouble} from '../../core/error.ts';
import {oneLine} from '../../core/text/one-line.ts';
import {hanging, type Line, span} from '../../core/text/styled.ts';

const sentence = (text: string) => (/[.!?:]$/.test(text) ? text : `${text}.`);

const happened = ({what, why}: Trouble) => sentence(why === undefined ? what : `${what}: ${why.replaceAll('\n', '; ')}`);

/** What happened, why, and what to do next, in one line. */
const troubleLine = (trouble: Trouble) =>
	oneLine([happened(trouble), ...(trouble.next === undefined ? [] : [sentence(trouble.next)])].join(' '));

/** Whether the others' words stand in `why` already; their first sixty characters tell. */
const repeats = ({why = '', quoted = ''}: Trouble) => why !== '' && quoted.includes(why.slice(0, 60));

/** The chain of errors behind an error, the innermost last; stacks only where an error has one. */
function causeLines(error: unknown, width: number): readonly Line[] {
	if (error === undefined || error === null) return [];
	const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
	const lines = text.split('\n').flatMap(line => hanging([span('  ')], line, {width, tone: 'dim'}));
	return [...lines, ...(error instanceof Error ? causeLines(error.cause, width) : [])];
}

/**
 * An error for a person: one line of what, why and what to do; below it others' own words, if there are any, which `quiet` leaves out; and
 * the chain of causes with `verbose`.
 */
export function troubleLines(
	trouble: Trouble,
	{width, quiet, verbose, error}: {readonly width: number; readonly quiet: boolean; readonly verbose: boolean; readonly error?: unknown},
): readonly Line[] {
	const mark: Line = [span('✗ ', 'bad')];
	const {quoted} = trouble;
	return [
		...hanging(mark, troubleLine(trouble), {width}),
		...(quoted === undefined || quiet || repeats(trouble)
			? []
			: hanging([span('  It said: ', 'dim')], oneLine(quoted), {width, tone: 'dim'})),
		...(verbose ? causeLines(error, width) : []),
	];
}
