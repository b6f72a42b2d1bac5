import {systemClock} from '../../src/core/clock.ts';
import type {AnyOutcome} from '../../src/core/outcome.ts';
import type {Road} from '../../src/core/road/road.ts';
import {runTool} from '../../src/core/road/run-tool.ts';
import type {Effector} from '../../src/core/tool.ts';
import type {Cluster} from '../../src/mcp/kubernetes/port.ts';
import {kubernetesToolset} from '../../src/mcp/kubernetes/toolset.ts';
import {memoryRoad} from '../support/memory-road.ts';
import {clientOf} from './client-of.ts';

type Ports = {readonly cluster: Cluster};
export type Connected = {
	readonly cluster: Cluster;
	readonly effector: Effector;
	/** Takes the whole road with a person who says yes, if `change` says nothing else. */
	readonly run: (tool: string, input: object, change?: Partial<Road<Ports>>) => Promise<AnyOutcome>;
	readonly close: () => Promise<void>;
};

/** The product's own client for one context of a kubeconfig, and its tools upon it. */
export async function connected(kubeconfig: string, context: string): Promise<Connected> {
	const {cluster, effector, close} = await clientOf(kubeconfig, context);
	return {
		cluster,
		effector,
		close,
		run(name, input, change = {}) {
			const tool = kubernetesToolset.find(candidate => candidate.name === name);
			if (tool === undefined) throw new Error(`there is no tool ${name}`);
			const {road} = memoryRoad({cluster}, effector, {clock: systemClock(), target: cluster.target, ...change});
			return runTool(tool, input, road);
		},
	};
}
