import {randomUUID} from 'node:crypto';
import type {Options} from '../commands/options.ts';
import type {Clock} from '../core/clock.ts';
import {MkcoaError} from '../core/error.ts';
import type {Impersonation} from '../mcp/kubernetes/kubeconfig/kubeconfig.ts';
import type {ClusterClient} from '../mcp/kubernetes/port.ts';
import type {Host} from './host.ts';
import {scenarios} from './scenario-names.ts';

export type Connection = {readonly client: ClusterClient; readonly close: () => Promise<void>};

type Opening = {
	readonly options: Options;
	readonly host: Host;
	readonly clock: Clock;
	readonly learn: (secret: string) => void;
	readonly warn: (text: string) => void;
	readonly signal: AbortSignal;
	/** Whom to act as, in place of whom the kubeconfig says. */
	readonly actAs?: Impersonation | undefined;
	/** An embedded cluster is taken for none that another command has. */
	readonly apart?: boolean | undefined;
};

/** Connects to the cluster that the options name: a context of the kubeconfig, or an embedded one that lives as long as this process. */
export async function openCluster(opening: Opening): Promise<Connection> {
	return opening.options.sandbox === undefined ? openReal(opening) : openSandbox(opening, opening.options.sandbox);
}

async function openReal(opening: Opening): Promise<Connection> {
	const {options, host, learn} = opening;
	const {loadKubeconfig} = await import('../mcp/kubernetes/kubeconfig/load-kubeconfig.ts');
	const kubeconfig = await loadKubeconfig({file: options.kubeconfig, environment: host.env, home: host.home, learn});
	const client = await connectTo(opening, kubeconfig);
	return {client, close: client.close};
}

async function openSandbox(opening: Opening, scenario: string): Promise<Connection> {
	const [{startSandbox}, {parseKubeconfig}, {mergeKubeconfigs}] = await Promise.all([
		import('../sandbox/start.ts'),
		import('../mcp/kubernetes/kubeconfig/parse-kubeconfig.ts'),
		import('../mcp/kubernetes/kubeconfig/load-kubeconfig.ts'),
	]);
	const name = scenarioNamed(scenario);
	// Each scenario is a cluster of its own: a plan made in one is refused in another. The next command begins it anew, so a plan holds there too; not
	// so where somebody goes on looking at this one.
	const seed = `sandbox-${name}${opening.apart === true ? `-${randomUUID()}` : ''}`;
	const sandbox = await startSandbox({scenario: name, clock: opening.clock, seed});
	const path = 'the embedded cluster';
	// The tokens of the embedded cluster are words, and no secrets.
	const client = await connectTo({...opening, learn() {}}, mergeKubeconfigs([{path, parsed: parseKubeconfig(sandbox.kubeconfig, path)}]));
	return {
		client,
		async close() {
			await client.close();
			await sandbox.stop();
		},
	};
}

/** @throws `unknown-scenario` with the ones that there are */
export function scenarioNamed(name: string): string {
	const names = scenarios.map(scenario => scenario.name as string);
	if (name === '') return names[0] ?? '';
	if (names.includes(name)) return name;
	throw new MkcoaError({
		kind: 'usage',
		code: 'unknown-scenario',
		what: `There is no scenario ${JSON.stringify(name)}`,
		why: `there are ${names.join(', ')}`,
		next: 'See mkcoa sandbox scenarios',
	});
}

type Kubeconfig = Awaited<ReturnType<typeof import('../mcp/kubernetes/kubeconfig/load-kubeconfig.ts').loadKubeconfig>>;

async function connectTo({options, host, clock, learn, warn, signal, actAs}: Opening, kubeconfig: Kubeconfig): Promise<ClusterClient> {
	const {connect} = await import('../mcp/kubernetes/client/connect.ts');
	return connect({
		kubeconfig,
		context: options.sandbox === undefined ? options.context : undefined,
		namespace: options.namespace,
		actAs,
		clock,
		environment: host.env,
		interactive: host.streams.canAsk,
		learn,
		warn,
		signal,
	});
}
