/** What the server sends back: a whole body, or one that is written as it comes. */
export type Answer = WholeAnswer | StreamAnswer;

export type WholeAnswer = {
	readonly kind: 'whole';
	readonly status: number;
	readonly contentType: string;
	readonly body: string;
	readonly headers?: {readonly [name: string]: string};
};

export type StreamAnswer = {
	readonly kind: 'stream';
	readonly contentType: string;
	/** Writes until `end` or until the signal says that the client has gone or the server stops. */
	readonly run: (sink: Sink, signal: AbortSignal) => void;
};

export type Sink = {readonly write: (text: string) => void; readonly end: () => void};

export const jsonAnswer = (body: unknown, status = 200): WholeAnswer => ({
	kind: 'whole',
	status,
	contentType: 'application/json',
	body: typeof body === 'string' ? body : JSON.stringify(body),
});

export const textAnswer = (body: string, status = 200): WholeAnswer => ({
	kind: 'whole',
	status,
	contentType: 'text/plain; charset=utf-8',
	body,
});

/** The answer with a Warning header for each text, before those that it has. */
export function withWarnings(answer: WholeAnswer, warnings: readonly string[]): WholeAnswer {
	if (warnings.length === 0) return answer;
	const old = answer.headers?.warning;
	const texts = warnings.map(text => `299 - ${JSON.stringify(text)}`);
	return {...answer, headers: {...answer.headers, warning: [...texts, ...(old === undefined ? [] : [old])].join(', ')}};
}
