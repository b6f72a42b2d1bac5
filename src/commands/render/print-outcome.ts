import type {Trouble} from '../../core/error.ts';
import type {Json} from '../../core/json.ts';
import type {AnyOutcome, Outcome} from '../../core/outcome.ts';
import type {Streams} from '../../core/streams.ts';
import type {View} from '../../core/tool.ts';
import type {OutputFormat} from '../options.ts';
import {jsonText} from './json-text.ts';
import {answerLines, remarkLines} from './outcome-lines.ts';
import {printErr, printOut} from './paint.ts';

type Printing = {
	readonly output: OutputFormat;
	readonly quiet: boolean;
	readonly verbose: boolean;
	readonly nowMs: number;
	/** The tool's own words for its answer. */
	readonly text: (output: Json | undefined, view: View) => string;
	/** File that the plan was saved in. */
	readonly planOut?: string | undefined;
	/** The error behind a failure, shown with `verbose`. */
	readonly error?: unknown;
};

/** Prints any value as JSON or YAML, indented, on standard output. What a reader does not see, and a terminal may obey, is escaped in it. */
export async function printData(streams: Streams, data: Json, output: 'json' | 'yaml'): Promise<void> {
	if (output === 'json') return streams.out(`${jsonText(data, 2)}\n`);
	const {yamlText} = await import('./yaml-text.ts');
	streams.out(yamlText(data));
}

const ended = (text: string) => (text === '' || text.endsWith('\n') ? text : `${text}\n`);

/** Prints how a call ended: the answer on standard output, what became of it on standard error. With JSON and YAML the whole outcome is the answer. */
export async function printOutcome(streams: Streams, outcome: AnyOutcome, printing: Printing): Promise<void> {
	const {output, quiet, verbose, nowMs, text, error, planOut} = printing;
	if (output === 'text') {
		const view = {width: streams.width, terminal: streams.outIsTerminal, nowMs, isPlain: streams.isPlain};
		if ((outcome.kind === 'done' || outcome.kind === 'failed') && outcome.output !== undefined)
			streams.out(ended(text(outcome.output, view)));
		else printOut(streams, width => answerLines(outcome, width));
	} else {
		// An outcome is JSON; its optional fields make it wider than the type of JSON values.
		await printData(streams, JSON.parse(JSON.stringify(outcome)), output);
	}
	const isNews = !quiet || !['done', 'planned'].includes(outcome.kind);
	if (isNews) printErr(streams, width => remarkLines(outcome, {width, quiet, verbose, error, planOut}));
}

/** Prints an error that no outcome carries yet, such as a wrong flag. */
export async function printTrouble(
	streams: Streams,
	trouble: Trouble,
	printing: Omit<Printing, 'nowMs' | 'text'> & {readonly tool: string},
): Promise<void> {
	const failed: Outcome = {kind: 'failed', tool: printing.tool, error: trouble, done: [], undone: [], left: []};
	await printOutcome(streams, failed, {...printing, nowMs: 0, text: () => ''});
}
