import type {InputRequests} from '@modelcontextprotocol/server';

/** Responses by the keys of their questions. Nobody has checked them. */
export type Answers = {readonly [key: string]: unknown};

/** What a task asks its client at one time. */
export type Questions = {
	/** All answers, by the keys that the run gave. Rejects with the signal's reason. */
	readonly answers: (signal: AbortSignal) => Promise<Answers>;
	/** Those that wait for an answer. */
	readonly open: () => InputRequests;
	/** @returns whether some are still open after these answers */
	readonly take: (responses: Answers) => boolean;
};

/** Questions of one round. Their keys carry the round's number, since a task may use no key twice. */
export function questionsOf(requests: InputRequests, round: number): Questions {
	const open = new Map(Object.entries(requests).map(([key, request]) => [`${key}-${round}`, {key, request}]));
	const given = new Map<string, unknown>();
	const {promise, resolve, reject} = Promise.withResolvers<Answers>();
	return {
		async answers(signal) {
			signal.throwIfAborted();
			const leave = () => reject(signal.reason);
			signal.addEventListener('abort', leave, {once: true});
			return promise.finally(() => signal.removeEventListener('abort', leave));
		},
		open: () => Object.fromEntries([...open].map(([key, {request}]) => [key, request])),
		take(responses) {
			for (const [asked, response] of Object.entries(responses)) {
				const question = open.get(asked);
				if (question === undefined) continue;
				open.delete(asked);
				given.set(question.key, response);
			}
			if (open.size > 0) return true;
			resolve(Object.fromEntries(given));
			return false;
		},
	};
}
