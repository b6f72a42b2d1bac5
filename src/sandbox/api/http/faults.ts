/** A way of failing, to test how clients bear it. */
export type Fault = {
	readonly match: (request: {readonly method: string; readonly path: string; readonly query: URLSearchParams}) => boolean;
	/**
	 * A status with a Status body; `reset` closes the connection without an answer, `hang` never answers,
	 * `truncate` sends half of the true answer and closes.
	 */
	readonly answer: 403 | 429 | 500 | 503 | 'reset' | 'hang' | 'truncate';
	/** For 429 and 503: the Retry-After header. */
	readonly retryAfterSeconds?: number;
	/** How many requests fail; then the fault is over. */
	readonly times: number;
};

/** The faults in force, in the order they were asked for. */
export function createFaults() {
	let faults: {readonly fault: Fault; left: number}[] = [];
	return {
		add(fault: Fault): void {
			faults.push({fault, left: fault.times});
		},
		/** The fault that hits this request, and counts it. */
		take(request: Parameters<Fault['match']>[0]): Fault | undefined {
			const hit = faults.find(({fault, left}) => left > 0 && fault.match(request));
			if (hit === undefined) return undefined;
			hit.left -= 1;
			faults = faults.filter(({left}) => left > 0);
			return hit.fault;
		},
	};
}
