import {goOnWithRollout} from '../../../mcp/kubernetes/model/paused-rollout.ts';
import type {Status} from './status-output.ts';

type Known = Pick<Status, 'name' | 'namespace' | 'state' | 'canary' | 'troubles' | 'pods' | 'revision' | 'rollout' | 'lost'>;

/** What a person who was just woken up does next, the likeliest first. Nothing where all is well. */
export function nextSteps({name, namespace, state, canary, troubles, pods, revision, rollout, lost}: Known): string[] {
	const isFailing = state === 'stuck' || state === 'degraded' || troubles.some(({track, lasting}) => lasting && track === 'stable');
	const crashed = pods.find(({healthy, restarts}) => !healthy && restarts > 0);
	const waiting = pods.find(({healthy, phase}) => !healthy && phase !== 'Terminating');
	return [
		...(state === 'paused' ? [`Go on with the rollout: ${goOnWithRollout(name, namespace)}`] : []),
		...(rollout?.next ?? lost?.next ?? []),
		...(canary === undefined || rollout !== undefined || lost !== undefined
			? []
			: [
					`If nobody carries ${canary.track === 'preview' ? 'a blue-green rollout' : 'the canary'} out now, take it back: mkcoa undo, or go on with it: mkcoa resume (see mkcoa history)`,
				]),
		...(isFailing && revision > 1 && canary === undefined && rollout === undefined && state !== 'paused'
			? [`Return to the version before: mkcoa deploy rollback ${name} -n ${namespace}`]
			: []),
		...(crashed !== undefined
			? [`See its last words: mkcoa k8s logs ${crashed.name} -n ${namespace} --previous`]
			: waiting !== undefined && troubles.length > 0
				? [`See more: mkcoa k8s describe pod ${waiting.name} -n ${namespace}`]
				: []),
	];
}
