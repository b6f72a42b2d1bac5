/** One request as it came over the wire. */
export type LoggedRequest = {
	readonly method: string;
	readonly path: string;
	readonly query: string;
	readonly dryRun: boolean;
	/** Name of the user behind the token; empty when it was refused before that was known. */
	readonly user: string;
	readonly status: number;
};

export type RequestLog = {
	/** The latest requests, oldest first. */
	readonly all: () => readonly LoggedRequest[];
	/** Requests that changed something, or tried to: not GET, HEAD or OPTIONS, not a dry run, not a question about rights. */
	readonly writes: () => readonly LoggedRequest[];
	readonly clear: () => void;
};

const question = /^\/apis\/(authorization|authentication)\.k8s\.io\//;

/** @param limit how many requests are kept; older ones are forgotten */
export function createRequestLog(limit = 10_000) {
	let requests: LoggedRequest[] = [];
	return {
		add(request: LoggedRequest): void {
			requests.push(request);
			if (requests.length > limit * 2) requests = requests.slice(-limit);
		},
		all: () => requests.slice(-limit),
		writes: () =>
			requests
				.slice(-limit)
				.filter(({method, path, dryRun}) => !['GET', 'HEAD', 'OPTIONS'].includes(method) && !dryRun && !question.test(path)),
		clear() {
			requests = [];
		},
	};
}
