import {MkcoaError, troubleOf} from './error.ts';

/** What is told of a span: short words that mkcoa or the cluster's API chose. Never an argument, never a value. */
export type SpanAttributes = {readonly [name: string]: string | number | boolean | undefined};

/** Where a trace comes from, as W3C Trace Context writes it. */
export type TraceCarrier = {
	readonly traceparent?: string | undefined;
	readonly tracestate?: string | undefined;
	/** It was said by somebody elsewhere: he may keep his trace from being told, and cannot have it told. */
	readonly isRemote?: boolean | undefined;
};

export type SpanStart = {
	/** Says what kind of work it is, and never of which object: traces are grouped by it. */
	readonly name: string;
	/** `server` answers somebody's request, `client` asks another program; work of mkcoa's own if left out. */
	readonly kind?: 'server' | 'client' | undefined;
	readonly attributes?: SpanAttributes | undefined;
	/** Who asked for it, in another program. If left out, or nonsense, it is the span around it. */
	readonly parent?: TraceCarrier | undefined;
};

/** A span that has begun. */
export type OpenSpan = {
	readonly set: (attributes: SpanAttributes) => void;
	/** It did not come out well; `type` is a word out of few. */
	readonly fail: (type: string) => void;
};

/** Tells a tracing system what is done, and within what. Nothing of it throws or waits for anybody. Undefined where nobody listens. */
export type Spans = {
	/** Work in a span: what it begins stands below it. A rejection fails the span and goes on its way. */
	readonly within: <Result>(start: SpanStart, run: (span: OpenSpan) => Promise<Result>) => Promise<Result>;
	/** A span that is ended by hand, for what comes bit by bit. */
	readonly begin: (start: SpanStart) => OpenSpan & {readonly end: () => void};
};

/** The word for a failure that a span is told: the code of a trouble, or the name of an error. Never its message, which may hold anything. */
export function failureType(error: unknown): string {
	if (error instanceof MkcoaError) return error.trouble.code;
	const {code} = troubleOf(error);
	return code === 'bug' && error instanceof Error ? error.name : code;
}
