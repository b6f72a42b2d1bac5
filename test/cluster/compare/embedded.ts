import {systemClock} from '../../../src/core/clock.ts';
import {startSandboxApi} from '../../../src/sandbox/api/start-sandbox-api.ts';
import {request} from '../request.ts';
import {seeds} from '../seed.ts';
import {type Asker, tokenOf} from './row.ts';
import type {Server} from './server.ts';

const people = {
	admin: {name: 'admin', groups: ['system:masters']},
	reader: {name: 'reader', groups: ['readers']},
	'shop-dev': {name: 'shop-dev', groups: ['shop-developers']},
	nobody: {name: 'nobody', groups: []},
};

/** The embedded cluster with the people, the namespace and the nodes of the real one; a token is its owner's name. */
export async function embeddedServer(): Promise<Server> {
	const {url, stop} = await startSandboxApi({clock: systemClock(), tokens: people});
	const as = (asker: Asker) => ({url, token: tokenOf(asker, name => name)});
	for (const {path, body} of seeds) await request(as('admin'), {method: 'POST', path, body});
	return {as, stop};
}
