import {isIP} from 'node:net';
import {MkcoaError} from '../../core/error.ts';
import {hostOf} from '../../core/loopback.ts';
import type {Trust} from '../../mcp/monitoring/configured/sign-in.ts';
import type {Send} from '../../mcp/monitoring/http/send.ts';
import {addressGuard, forbiddenWhy} from '../../mcp/outside/address-guard.ts';
import type {Host} from '../host.ts';
import {outsideSender} from '../outside-sender.ts';

/**
 * The way to a server that monitoring.yaml names. It may be anywhere in a private network, but is no metadata service.
 * @throws MkcoaError `address-not-allowed`
 */
export async function monitoringSender(server: URL, environment: Host['env'], trust: Trust): Promise<Send> {
	const host = hostOf(server);
	if (isIP(host) !== 0 && !addressGuard(server).allows(host))
		throw new MkcoaError({
			kind: 'usage',
			code: 'address-not-allowed',
			what: `${server.host} is not asked`,
			why: forbiddenWhy,
			next: 'Give the address of a monitoring server in monitoring.yaml',
		});
	return outsideSender(server, environment, trust);
}
