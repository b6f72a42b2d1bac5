import type {EventEmitter} from 'node:events';
import fc from 'fast-check';
import {tokensOf} from '../../src/mcp/edge/listed-schema.ts';
import {clientOver, pipes, textOf} from './edge-client.ts';
import {heapUsed} from './heap-used.ts';
import type {Shop} from './shop.ts';
import {argumentsOf} from './wild-arguments.ts';

/** What calls with hostile arguments came to. */
export type Tried = {
	readonly calls: number;
	/** By what was answered: `done`, `waiting`, a refusal, an error of the protocol. */
	readonly answers: {readonly [answer: string]: number};
	readonly effects: readonly string[];
	/** What nobody caught. */
	readonly uncaught: readonly string[];
	/** Calls whose answer is wrong: it is too long, or does not say what to do. */
	readonly wrong: readonly string[];
	/** Bytes that the heap grew by in the second half. */
	readonly grownBytes: number;
	readonly slowestMs: number;
};

/** Tokens of an answer of a change, or of a read that does not say how long it may be. What stands around it is little. */
const most = 4000;
const around = 300;

/** Calls every tool that is served with changes allowed, each with so many arguments of its own schema. */
export async function tryArguments(shop: Shop, callsPerTool: number, seed: number): Promise<Tried> {
	const ways = pipes();
	const served = shop.run(['mcp', 'serve', '--allow-changes', '--toolsets', 'kubernetes,deploy'], {pipes: ways});
	const client = await clientOver(ways, 'modern');
	const {tools} = await client.listTools();
	const uncaught: string[] = [];
	const note = (error: unknown) => void uncaught.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
	const watched: EventEmitter = process;
	watched.on('unhandledRejection', note).on('uncaughtExceptionMonitor', note);
	const answers: {[answer: string]: number} = {};
	const wrong: string[] = [];
	let calls = 0;
	let slowestMs = 0;

	async function one(name: string, input: {readonly [field: string]: unknown}): Promise<void> {
		calls += 1;
		const shown = `${name} ${JSON.stringify(input).slice(0, 300)}`;
		const startMs = performance.now();
		const answer = await client.callTool({name, arguments: input}, {timeout: 30_000}).catch((error: Error) => error);
		slowestMs = Math.max(slowestMs, performance.now() - startMs);
		const kind = answer instanceof Error ? 'refused by the protocol' : answer.isError === true ? 'refused' : kindOf(answer);
		answers[kind] = (answers[kind] ?? 0) + 1;
		if (answer instanceof Error) {
			if (answer.message === '' || /timed? ?out|closed|internal/i.test(answer.message))
				wrong.push(`${shown}: ${answer.message.slice(0, 300)}`);
			return;
		}
		const text = textOf(answer);
		const asked = Number(input.max_tokens);
		const budget = asked >= most && asked <= 25_000 ? asked : most;
		const tokens = tokensOf(text) + tokensOf(answer.structuredContent ?? {});
		if (tokens > budget + around) wrong.push(`${shown}: ${tokens} tokens`);
		if (kind === 'refused' && (/did not foresee|is a bug|bug in mkcoa/i.test(text) || !/^Next: \S/m.test(text)))
			wrong.push(`${shown}: ${text.slice(0, 400)}`);
		if (kind === 'refused' && /does not fit/.test(text) && !/The value of .+ does not fit\n(?:Why|Next): \S/.test(text))
			wrong.push(`${shown}: ${text.slice(0, 400)}`);
	}

	const rounds = tools.map(tool => ({
		name: tool.name,
		inputs: fc.sample(argumentsOf(tool.inputSchema as Parameters<typeof argumentsOf>[0]), {numRuns: callsPerTool, seed}),
	}));
	shop.sandbox.requests.clear();
	const effects: string[] = [];
	let half = 0;
	for (let at = 0; at < callsPerTool; at++) {
		if (at === Math.floor(callsPerTool / 2)) half = await heapUsed();
		for (const {name, inputs} of rounds) await one(name, inputs[at] as {readonly [field: string]: unknown});
		effects.push(...shop.sandbox.requests.writes().map(({method, path}) => `${method} ${path}`));
		// What the embedded cluster remembers of requests is not what the edge keeps.
		shop.sandbox.requests.clear();
	}
	const grownBytes = (await heapUsed()) - half;
	await client.close();
	ways.input.end();
	await served;
	watched.off('unhandledRejection', note).off('uncaughtExceptionMonitor', note);
	return {calls, answers, effects, uncaught, wrong, grownBytes, slowestMs};
}

function kindOf({structuredContent}: {readonly structuredContent?: unknown}): string {
	const {kind} = Object(structuredContent) as {readonly kind?: unknown};
	return typeof kind === 'string' && /^[a-z-]+$/.test(kind) ? kind : 'read';
}
