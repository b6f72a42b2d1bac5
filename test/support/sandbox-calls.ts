import {systemClock} from '../../src/core/clock.ts';
import type {JournalReader} from '../../src/core/journal.ts';
import type {AnyOutcome} from '../../src/core/outcome.ts';
import {runTool} from '../../src/core/road/run-tool.ts';
import type {AnyTool} from '../../src/core/tool.ts';
import type {Cluster, ClusterClient} from '../../src/mcp/kubernetes/port.ts';
import {kubernetesToolset} from '../../src/mcp/kubernetes/toolset.ts';
import {noJournal} from './change-run.ts';
import {memoryRoad, type Trail} from './memory-road.ts';

type Ports = {readonly cluster: Cluster; readonly journal: JournalReader};
type Tool = AnyTool<{readonly cluster: Cluster}> | AnyTool<Ports>;

const toolNamed = (name: string) => {
	const found = kubernetesToolset.find(tool => tool.name === name);
	if (found === undefined) throw new Error(`there is no tool ${name}`);
	return found;
};

/** Calls of tools over a client, on the whole road, with a person who says yes; time of the road runs as fast as the sandbox's, if `clock` says nothing else. */
export const callsOn =
	({cluster, effector}: Pick<ClusterClient, 'cluster' | 'effector'>, clock = systemClock({speed: 20})) =>
	async (tool: Tool | string, input: object, journal = noJournal): Promise<{readonly outcome: AnyOutcome; readonly trail: Trail}> => {
		const {road, trail} = memoryRoad<Ports>({cluster, journal}, effector, {target: cluster.target, clock});
		// A tool that wants the cluster alone takes more without harm.
		const called = (typeof tool === 'string' ? toolNamed(tool) : tool) as AnyTool<Ports>;
		return {outcome: await runTool(called, input, road), trail};
	};

/** The answer of a tool as a pipe shows it. */
export function textOf(name: string, outcome: AnyOutcome): string {
	if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
	return toolNamed(name).text(outcome.output, {width: 120, terminal: false, nowMs: Date.now()});
}
