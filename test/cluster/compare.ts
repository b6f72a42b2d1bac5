/**
 * Asks a real API server and the embedded one the same questions and prints where the answers differ:
 * `node test/cluster/compare.ts [--real-only] [--record FILE.json] [--report FILE.md] [--only WORD]`.
 */
import {writeFileSync} from 'node:fs';
import {parseArgs} from 'node:util';
import {changing} from './compare/changing.ts';
import {living} from './compare/living.ts';
import {reading} from './compare/reading.ts';
import type {Asker, Body, Row} from './compare/row.ts';
import {type Answer, type Endpoint, request} from './request.ts';
import {startControlPlane} from './start.ts';

export type Recorded = {
	readonly name: string;
	readonly asked: unknown;
	readonly status: number;
	readonly warning?: string | undefined;
	readonly body: unknown;
};
type Server = {readonly as: (asker: Asker) => Endpoint; readonly stop: () => Promise<void>};

const rows: readonly Row[] = [...reading, ...changing, ...living];
const say = (line: string) => process.stderr.write(`${line}\n`);

/** Watches answer one object per line; errors below the API answer plain text. */
function parse(text: string): unknown {
	const lines = text.split('\n').filter(line => line !== '');
	try {
		return lines.length > 1 && lines.every(line => line.startsWith('{"type"')) ? lines.map(line => JSON.parse(line)) : JSON.parse(text);
	} catch {
		return text;
	}
}

async function answerOf(server: Server, row: Row, seen: (name: string) => Body) {
	const asked = typeof row.ask === 'function' ? row.ask(seen) : row.ask;
	const deadline = performance.now() + 20_000;
	for (;;) {
		const answer: Answer = await request(server.as(row.as ?? 'admin'), asked).catch(error => ({
			status: 0,
			headers: {},
			text: String(error),
		}));
		const body = parse(answer.text);
		const isObject = typeof body === 'object' && body !== null;
		// An object's members are unknown until a row reads them, which is what Body says.
		if (!row.until || row.until(isObject ? (body as Body) : {}, answer)) return {asked, answer, body, late: false};
		if (performance.now() > deadline) return {asked, answer, body, late: true};
		await new Promise(resolve => setTimeout(resolve, 200));
	}
}

async function record(server: Server): Promise<Recorded[]> {
	const bodies = new Map<string, unknown>();
	// An unanswered row reads as an empty object, so that later rows fail by their answers alone.
	const seen = (name: string) => (bodies.get(name) ?? {}) as Body;
	const recorded: Recorded[] = [];
	for (const row of rows) {
		const {asked, answer, body, late} = await answerOf(server, row, seen);
		if (late) say(`${row.name}: did not come about in 20 s`);
		bodies.set(row.name, body);
		const {warning} = answer.headers;
		recorded.push({
			name: row.name,
			asked: {as: row.as ?? 'admin', ...asked},
			status: answer.status,
			warning: Array.isArray(warning) ? warning.join() : warning,
			body,
		});
	}
	return recorded;
}

async function realServer(): Promise<Server> {
	const {url, ca, tokens, stop} = await startControlPlane({say});
	const tokenOf = (asker: Asker) => (asker === 'anonymous' ? undefined : asker === 'wrong-token' ? 'wrong' : tokens[asker]);
	return {as: asker => ({url, ca, token: tokenOf(asker)}), stop};
}

const {values} = parseArgs({options: {record: {type: 'string'}}});
const real = await realServer();
try {
	const answers = await record(real);
	if (values.record) writeFileSync(values.record, JSON.stringify(answers, null, 1));
	say(`${answers.length} answers`);
} finally {
	await real.stop();
}
