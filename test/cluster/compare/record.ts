import {type Answer, type Endpoint, type Question, request} from '../../servers/request.ts';
import type {Asker} from '../../servers/server.ts';
import type {Body, Row} from './row.ts';

export type Recorded = {
	readonly name: string;
	readonly asked: Question & {readonly as: Asker};
	readonly status: number;
	readonly warning: string | undefined;
	readonly body: unknown;
	/** The row waited for something that did not come about. */
	readonly late: boolean;
};

type Options = {readonly as: (asker: Asker) => Endpoint /** How long a row may ask again. */; readonly patienceMs: number};

/** Asks every row in order. Never throws for an answer: a failed connection is status 0. */
export async function record(rows: readonly Row[], {as, patienceMs}: Options): Promise<Recorded[]> {
	const bodies = new Map<string, unknown>();
	const seen = (name: string) => members(bodies.get(name));
	const recorded: Recorded[] = [];
	for (const row of rows) {
		const asker = row.as ?? 'admin';
		const question = typeof row.ask === 'function' ? row.ask(seen) : row.ask;
		const {answer, body, late} = await answerOf(as(asker), question, patienceMs, row.until);
		bodies.set(row.name, body);
		if (row.quiet) continue;
		const {warning} = answer.headers;
		recorded.push({
			name: row.name,
			asked: {as: asker, ...question},
			status: answer.status,
			warning: Array.isArray(warning) ? warning.join() : warning,
			body,
			late,
		});
	}
	return recorded;
}

async function answerOf(endpoint: Endpoint, question: Question, patienceMs: number, isRight: Row['until'] = () => true) {
	const deadline = performance.now() + patienceMs;
	// Named after this program, since a manager of fields is named after the user agent.
	const asked = {...question, headers: {'user-agent': 'compare/1', ...question.headers}};
	for (;;) {
		const answer: Answer = await request(endpoint, asked).catch(error => ({status: 0, headers: {}, text: String(error)}));
		const body = parse(answer.text);
		if (isRight(members(body), answer)) return {answer, body, late: false};
		if (performance.now() > deadline) return {answer, body, late: true};
		await new Promise(resolve => setTimeout(resolve, 200));
	}
}

/** An answer that is no object has no members, so that later rows fail by their own answers alone. */
const members = (body: unknown): Body => (typeof body === 'object' && body !== null ? {...body} : {});

/** Watches answer one object per line; what is not JSON stays text. */
function parse(text: string): unknown {
	try {
		if (!text.startsWith('{"type"')) return JSON.parse(text);
		const events: unknown[] = text
			.split('\n')
			.filter(line => line.endsWith('}'))
			.map(line => JSON.parse(line));
		return events;
	} catch {
		return text;
	}
}
