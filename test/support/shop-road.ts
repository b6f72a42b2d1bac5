import {observing} from '../../src/agents/deploy/optimize/observation-ports.ts';
import {usualSettings} from '../../src/analysis/audit-log/rule.ts';
import type {JournalReader} from '../../src/core/journal.ts';
import type {Json} from '../../src/core/json.ts';
import type {AnyOutcome} from '../../src/core/outcome.ts';
import type {Road} from '../../src/core/road/road.ts';
import {runTool} from '../../src/core/road/run-tool.ts';
import type {AnyTool} from '../../src/core/tool.ts';
import {monitoringFinder} from '../../src/main/monitoring/monitoring-finder.ts';
import {clusterWithServers, effectorWithServers} from '../../src/main/monitoring/with-server-objects.ts';
import type {Ports} from '../../src/main/ports.ts';
import {toolNamed} from '../../src/main/tool-groups.ts';
import {connect} from '../../src/mcp/kubernetes/client/connect.ts';
import {mergeKubeconfigs} from '../../src/mcp/kubernetes/kubeconfig/load-kubeconfig.ts';
import {parseKubeconfig} from '../../src/mcp/kubernetes/kubeconfig/parse-kubeconfig.ts';
import {serverObjects} from '../../src/mcp/monitoring/objects/server-objects.ts';
import {startSandbox} from '../../src/sandbox/start.ts';
import {memoryRoad} from './memory-road.ts';
import {noValues} from './no-values.ts';
import {skippingClock} from './skipping-clock.ts';
import {whenOver} from './when-over.ts';

const noJournal: JournalReader = {
	list: async () => [],
	entry: async () => undefined,
	effects: async () => [],
	sealed: async () => ({}),
	outcome: async () => undefined,
};

type Choices = {
	readonly speed?: number;
	readonly scenario?: string;
	/** When it begins, in milliseconds since 1970: the shop has more to do by day. Now if left out. */
	readonly startMs?: number;
};

/** The embedded shop, or another scenario, whose time runs fast, and a road into it whose clock is the same. */
export async function shopRoad({speed = 60, scenario = 'shop', startMs}: Choices = {}) {
	const clock = skippingClock({speed, startMs});
	const sandbox = await startSandbox({scenario, clock});
	const kubeconfig = mergeKubeconfigs([{path: 'sandbox', parsed: parseKubeconfig(sandbox.kubeconfig, 'sandbox')}]);
	const client = await connect({kubeconfig, namespace: scenario, clock, environment: {}, interactive: false, learn() {}, warn() {}});
	whenOver(async () => {
		await client.close();
		await sandbox.stop();
	});
	const monitoring = monitoringFinder({
		...{options: {}, cluster: client.cluster, host: {env: {}, home: undefined, clock}},
		...{learn() {}, signal: new AbortController().signal},
	});
	const objects = serverObjects(monitoring, clock);
	const effector = effectorWithServers(client.effector, objects, undefined);
	const ports: Ports = {
		cluster: clusterWithServers(client.cluster, objects),
		journal: noJournal,
		monitoring,
		metrics: monitoring.metrics,
		values: noValues,
		observe: observing(),
		changeTool: async name => {
			const tool = await toolNamed(name);
			return tool?.effect === 'read' ? undefined : tool;
		},
		keepEvidence: () => Promise.reject(new Error('no evidence is kept here')),
		exceptions: async () => [],
		slos: async () => [],
		usedRequests: async () => undefined,
		auditLog: async () => undefined,
		auditWords: async () => ({settings: usualSettings, exceptions: []}),
		advisories: async () => undefined,
		rehearse: () => Promise.reject(new Error('nothing is rehearsed here')),
		incidents: {list: async () => []},
		repository: () => Promise.reject(new Error('there is no repository here')),
	};
	return {
		sandbox,
		ports,
		clock,
		/** Hands that a test may tie. */
		effector,
		/** Carries out one tool; the person says yes. */
		async run(tool: AnyTool<Ports>, input: Json, change: Partial<Road<Ports>> = {}) {
			const {road, trail} = memoryRoad(ports, effector, {clock, target: client.cluster.target, ...change});
			const outcome: AnyOutcome = await runTool(tool, input, road);
			return {outcome, trail};
		},
	};
}
