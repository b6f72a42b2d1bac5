import type {DeployPorts} from '../../src/agents/deploy/ports.ts';
import {numberAt} from '../../src/core/kube/json-at.ts';
import type {AnyOutcome} from '../../src/core/outcome.ts';
import type {Road} from '../../src/core/road/road.ts';
import {runTool} from '../../src/core/road/run-tool.ts';
import type {AnyTool} from '../../src/core/tool.ts';
import {hastyClock} from './change-run.ts';
import {memoryRoad} from './memory-road.ts';
import {obedientCluster} from './obedient-cluster.ts';
import {webWorld} from './staged-world.ts';

/** One cluster with the Deployment web, and processes on any machines that roll it out. */
export function rolloutProcesses() {
	const fake = obedientCluster(webWorld());
	const ports = {cluster: fake.cluster, metrics: async () => ({why: 'there is none'})} as DeployPorts;
	const clock = hastyClock();
	return {
		fake,
		ports,
		clock,
		/** A process of its own, with a journal of its own. */
		process(holder: string, change: Partial<Road<DeployPorts>> = {}) {
			const made = memoryRoad(ports, fake.effector, {clock, holder, target: fake.cluster.target, ...change});
			const run = (tool: AnyTool<DeployPorts>): Promise<AnyOutcome> =>
				runTool(tool, {}, {...made.road, journal: fake.mortal(made.road.journal)});
			return {...made, run};
		},
		/** A minute in which nobody renews anything. */
		minute: () => new Promise<void>(resolve => void clock.schedule(60_000, resolve)),
		/** What of mkcoa's own is there. */
		own: () => ['Lease', 'ConfigMap', 'Secret'].flatMap(kind => fake.object(kind, 'mkcoa-rollout-web')?.kind ?? []),
		standing() {
			const web = fake.object('Deployment', 'web');
			return {
				replicas: numberAt(web, 'spec', 'replicas'),
				image: JSON.stringify(web).match(/shop\/web:([\w.]+)/)?.[1],
				canary: fake.object('Deployment', 'web-canary') !== undefined,
			};
		},
	};
}

export const promoted = {replicas: 4, image: '2', canary: false};
export const before = {replicas: 4, image: '1.4.2', canary: false};
