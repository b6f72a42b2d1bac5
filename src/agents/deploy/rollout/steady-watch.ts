import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {podHealth} from './pod-health.ts';
import type {Readiness} from './readiness.ts';

type Sight = {readonly readiness: Readiness; readonly pods: readonly KubeObject[] | undefined};

/**
 * Takes a rollout for done when its new pods have run for so long without a restart. Without a readiness probe a pod is ready the moment it runs, so a
 * program that ends after a second is ready for a moment, again and again. Time is counted in looks.
 */
export function steadyWatch(lookMs: number, steadyMs: number) {
	let ranMs: number | undefined;
	let restarts = 0;

	return {
		/** One look: not done before it was so for long enough. */
		look<Seen extends Sight>(look: Seen): Seen {
			if (steadyMs === 0) return look;
			if (!look.readiness.done) {
				ranMs = undefined;
				return look;
			}
			const now = podHealth(look.pods ?? []).restarts;
			ranMs = ranMs === undefined || now > restarts ? 0 : ranMs + lookMs;
			restarts = now;
			if (ranMs >= steadyMs) return look;
			const waitsFor = `new pods to run for ${steadyMs / 1000} s without a restart${now === 0 ? '' : `; so far ${now}`}`;
			return {...look, readiness: {...look.readiness, done: false, waitsFor}};
		},
		/** Whether all pods are ready and only time is missing. */
		isRunning: () => ranMs !== undefined && ranMs < steadyMs,
	};
}
