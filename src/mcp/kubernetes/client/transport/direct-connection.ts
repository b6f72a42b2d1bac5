import {type AgentOptions, type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage} from 'node:http';
import {Agent as HttpsAgent, request as httpsRequest} from 'node:https';
import {createSecureContext} from 'node:tls';
import type {HttpConnection, TimeoutsMs, TlsOptions} from './http-connection.ts';

/** Sockets of a server that is reached without a proxy. Node's own client: it is there already, where others take a quarter of a command's time to load. */
export function directConnection(tls: TlsOptions, server: URL, timeoutsMs: TimeoutsMs): HttpConnection {
	const isTls = server.protocol === 'https:';
	// The agent's time-out ends free sockets alone: on one in use it is an event that nobody listens to.
	const keeping = {keepAlive: true, timeout: timeoutsMs.freeMs};
	const agent = isTls ? tlsAgent(tls, keeping) : new HttpAgent(keeping);
	const send = isTls ? httpsRequest : httpRequest;
	return {
		request({origin, path, method, headers, body, signal, bodyTimeout = timeoutsMs.bodyMs}) {
			const {promise, resolve, reject} = Promise.withResolvers<Awaited<ReturnType<HttpConnection['request']>>>();
			// The address has been parsed before, and its path may hold what a second parse would change.
			const {hostname, port} = addressOf(origin);
			// Node states the length of its own accord for some methods only, and DELETE is none of them.
			const length = body === undefined ? {} : {'content-length': Buffer.byteLength(body)};
			const stop = signal === undefined ? {} : {signal};
			const request = send({agent, hostname, port, path, method, headers: {...headers, ...length}, ...stop});
			request.on('error', reject).on('response', (response: IncomingMessage) => {
				if (bodyTimeout > 0) response.setTimeout(bodyTimeout, () => response.destroy(timeout('BODY_TIMEOUT')));
				resolve({statusCode: response.statusCode ?? 0, headers: response.headers, body: response});
			});
			giveUpLate(request, isTls, timeoutsMs);
			request.end(body);
			return promise;
		},
		async close() {
			agent.maxFreeSockets = 0;
			for (const socket of Object.values(agent.freeSockets).flatMap((sockets = []) => sockets)) socket.destroy();
		},
		destroy: async () => agent.destroy(),
	};
}

/** Certificates are read once, not for each socket. */
function tlsAgent({ca, cert, key, servername, rejectUnauthorized}: TlsOptions, keeping: AgentOptions): HttpsAgent {
	const secureContext = createSecureContext({...(ca === undefined ? {} : {ca: [...ca]}), cert, key});
	return new HttpsAgent({...keeping, secureContext, rejectUnauthorized, ...(servername === undefined ? {} : {servername})});
}

function addressOf(origin: string): {readonly hostname: string; readonly port: string} {
	const {hostname, port} = new URL(origin);
	return {hostname: hostname.replace(/^\[|\]$/g, ''), port};
}

/** Ends a request whose connection or whose answer does not come. The two times follow one another. */
function giveUpLate(request: ClientRequest, isTls: boolean, {connectMs, headersMs}: TimeoutsMs): void {
	let timer: NodeJS.Timeout | undefined;
	const wait = (ms: number, code: string) => {
		clearTimeout(timer);
		timer = setTimeout(() => request.destroy(timeout(code)), ms);
	};
	request.on('socket', socket => {
		if (!socket.connecting && request.reusedSocket) return wait(headersMs, 'HEADERS_TIMEOUT');
		wait(connectMs, 'CONNECT_TIMEOUT');
		socket.once(isTls ? 'secureConnect' : 'connect', () => wait(headersMs, 'HEADERS_TIMEOUT'));
	});
	request.on('response', () => clearTimeout(timer)).on('close', () => clearTimeout(timer));
}

const timeout = (code: string) => Object.assign(new Error(code), {code});
