import {readFileSync} from 'node:fs';
import {z} from 'zod';

const Line = z.object({
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
	readonly code: number | undefined;
	/** From the arrival of the request to the end of its answer. */
	readonly ms: number;
};

/** Every finished request of a person, oldest first, from the file `ControlPlane.auditLog`. */
export function auditedRequests(auditLog: string): readonly Audited[] {
	const lines = readFileSync(auditLog, 'utf8')
		.split('\n')
		.filter(line => line !== '');
	return lines.map(line => {
		const {verb, requestURI, user, responseStatus, requestReceivedTimestamp, stageTimestamp} = Line.parse(JSON.parse(line));
		const ms = Date.parse(stageTimestamp) - Date.parse(requestReceivedTimestamp);
		return {user: user.username, verb, path: requestURI, code: responseStatus?.code, ms};
	});
}

const reads = new Set(['get', 'list', 'watch']);
/** Questions about rights are sent by POST and change nothing. */
const questions = /^\/apis\/(authorization|authentication)\.k8s\.io\//;

/** Requests that could have changed something: dry runs are none. */
export const writes = (requests: readonly Audited[]) =>
	requests.filter(({verb, path}) => !reads.has(verb) && !questions.test(path) && !/[?&]dryRun=All\b/.test(path));
