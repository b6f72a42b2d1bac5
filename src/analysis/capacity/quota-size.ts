import type {Json} from '../../core/json.ts';
import {listAt, objectAt, textAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import {cpuText, memoryText} from '../../core/kube/quantity.ts';
import {podSize} from './pod-size.ts';

/** The pod as a LimitRange completes it: containers without requests or limits are given its defaults. */
export function completed(podSpec: Json, ranges: readonly KubeObject[]): Json {
	const limits = ranges.flatMap(range => listAt(range, 'spec', 'limits')).filter(limit => textAt(limit, 'type') === 'Container');
	const from = (field: string) => Object.assign({}, ...limits.map(limit => objectAt(limit, field)));
	const filled = (container: Json) => {
		const [asked, most] = [objectAt(container, 'resources', 'requests'), objectAt(container, 'resources', 'limits')];
		const requests = {...from('defaultRequest'), ...most, ...asked};
		return {...objectAt(container), resources: {requests, limits: {...from('default'), ...most}}};
	};
	return {
		...objectAt(podSpec),
		containers: listAt(podSpec, 'containers').map(filled),
		initContainers: listAt(podSpec, 'initContainers').map(filled),
	};
}

/** What a pod takes of each thing that a quota counts. */
export function takes(podSpec: Json): {readonly [what: string]: number} {
	const [requests, limits] = [podSize(podSpec), podSize(podSpec, 'limits')];
	const memory = {memory: requests.memoryBytes, 'requests.memory': requests.memoryBytes, 'limits.memory': limits.memoryBytes};
	const cpu = {cpu: requests.cpuCores, 'requests.cpu': requests.cpuCores, 'limits.cpu': limits.cpuCores};
	return {...cpu, ...memory, pods: 1, 'count/pods': 1};
}

/** An amount of something that a quota counts, as people write it. */
export const amountText = (what: string, amount: number) =>
	what.includes('cpu') ? cpuText(amount) : what.includes('memory') ? memoryText(amount) : String(amount);

/** The next amount that a person would write into a quota: whole tenths of a core, 64 MiB, pieces. */
export function roundedAmount(what: string, amount: number): string {
	if (what.includes('cpu')) return cpuText(Math.ceil(amount * 10 - 1e-9) / 10);
	if (!what.includes('memory') && !what.includes('storage')) return String(Math.ceil(amount));
	const steps = Math.ceil(amount / (64 * 2 ** 20));
	return steps % 16 === 0 ? `${steps / 16}Gi` : `${steps * 64}Mi`;
}
