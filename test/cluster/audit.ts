import {readFileSync} from 'node:fs';
import {z} from 'zod';

const Line = z.object({
	auditID: z.string(),
	verb: z.string(),
	requestURI: z.string(),
	// Nobody's, where the token was not accepted.
	user: z.object({username: z.string().default('')}),
	responseStatus: z.object({code: z.number()}).optional(),
	requestReceivedTimestamp: z.iso.datetime(),
	stageTimestamp: z.iso.datetime(),
});
export type Audited = {
	readonly user: string;
	readonly verb: string;
	readonly path: string;
	/** Undefined until the answer has begun; a long one may reach its reader before this is known. */
	readonly code: number | undefined;
	/** From the arrival of the request to the end of its answer. */
	readonly ms: number;
};

/**
 * Every request of a person, oldest first, from the file `ControlPlane.auditLog`. The server writes that a request came before it does
 * anything about it, so what is not here was not asked by anybody who has an answer.
 */
export function auditedRequests(auditLog: string): readonly Audited[] {
	const text = readFileSync(auditLog, 'utf8');
	// The last line may be half written.
	const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
	const requests = new Map<string, Audited>();
	for (const line of lines) {
		if (line === '') continue;
		const {auditID, verb, requestURI, user, responseStatus, requestReceivedTimestamp, stageTimestamp} = Line.parse(JSON.parse(line));
		const ms = Date.parse(stageTimestamp) - Date.parse(requestReceivedTimestamp);
		requests.set(auditID, {user: user.username, verb, path: requestURI, code: responseStatus?.code, ms});
	}
	return [...requests.values()];
}

const reads = new Set(['get', 'list', 'watch']);
/** Questions about rights are sent by POST and change nothing. */
const questions = /^\/apis\/(authorization|authentication)\.k8s\.io\//;

/** Requests that could have changed something: dry runs are none. */
export const writes = (requests: readonly Audited[]) =>
	requests.filter(({verb, path}) => !reads.has(verb) && !questions.test(path) && !/[?&]dryRun=All\b/.test(path));
