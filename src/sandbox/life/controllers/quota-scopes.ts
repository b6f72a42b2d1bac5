import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Pod} from '../pod-shapes.ts';
import type {Quota} from '../shapes.ts';
import {isKind} from '../world.ts';

/** Whether a quota looks at the object at all: one with scopes looks at pods that have all of them. */
export function isInScope({scopes = [], scopeSelector}: Quota['spec'], object: KubeObject): boolean {
	const terms = scopeSelector?.matchExpressions ?? [];
	if (scopes.length + terms.length === 0) return true;
	if (!isKind(object, 'Pod')) return false;
	return (
		scopes.every(scope => has(object, scope)) &&
		terms.every(({scopeName, operator, values = []}) => {
			if (scopeName !== 'PriorityClass') return has(object, scopeName);
			const name = object.spec.priorityClassName;
			if (operator === 'Exists' || operator === 'DoesNotExist') return (name !== undefined) === (operator === 'Exists');
			return (name !== undefined && values.includes(name)) === (operator === 'In');
		})
	);
}

function has(pod: Pod, scope: string): boolean {
	switch (scope) {
		case 'BestEffort':
			return isBestEffort(pod);
		case 'NotBestEffort':
			return !isBestEffort(pod);
		case 'Terminating':
			return pod.spec.activeDeadlineSeconds !== undefined;
		case 'NotTerminating':
			return pod.spec.activeDeadlineSeconds === undefined;
		default:
			return false;
	}
}

/** No container asks for anything. */
const isBestEffort = ({spec}: Pod) =>
	[...spec.containers, ...(spec.initContainers ?? [])].every(
		({resources}) => Object.keys({...resources?.requests, ...resources?.limits}).length === 0,
	);
