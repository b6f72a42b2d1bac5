import {timestampAt} from './timestamp.ts';

/** What a program wrote, and when its runtime says that it did. `goesOn`: the rest of the line follows. */
type WrittenLine = {readonly text: string; readonly atMs?: number | undefined; readonly goesOn?: boolean};

/** Control sequences of a terminal: colours and the like. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one.
const controls = /\u001B(?:\[[0-?]*[ -/]*[@-~]|[@-Z\\-_])/g;
/** The container runtimes' own line: `2024-05-01T10:00:00.123456789Z stdout F text`, P where the text goes on. */
const ofRuntime = /^(\d{4}-\d\d-\d\dT\S{8,40}) std(?:out|err) ([FP])(?: |$)/;
/** Docker's own line begins with the text, the stream or the time. */
const ofDocker = /^\{"(?:log|stream|time)":/;

/** Takes off what stands around a line as its program wrote it: the wrapping of Docker or of a container runtime, colours, a carriage return. */
export function writtenLine(line: string): WrittenLine {
	const unwrapped = runtimeLine(line) ?? dockerLine(line) ?? {text: line};
	return unwrapped.text.includes('\u001B') ? {...unwrapped, text: unwrapped.text.replaceAll(controls, '')} : unwrapped;
}

function runtimeLine(line: string): WrittenLine | undefined {
	const found = line.charCodeAt(10) === 84 ? ofRuntime.exec(line) : null;
	if (found === null) return undefined;
	const [whole, time = '', part] = found;
	return {text: line.slice(whole.length), atMs: timestampAt(time, 0)?.atMs(), goesOn: part === 'P'};
}

function dockerLine(line: string): WrittenLine | undefined {
	if (!ofDocker.test(line)) return undefined;
	try {
		const {log, stream, time, ...more} = JSON.parse(line) as {readonly [name: string]: unknown};
		const isWrapping = typeof log === 'string' && stream !== undefined && Object.keys(more).every(name => name === 'attrs');
		if (!isWrapping) return undefined;
		const atMs = typeof time === 'string' ? timestampAt(time, 0)?.atMs() : undefined;
		return {text: log.replace(/\r?\n$/, ''), atMs, goesOn: !log.endsWith('\n')};
	} catch {
		// Text that only begins like it is text.
		return undefined;
	}
}
