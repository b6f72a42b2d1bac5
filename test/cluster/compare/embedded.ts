import {systemClock} from '../../../src/core/clock.ts';
import {startSandboxApi} from '../../../src/sandbox/api/start-sandbox-api.ts';
import {startLife} from '../../../src/sandbox/life/life.ts';
import {node} from '../../../src/sandbox/scenarios/nodes.ts';
import {startTraffic} from '../../../src/sandbox/traffic/traffic.ts';
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

/**
 * The embedded cluster with the people, the namespace and the nodes of the real one; a token is its owner's name.
 * It lives five times faster: its kubelets take their time over images, where KWOK takes a second.
 */
export async function embeddedServer(): Promise<Server & {readonly kubectlConfig: string}> {
	const clock = systemClock({speed: 5});
	const {url, machine, kubectlConfig, compact, stop} = await startSandboxApi({clock, tokens: people});
	const {usage, http, ...traffic} = startTraffic(machine, clock);
	const life = startLife({machine, clock, seed: 'compare', usage, http});
	const bornAt = new Date(clock.now()).toISOString();
	for (const [number, zone] of ['a', 'b', 'c'].entries()) {
		const born = node({name: `node-${zone}`, number, at: bornAt});
		machine.update({...machine.create(born), status: born.status ?? null}, 'kubelet', 'status');
	}
	const as = (asker: Asker) => ({url, token: tokenOf(asker, name => name)});
	for (const {path, body} of seeds) await request(as('admin'), {method: 'POST', path, body});
	return {
		as,
		kubectlConfig,
		forget: async () => compact(),
		async stop() {
			life.stop();
			traffic.stop();
			await stop();
		},
	};
}
