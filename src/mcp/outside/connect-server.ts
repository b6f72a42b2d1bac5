import {Client, type ConnectOptions, UnauthorizedError} from '@modelcontextprotocol/client';
import {type Clock, sleep} from '../../core/clock.ts';
import {type CalledTool, calledTool} from './called-tool.ts';
import {openWay, type Reaching} from './open-way.ts';
import {definitionsOf, type Listed} from './tool-definition.ts';
import {troubleWith} from './trouble-with.ts';

export type Era = 'legacy' | 'modern';

/** A third party's server, connected. */
export type OutsideServer = {
	readonly name: string;
	readonly era: Era;
	/** Asked anew each time. @throws MkcoaError in words */
	readonly list: (signal: AbortSignal) => Promise<Listed>;
	/** @throws MkcoaError in words; what the server says of a failure stands in `quoted` */
	readonly call: (tool: string, input: {readonly [field: string]: unknown}, signal: AbortSignal) => Promise<CalledTool>;
	/** Whether the connection has ended: what follows needs another one. */
	readonly isOver: () => boolean;
	/** Ends the program, or the session at the address. */
	readonly close: () => Promise<void>;
};

export type Connecting = Omit<Reaching, 'connectMs'> & {
	readonly name: string;
	readonly version: string;
	readonly signal: AbortSignal;
	/** It is started for the first time: a package runner may fetch it first. */
	readonly isFirst?: boolean | undefined;
	/** The era that the server spoke last; asked for if left out. */
	readonly era?: Era | undefined;
	/** Waits until the person who was sent to the browser comes back; undefined where nobody is there to sign in. */
	readonly comesBack?: (() => Promise<URLSearchParams>) | undefined;
};

/** What a conversation waits for a server; one that is added may have to be fetched first. */
const connectMs = {usual: 20_000, first: 120_000} as const;
/** A server of the older era may be silent on the question for the newer one. */
const probeMs = 4000;
const listMs = 20_000;
const callMs = 120_000;
/** Of a call whose server tells how it goes on. */
const longestCallMs = 900_000;
const mostPages = 20;

/** Takes every schema for kept: what comes is untrusted in any case, and no code is made from what a server wrote. */
const trusting = {getValidator: () => (value: unknown) => ({valid: true as const, data: value as never, errorMessage: undefined})};

/**
 * Connects to a server in the era that both speak. It is offered nothing: no sampling, no elicitation, no files.
 * @throws MkcoaError in words: `outside-unreachable`, `outside-slow`, `outside-sign-in`, …
 */
export async function connectServer(connecting: Connecting): Promise<OutsideServer> {
	const {entry, era} = connecting;
	try {
		return await connectOnce(connecting, era === 'legacy' ? 'legacy' : 'auto');
	} catch (error) {
		// A program of the older era may end when it is asked something before it was greeted.
		if ('url' in entry || era === 'legacy' || connecting.signal.aborted || !endedEarly(error)) throw error;
		return connectOnce(connecting, 'legacy');
	}
}

const ended = new WeakSet<object>();
const endedEarly = (error: unknown) => typeof error === 'object' && error !== null && ended.has(error);

async function connectOnce(connecting: Connecting, mode: 'legacy' | 'auto'): Promise<OutsideServer> {
	const {name, entry, version, clock, signal} = connecting;
	const way = await openWay({...connecting, connectMs: connectMs.usual});
	const client = new Client(
		{name: 'mkcoa', version},
		{
			capabilities: {},
			versionNegotiation: {mode, probe: {timeoutMs: probeMs}},
			inputRequired: {autoFulfill: false},
			jsonSchemaValidator: trusting,
			listMaxPages: mostPages,
		},
	);
	let hasEnded = false;
	way.transport.onclose = () => {
		hasEnded = true;
	};
	const close = async () => {
		await way.leave?.();
		await client.close().catch(() => {});
		await way.close();
	};
	const inWords = (error: unknown, until = signal) =>
		way.failure?.() ?? troubleWith({name, entry, error, lastWords: way.lastWords(), hasEnded, aborted: until.aborted});
	try {
		const ms = connecting.isFirst === true ? connectMs.first : connectMs.usual;
		await withDeadline(client.connect(way.transport, optionsOf(ms, signal)), {clock, ms, signal});
	} catch (error) {
		const told = inWords(error);
		if (hasEnded) ended.add(told);
		const {comesBack} = connecting;
		const signsIn = error instanceof UnauthorizedError && comesBack !== undefined && way.finish !== undefined;
		try {
			if (!signsIn) throw told;
			await way.finish(await comesBack());
		} catch (error) {
			throw inWords(error);
		} finally {
			await close();
		}
		return connectOnce({...connecting, comesBack: undefined}, mode);
	}
	const within = async <Answer>(until: AbortSignal, go: () => Promise<Answer>): Promise<Answer> => {
		try {
			return await go();
		} catch (error) {
			throw inWords(error, until);
		}
	};
	return {
		name,
		era: client.getProtocolEra() === 'modern' ? 'modern' : 'legacy',
		list: until =>
			within(until, async () => {
				if (client.getServerCapabilities()?.tools === undefined) return {tools: [], leftOut: []};
				return definitionsOf((await client.listTools(undefined, {...optionsOf(listMs, until), cacheMode: 'refresh'})).tools);
			}),
		call: (tool, input, until) =>
			within(until, async () => {
				const options = {...optionsOf(callMs, until), resetTimeoutOnProgress: true, maxTotalTimeout: longestCallMs};
				return calledTool(name, tool, await client.callTool({name: tool, arguments: {...input}}, options));
			}),
		isOver: () => hasEnded,
		close,
	};
}

const optionsOf = (timeout: number, signal: AbortSignal): ConnectOptions => ({timeout, signal});

/** The SDK's own time-outs are those of single messages: a program that never starts to listen is none. */
async function withDeadline<Answer>(
	work: Promise<Answer>,
	{clock, ms, signal}: {readonly clock: Clock; readonly ms: number; readonly signal: AbortSignal},
): Promise<Answer> {
	const done = new AbortController();
	const late = sleep(clock, ms, AbortSignal.any([done.signal, signal])).then(() => {
		throw new DOMException('The server did not answer in time', 'TimeoutError');
	});
	try {
		return await Promise.race([work, late]);
	} finally {
		done.abort();
		late.catch(() => {});
		work.catch(() => {});
	}
}
