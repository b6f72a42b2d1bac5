import {at} from './row.ts';

/** Who writes the status of pods: a kubelet in the embedded cluster, KWOK's stages in the real one. */
const kubelets = new Set(['kwok', 'kubelet']);
export const isKubelets = (manager: unknown) => kubelets.has(String(at(manager, 'manager')));

/**
 * No kubelet runs on the nodes of KWOK, so its stages leave out what the embedded kubelet writes as a real one does. Of the status of a pod
 * that a kubelet has taken over, what both say is left: phase, the four old conditions, and the state of each container.
 */
export function withoutKubelet(status: object): object {
	const containers = at(status, 'containerStatuses');
	if (!Array.isArray(containers)) return status;
	const conditions = at(status, 'conditions');
	return {
		phase: at(status, 'phase'),
		qosClass: at(status, 'qosClass'),
		conditions: (Array.isArray(conditions) ? conditions : [])
			.filter(condition => told.has(String(at(condition, 'type'))))
			.map(condition => ({type: at(condition, 'type'), status: at(condition, 'status'), reason: at(condition, 'reason')}))
			.toSorted((one, other) => (String(one.type) < String(other.type) ? -1 : 1)),
		containerStatuses: containers.map(container => ({
			name: at(container, 'name'),
			ready: at(container, 'ready'),
			state: stateOf(at(container, 'state')),
		})),
	};
}

const told = new Set(['PodScheduled', 'Initialized', 'Ready', 'ContainersReady']);

const stateOf = (state: unknown) =>
	['waiting', 'running', 'terminated']
		.filter(name => at(state, name) !== undefined)
		.map(name => [name, at(state, name, 'reason'), at(state, name, 'exitCode')]);
