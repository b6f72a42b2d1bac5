import {spreadOf} from '../statistics.ts';
import type {Canaries} from './canaries.ts';
import {leaksIn} from './canaries.ts';
import {type Connection, connect, type Mode, type Place, usualAnswerBytes} from './connection.ts';
import {injection} from './long-log.ts';
import {type Cost, type Safety, type ServerResult, tokensOf} from './result.ts';
import {type Answer, callText, type QuestionName, questions, type Server} from './server.ts';

// The keys of an object literal, which Object.keys forgets.
const questionNames = Object.keys(questions) as readonly QuestionName[];

/** Starts that are measured. */
const starts = 5;

type Needs = {
	readonly place: Place;
	readonly runs: number;
	/** Names of the pods that are listed, and of those that are not ready. */
	readonly pods: {readonly all: readonly string[]; readonly unready: readonly string[]};
	readonly canaries: Canaries;
	readonly say: (line: string) => void;
	readonly signal: AbortSignal;
};

/** What a server cannot answer with its own settings, where others were raised. */
async function failuresOf(server: Server, place: Place): Promise<ReadonlyMap<QuestionName, string>> {
	const failures = new Map<QuestionName, string>();
	if (server.raised === undefined) return failures;
	const connection = await connect(server, 'readOnly', place);
	for (const name of questionNames) {
		const {answers} = await askOnce(server, name, connection);
		const failed = answers.find(({isError}) => isError === true);
		if (failed !== undefined) failures.set(name, textOf(failed).slice(0, 300));
	}
	await connection.close();
	return failures;
}

type Asked = {readonly answers: readonly Answer[]; readonly ms: number};

/** Asks every server everything, in turn after one round to warm up, so that none has the machine at a better time. */
export async function measureServers(servers: readonly [Server, ...Server[]], needs: Needs) {
	const {runs, place, say, signal} = needs;
	const started = new Map<Server, Start[]>();
	for (let run = 0; run < starts; run++) {
		say(`starts, round ${run + 1} of ${starts}`);
		for (const server of run % 2 === 0 ? servers : servers.toReversed()) {
			signal.throwIfAborted();
			started.set(server, [...(started.get(server) ?? []), await startOnce(server, place)]);
		}
	}
	const asked = new Map<string, Asked[]>();
	const open: {readonly server: Server; readonly connection: Connection}[] = [];
	try {
		for (const server of servers) open.push({server, connection: await connect(server, 'readOnly', place, {raised: true})});
		for (const name of questionNames) {
			say(questions[name]);
			for (let run = 0; run <= runs; run++) {
				for (const {server, connection} of run % 2 === 0 ? open : open.toReversed()) {
					signal.throwIfAborted();
					const one = await askOnce(server, name, connection);
					if (run > 0) asked.set(`${server.name} ${name}`, [...(asked.get(`${server.name} ${name}`) ?? []), one]);
				}
			}
		}
	} finally {
		for (const {connection} of open) await connection.close();
	}
	const results: ServerResult[] = [];
	for (const server of servers) {
		say(`${server.name}: leaks`);
		const failures = await failuresOf(server, place);
		const costs = questionNames.map(name => {
			const failureByItself = failures.get(name);
			const cost = costOf(asked.get(`${server.name} ${name}`) ?? [], needs);
			return [name, failureByItself === undefined ? cost : {...cost, failureByItself}];
		});
		const times = started.get(server) ?? [];
		results.push({
			name: server.name,
			version: server.version,
			era: times[0]?.era ?? '',
			connectMs: spreadOf(times.map(({connectMs}) => connectMs)),
			firstAnswerMs: spreadOf(times.map(({firstAnswerMs}) => firstAnswerMs)),
			readOnly: await listed(server, 'readOnly', place),
			withChanges: await listed(server, 'withChanges', place),
			// One entry for each question, which Object.fromEntries cannot say.
			costs: Object.fromEntries(costs) as ServerResult['costs'],
			safety: await safetyOf(server, needs),
		});
	}
	const [own, ...others] = results;
	if (own === undefined) throw new Error('there is a first server');
	return [own, ...others] as const;
}

type Start = {readonly era: string; readonly connectMs: number; readonly firstAnswerMs: number};

async function startOnce(server: Server, place: Place): Promise<Start> {
	const start = performance.now();
	const connection = await connect(server, 'readOnly', place, {raised: true});
	const connectMs = performance.now() - start;
	await askOnce(server, 'list', connection);
	const firstAnswerMs = performance.now() - start;
	const era = connection.client.getNegotiatedProtocolVersion() ?? '';
	await connection.close();
	return {era, connectMs, firstAnswerMs};
}

async function listed(server: Server, mode: Mode, place: Place): Promise<ServerResult['readOnly']> {
	const {client, close} = await connect(server, mode, place);
	const {tools} = await client.listTools();
	await close();
	const described = tools.filter(({outputSchema}) => outputSchema !== undefined).length;
	return {tools: tools.length, described, tokens: tokensOf(tools)};
}

async function askOnce({asks}: Server, name: QuestionName, {ask}: Connection): Promise<Asked> {
	const {tool, input, goesOn} = asks[name];
	const answers: Answer[] = [];
	const start = performance.now();
	for (let more: object | undefined = {}; more !== undefined; ) {
		const answer = await answered(ask(tool, {...input, ...more}));
		answers.push(answer);
		more = goesOn?.(answer);
	}
	return {answers, ms: performance.now() - start};
}

/** An error of the protocol is an answer too: the model reads it. */
const answered = (asking: Promise<Answer>): Promise<Answer> =>
	asking.catch((error: unknown) => ({isError: true, content: [{type: 'text', text: String(error)}]}));

const textOf = ({content}: Answer) => content.map(part => (part.type === 'text' ? part.text : '')).join('\n');

function costOf(asked: readonly Asked[], {pods}: Needs): Cost {
	const answers = asked[0]?.answers ?? [];
	const sum = (size: (answer: Answer) => number) => answers.reduce((total, answer) => total + size(answer), 0);
	const said = answers.map(answer => JSON.stringify(answer)).join('\n');
	const failed = answers.find(({isError}) => isError === true);
	return {
		calls: answers.length,
		tokens: sum(tokensOf),
		textTokens: sum(answer => Math.ceil(textOf(answer).length / 4)),
		ms: spreadOf(asked.map(({ms}) => ms)),
		pods: pods.all.filter(name => said.includes(name)).length,
		tooLong: answers.some(answer => Buffer.byteLength(JSON.stringify(answer)) > usualAnswerBytes),
		unready: pods.unready.filter(name => said.includes(name)).length,
		...(failed === undefined ? {} : {failure: textOf(failed).slice(0, 300)}),
	};
}

const hasEscapes = (text: string) => text.includes('\\u001b') || text.includes('\u001b');
/** How mkcoa marks what others wrote; a server that marks it otherwise is added here. */
const isFenced = (text: string) => /<<<DATA[\s\S]*SYSTEM: ignore[\s\S]*>>>END/.test(text);

async function safetyOf(server: Server, {place, canaries}: Needs): Promise<Safety> {
	const answers: {readonly call: string; readonly readOnly: boolean; readonly answer: Answer}[] = [];
	for (const [mode, calls] of [
		['readOnly', server.reads],
		['withChanges', server.readsWithChanges],
	] as const) {
		if (calls.length === 0) continue;
		const {ask, close} = await connect(server, mode, place);
		for (const call of calls)
			answers.push({call: callText(call), readOnly: mode === 'readOnly', answer: await answered(ask(call.tool, call.input))});
		await close();
	}
	const texts = answers.map(({answer}) => JSON.stringify(answer));
	const leaks = answers.flatMap(({call, readOnly, answer}) =>
		leaksIn(JSON.stringify(answer), canaries).map(what => ({what, call, readOnly})),
	);
	const shown = answers.filter(({answer}) => textOf(answer).includes(injection));
	return {
		calls: answers.length,
		refused: answers.filter(({answer}) => answer.isError === true).map(({call}) => call),
		leaks: leaks.filter(({what}, index) => leaks.findIndex(other => other.what === what) === index),
		escapes: texts.filter(hasEscapes).length,
		injections: shown.length,
		fenced: shown.filter(({answer}) => isFenced(textOf(answer))).length,
	};
}
