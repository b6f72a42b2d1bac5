/** Indented frames of Java, Node, .NET, Python, Go and Rust. */
const frame = /^\s+(?:at |\.\.\. \d+ |File "|\^|\/|[\w./-]{1,300}:\d+|\d+: )/;
/** Lines without indentation that go on with a trace and never begin a record. */
const joint =
	/^(?:Caused by: |Suppressed: |goroutine \d+ \[|created by |\[signal |exit status \d|During handling of the above|The above exception was|--- End of |stack backtrace:|note: run with `RUST_BACKTRACE|note: Some details are omitted|Traceback \(most recent call last\))/;
/** A function of a Go trace, and an exception by its class. */
const goFunction = /^[\w./*()-]{1,300}\(.{0,300}\)$/;
const exception = /^[\w$.]{1,300}(?:Error|Exception|Throwable|Interrupt|Exit|Warning|StopIteration)\b/;

/** What kinds of trace lines a record has had: what may follow depends on it. */
export type OpenTrace = 'none' | 'frames' | 'python' | 'go';

/**
 * Where a line goes on with the record before it: what the trace is then; undefined where it begins a record of its own. Each
 * pattern is linear in the length of the line.
 * @param open the trace so far
 */
export function traceAfter(line: string, open: OpenTrace): OpenTrace | undefined {
	const head = line.slice(0, 1000);
	if (head.startsWith('goroutine ')) return joint.test(head) ? 'go' : undefined;
	if (head.startsWith('Traceback ')) return joint.test(head) ? 'python' : undefined;
	if (frame.test(head)) return open === 'none' ? 'frames' : open;
	if (joint.test(head)) return open === 'none' ? 'frames' : open;
	if (open === 'none') return undefined;
	if (/^\s/.test(head) || head === '') return open;
	// The exception stands below the frames of Python, and ends them.
	if (open === 'python') return exception.test(head) ? 'frames' : undefined;
	return open === 'go' && goFunction.test(head) ? 'go' : undefined;
}

/** The trace that a line begins which is a record of its own. */
export const traceBegunBy = (line: string): OpenTrace =>
	line.startsWith('Traceback ') ? 'python' : /^(?:panic|fatal error): /.test(line) ? 'go' : 'none';

/** Whether a line is the text of an exception, as the last of a Python trace is. */
export const isException = (line: string): boolean => exception.test(line.slice(0, 400));
