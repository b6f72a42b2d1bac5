import type {ServerResponse} from 'node:http';
import {type Clock, systemClock} from '../../src/core/clock.ts';
import {outsideSender} from '../../src/main/outside-sender.ts';
import {directWire} from '../../src/mcp/monitoring/http/direct-wire.ts';
import type {Server, Wire} from '../../src/mcp/monitoring/http/wire.ts';
import {monitoringServer} from './monitoring-server.ts';
import {type Seen, scriptedServer} from './scripted-server.ts';

type Options = {
	readonly area?: Server['area'];
	readonly headers?: {readonly [name: string]: string};
	readonly clock?: Clock;
	readonly signal?: AbortSignal;
	readonly patienceMs?: number;
};

/** The road to a server of monitoring that there is. */
export async function wireTo(
	url: string,
	{area = 'metrics', headers, clock = systemClock(), signal, patienceMs = 10_000}: Options = {},
): Promise<Wire> {
	return directWire({
		...{server: monitoringServer(area), base: url, headers: async () => headers ?? {}, isSignedIn: headers !== undefined},
		...{send: await outsideSender(new URL(url), {}), clock, signal: signal ?? new AbortController().signal, patienceMs},
	});
}

/** A server on loopback that answers as told, and the road to it. */
export async function wireToScript(script: (seen: Seen, response: ServerResponse) => unknown, options: Options = {}) {
	const {url, seen} = await scriptedServer(script);
	return {wire: await wireTo(url, options), seen, url};
}
