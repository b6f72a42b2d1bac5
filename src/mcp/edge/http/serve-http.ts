import {createServer as createPlain, type IncomingMessage, type RequestListener, type Server} from 'node:http';
import {createServer as createTls} from 'node:https';
import type {AddressInfo} from 'node:net';
import {toNodeHandler} from '@modelcontextprotocol/node';
import {MkcoaError} from '../../../core/error.ts';
import type {EdgeHandler} from './edge-handler.ts';

type Listening = {
	readonly host: string;
	/** 0 for any that is free. */
	readonly port: number;
	/** PEM texts. */
	readonly tls?: {readonly cert: string; readonly key: string} | undefined;
	readonly onError: (error: Error) => void;
};

/** A server that listens. */
export type EdgeListener = {
	readonly port: number;
	/** Takes no more requests, lets those under way end for a while, and closes. */
	readonly stop: (graceMs: number) => Promise<void>;
};

/** Time for a request to arrive whole: whoever is slower holds a connection for nothing. */
const arrivalMs = 30_000;
const mostConnections = 4096;
const idleMs = 50;

/** @throws MkcoaError `address-taken`, `address-not-here`, or the system's error where the address cannot be had otherwise */
export async function listenHttp(handler: EdgeHandler, {host, port, tls, onError}: Listening): Promise<EdgeListener> {
	const serve = toNodeHandler(handler, {onerror: onError});
	const listener: RequestListener = (request, response) => {
		if (!isAddressed(request)) return void response.writeHead(400, {connection: 'close'}).end();
		// Node says that an incoming message may have neither method nor address; one that a server was given has both.
		void serve(request as Parameters<typeof serve>[0], response).catch(onError);
	};
	const limits = {requestTimeout: arrivalMs, headersTimeout: arrivalMs, keepAliveTimeout: 15_000, maxHeaderSize: 16_384};
	const server = tls === undefined ? createPlain(limits, listener) : createTls({...limits, ...tls, minVersion: 'TLSv1.2'}, listener);
	server.maxConnections = mostConnections;
	server.on('clientError', (_, socket) => void socket.destroy());
	await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve)).catch(error => {
		throw inWords(error, `${host}:${port}`);
	});
	server.on('error', onError);
	return {
		port: (server.address() as AddressInfo).port,
		async stop(graceMs) {
			handler.endStreams();
			await closed(server, graceMs);
			await handler.close();
		},
	};
}

function inWords(error: NodeJS.ErrnoException, address: string): unknown {
	const {code = '', message} = error;
	const [what, next] = refusals[code] ?? [];
	if (what === undefined || next === undefined) return error;
	return new MkcoaError({kind: 'environment', code: 'no-address', what: `${address} ${what}`, next, quoted: message});
}

const refusals: {readonly [code: string]: readonly [what: string, next: string]} = {
	EADDRINUSE: ['is taken: another program serves there', 'Name another port, such as --http 8766, or end that program'],
	EADDRNOTAVAIL: ['is no address of this machine', 'Name one that is, or 127.0.0.1'],
	ENOTFOUND: ['is no name that this machine knows', 'Check the spelling, or give an address'],
	EACCES: ['may not be opened by your account', 'Name a port above 1023, such as --http 8765'],
};

/** Whether an address can be made of it at all, and its method is one that `Request` takes: the others are nobody's mistake here. */
const isAddressed = ({method, headers: {host = 'localhost'}}: IncomingMessage) => URL.canParse(`http://${host}/`) && method !== 'TRACE';

function closed(server: Server, graceMs: number): Promise<void> {
	return new Promise(resolve => {
		const timer = setTimeout(() => server.closeAllConnections(), graceMs);
		// A connection that is kept alive becomes idle when its last answer is through, and would then be waited for.
		const idle = setInterval(() => server.closeIdleConnections(), idleMs);
		server.close(() => {
			clearTimeout(timer);
			clearInterval(idle);
			resolve();
		});
		server.closeIdleConnections();
	});
}
