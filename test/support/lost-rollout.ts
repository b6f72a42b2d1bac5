import type {DeployPorts} from '../../src/agents/deploy/ports.ts';
import type {JsonObject} from '../../src/core/json.ts';
import type {KubeObject} from '../../src/core/kube/kube-object.ts';
import {runTool} from '../../src/core/road/run-tool.ts';
import type {AnyTool} from '../../src/core/tool.ts';
import type {ResourceType} from '../../src/mcp/kubernetes/port.ts';
import {hastyClock} from './change-run.ts';
import {object} from './kube-objects.ts';
import {memoryRoad} from './memory-road.ts';
import {obedientCluster} from './obedient-cluster.ts';
import {webDeployment} from './web-deployment.ts';

const name = 'mkcoa-rollout-web';

export const others = 'web-canary-of-somebody-else';
export const service = object('v1', 'Service', 'web', {spec: {selector: {app: 'web'}, ports: [{name: 'http', port: 80}]}});

type World = {readonly objects?: readonly KubeObject[]; readonly kinds?: readonly ResourceType[]; readonly denied?: readonly string[]};

/** Deployment web, its Service, and whoever uses tools there. */
export function lostWorld({objects = [], ...world}: World = {}) {
	const fake = obedientCluster({objects: [webDeployment(), service, object('apps/v1', 'Deployment', others, {}), ...objects], ...world});
	const ports = {cluster: fake.cluster, metrics: async () => ({why: 'there is none'})} as DeployPorts;
	const clock = hastyClock();
	const run = (tool: AnyTool<DeployPorts>, asked: JsonObject = {}, mode: 'run' | 'plan' = 'run') => {
		const {road} = memoryRoad(ports, fake.effector, {clock, mode, target: fake.cluster.target});
		return runTool(tool, {name: 'web', namespace: 'shop', ...asked}, {...road, journal: fake.mortal(road.journal)});
	};
	const left = () =>
		['Deployment', 'Service', 'ConfigMap', 'Lease', 'Secret'].flatMap(kind =>
			['web', 'web-canary', 'web-preview', others, name]
				.filter(each => fake.object(kind, each) !== undefined)
				.map(each => `${kind} ${each}`),
		);
	/** A rollout whose client dies after a write, and of whose own objects somebody deletes these. */
	async function lose(tool: AnyTool<DeployPorts>, input: JsonObject, last: string, deleted = ['ConfigMap', 'Lease', 'Secret']) {
		fake.fateOf = (_, {op, ref}) => (`${op} ${ref.kind} ${ref.name}` === last ? 'killed after' : 'done');
		await run(tool, input);
		fake.fateOf = () => 'done';
		fake.revive();
		for (const kind of deleted) fake.remove(kind, name);
		await new Promise<void>(resolve => void clock.schedule(60_000, resolve));
	}
	return {fake, run, left, lose, clock};
}

/** A rollout that was lost with all that mkcoa kept of it. */
export async function lostRollout(tool: AnyTool<DeployPorts>, input: JsonObject, last: string, world: World = {}) {
	const made = lostWorld(world);
	await made.lose(tool, input, last);
	return made;
}
