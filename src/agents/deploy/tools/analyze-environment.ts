import {type Context, readTool} from '../../../core/tool.ts';
import {type Environment, environmentOutput, environmentText} from '../environment/environment-output.ts';
import {type Look, looking} from '../environment/look.ts';
import {lookAtApis} from '../environment/look-at-apis.ts';
import {lookAtStorage, lookAtWaysIn} from '../environment/look-at-classes.ts';
import {lookAtNodes} from '../environment/look-at-nodes.ts';
import {lookAtPolicies} from '../environment/look-at-policies.ts';
import {lookAtOwners, lookAtPrograms} from '../environment/look-at-programs.ts';
import {deploymentInput} from '../inputs.ts';
import type {DeployPorts} from '../ports.ts';

const severities = ['critical', 'high', 'medium', 'low'];

export const analyzeEnvironment = readTool({
	name: 'analyze_environment',
	summary: 'Shows what a deployment meets: versions, deprecated APIs in use, room, ways in, mesh, controllers, storage, policies, owners',
	effect: 'read',
	annotations: {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true},
	command: ['deploy', 'analyze'],
	positionals: [],
	input: deploymentInput.pick({namespace: true}),
	output: environmentOutput,
	text: environmentText,

	async run({namespace: named}, {ports, emit}: Context<DeployPorts>): Promise<Environment> {
		const {cluster} = ports;
		const namespace = named ?? cluster.namespace;
		emit({kind: 'progress', text: 'Looking at the cluster'});
		const nodes = await looking('version and nodes', () => lookAtNodes(cluster), {version: '', kubelets: []});
		const looks: readonly Look[] = [
			nodes,
			...(await Promise.all([
				looking('deprecated APIs', () => lookAtApis(cluster, nodes.version), {}),
				looking('ways in', () => lookAtWaysIn(cluster), {}),
				looking('controllers in place', () => lookAtPrograms(ports), {}),
				looking('storage', () => lookAtStorage(cluster), {}),
				looking('policies', () => lookAtPolicies(cluster, namespace), {}),
				looking('GitOps owners', () => lookAtOwners(cluster, namespace), {}),
			])),
		];
		const remarks = looks.flatMap(look => look.remarks ?? []);
		return {
			namespace,
			version: nodes.version,
			kubelets: [...nodes.kubelets],
			...(nodes.capacity === undefined ? {} : {capacity: {...nodes.capacity, largest: [...nodes.capacity.largest]}}),
			remarks: remarks.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity)),
			parts: looks.flatMap(look => look.parts ?? []),
			notChecked: looks.flatMap(look => look.unseen ?? []),
		};
	},
});
