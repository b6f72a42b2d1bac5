import {fingerprintOf} from './fingerprint.ts';
import {knownHeads} from './known-heads.ts';
import {type Head, headOf, type Layout, learnLayout} from './layout.ts';
import {type Level, levelInMessage} from './level.ts';
import {exampleOf, type LogRecord} from './log-record.ts';
import {quotedMessage, structuredLine} from './structured-line.ts';
import {isException, type OpenTrace, traceAfter, traceBegunBy} from './trace-line.ts';
import {writtenLine} from './written-line.ts';

/** Lines from which the header is learned, and after so many it is asked whether it still fits. */
const lesson = 500;
/** Characters of a line that are read; nobody reads more. */
const mostCharacters = 16_384;

type Line = {readonly text: string; readonly atMs: number | undefined};
type Open = {record: LogRecord; trace: OpenTrace; moreLines: number};

/** The lines of one source, one after the other. */
export type LogSource = {
	/**
	 * @param line without its end
	 * @param atMs when it was written, where the caller knows, as from Kubernetes; else it is read from the line
	 */
	readonly add: (line: string, atMs?: number) => void;
	/** Hands on what is still held back; more lines may follow. */
	readonly flush: () => void;
};

/**
 * Makes records of the lines of one source: learns the header that they share from the first {@link lesson}, again when half of as
 * many do not have it, and joins stack traces to the line above. Holds at most these lines.
 * @param take gets each record, in order
 */
export function logSource(take: (record: LogRecord) => void): LogSource {
	let layout: Layout | undefined;
	let held: Line[] = [];
	let seen = 0;
	let strange = 0;
	let open: Open | undefined;
	let begun = '';
	let heads = knownHeads();

	const close = () => {
		if (open !== undefined) take(open.moreLines === 0 ? open.record : {...open.record, moreLines: open.moreLines});
		open = undefined;
	};

	/** Reads a line that differs from an earlier one in digits alone; false where there is none. */
	const readAgain = ({text, atMs}: Line, fingerprint: number): boolean => {
		const head = heads.find(fingerprint);
		if (head === undefined) return false;
		const read = heads.timeOf(head, text);
		if (Number.isNaN(read)) return false;
		seen += 1;
		close();
		const {start, level} = head;
		const record = {line: exampleOf(text), message: text, start, level, atMs: atMs ?? read, fingerprint: head.fingerprint, moreLines: 0};
		open = {record, trace: 'none', moreLines: 0};
		return true;
	};

	const read = (line: Line, known: Layout) => {
		const fingerprint = fingerprintOf(line.text, 0);
		if (fingerprint !== undefined && readAgain(line, fingerprint)) return;
		const structured = structuredLine(line.text);
		const head: Head = structured === undefined ? headOf(line.text, known) : {start: 0, isWhole: true};
		seen += 1;
		if (!head.isWhole) strange += 1;
		if (open !== undefined && open.moreLines === 0 && isHeadAlone(open.record.line) && /^\s+\S/.test(line.text)) {
			const start = line.text.search(/\S/);
			open = {record: {...open.record, message: line.text, start}, trace: 'frames', moreLines: 1};
			return;
		}
		// A frame of a trace may fit a header that is no more than a word.
		const goesOn =
			structured !== undefined ||
			open === undefined ||
			(head.isWhole && known.kinds.length > 0 && (head.hasTime === true || !/^\s/.test(line.text)))
				? undefined
				: after(line.text, open, known, head);
		if (goesOn !== undefined && open !== undefined) {
			const message =
				open.trace === 'python' && goesOn !== 'python' && isException(line.text) && isTraceHead(open.record)
					? {message: line.text, start: 0}
					: {};
			open = {record: {...open.record, ...message}, trace: goesOn, moreLines: open.moreLines + 1};
			return;
		}
		close();
		const record = recordOf(line, structured === undefined ? head : undefined, structured);
		open = {record, trace: traceBegunBy(line.text), moreLines: 0};
		// Such a line begins a record whatever stands above it.
		const isPlain = structured === undefined && record.message === line.text && open.trace === 'none' && !/^\s/.test(line.text);
		if (fingerprint !== undefined && isPlain && head.isWhole && head.hasTime)
			heads.put(fingerprint, line.text, head, {level: record.level, fingerprint: fingerprintOf(record.message, record.start)});
	};

	const learn = () => {
		heads = knownHeads();
		layout = learnLayout(held.map(({text}) => text));
		const lines = held;
		held = [];
		[seen, strange] = [0, 0];
		for (const line of lines) read(line, layout);
		// Of the lines that it was learned from, those without it are no news.
		[seen, strange] = [0, 0];
	};

	return {
		add(text, atMs) {
			const written = writtenLine(text);
			const whole = begun + written.text;
			begun = written.goesOn ? whole.slice(0, mostCharacters) : '';
			if (written.goesOn) return;
			const line = {
				text: whole.length > mostCharacters ? whole.slice(0, mostCharacters).split('').join('') : whole,
				atMs: atMs ?? written.atMs,
			};
			if (layout === undefined) {
				held.push(line);
				if (held.length === lesson) learn();
				return;
			}
			read(line, layout);
			if (seen < lesson) return;
			if (strange * 2 > seen) layout = undefined;
			[seen, strange] = [0, 0];
		},
		flush() {
			if (held.length > 0) learn();
			close();
		},
	};
}

/** A level and a category, below which .NET writes the message: `info: Shop.Cart[14]`. */
const isHeadAlone = (line: string) => /^[a-z]{4}: [\w.+`<>]{1,300}\[\d{1,9}\]$/.test(line);

/** A record that begins with the trace has no other words than the exception's. */
const isTraceHead = ({message}: LogRecord) => message.startsWith('Traceback ');

/** Below a header with a time a line without any belongs to the line above, where nearly all have one. */
function after(text: string, {trace}: Open, layout: Layout, head: Head): OpenTrace | undefined {
	const known = traceAfter(text, trace);
	if (known !== undefined || head.hasTime || !layout.kinds.includes('time')) return known;
	return layout.isTimed ? trace : isException(text) ? 'frames' : undefined;
}

function recordOf({text, atMs}: Line, head: Head | undefined, structured: ReturnType<typeof structuredLine>): LogRecord {
	const line = exampleOf(text);
	if (structured !== undefined)
		return {line, message: structured.message, start: 0, level: structured.level, atMs: atMs ?? structured.atMs, moreLines: 0};
	const start = head?.start ?? 0;
	const quoted = quotedMessage(text, start);
	const level: Level | undefined = head?.level ?? levelInMessage(text, start);
	const at = atMs ?? head?.atMs;
	return quoted === undefined
		? {line, message: text, start, level, atMs: at, moreLines: 0}
		: {line, message: quoted, start: 0, level, atMs: at, moreLines: 0};
}
