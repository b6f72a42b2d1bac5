import type {Event} from '../../core/event.ts';
import {textAt} from '../../core/kube/json-at.ts';
import type {CallItem, ChatItem} from './chat-item.ts';

/** Tools that bring a new version out step by step, go on with that, or ask for its end and wait for it. */
const rolloutTools = new Set([
	'deployment_canary',
	'deployment_blue_green',
	'deployment_update',
	'deployment_rollback',
	'deployment_resume',
	'deployment_promote',
	'deployment_abort',
]);

/** The workload that a plan rolls out, as `/rollout` and `deploy status` take it; undefined for other events. */
export function rolloutOf(event: Event): string | undefined {
	if (event.kind !== 'planned' || !rolloutTools.has(event.plan.tool)) return undefined;
	const [name, namespace, kind = 'Deployment'] = ['name', 'namespace', 'kind'].map(field => textAt(event.plan.input, field));
	if (name === undefined || namespace === undefined) return undefined;
	return `${kind === 'Deployment' ? '' : `${kind.toLowerCase()}/`}${name} -n ${namespace}`;
}

/** The call after an event that says which workload its plan rolls out, or that a person approved it. */
export function withRollout(call: CallItem, event: Event): CallItem {
	if (event.kind === 'approved') return {...call, isCarriedOut: true};
	const rollout = rolloutOf(event);
	return rollout === undefined ? call : {...call, rollout};
}

/** The rollout that the newest call carries out now, as `/rollout` takes it. */
export function runningRollout(items: readonly ChatItem[]): string | undefined {
	const call = items.findLast(
		item => item.kind === 'call' && item.outcome === undefined && item.isCarriedOut === true && item.rollout !== undefined,
	);
	return call?.kind === 'call' ? call.rollout : undefined;
}
