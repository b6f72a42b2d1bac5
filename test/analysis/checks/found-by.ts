import {allChecks} from '../../../src/analysis/checks/all-checks.ts';
import type {Settings} from '../../../src/analysis/checks/check.ts';
import {runChecks} from '../../../src/analysis/checks/run-checks.ts';
import {worldOf} from '../../../src/analysis/checks/world.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';

/** What one check says of a small world: `fail HorizontalPodAutoscaler web: spec.minReplicas`. */
export function foundBy(id: string, objects: readonly KubeObject[], settings: Settings = {}): readonly string[] {
	const checks = allChecks.filter(check => check.id === id);
	if (checks.length !== 1) throw new Error(`there is no check ${id}`);
	return runChecks(checks, worldOf(objects), {unread: new Map(), settings: {[id]: settings}}).map(verdict => {
		const about = 'resource' in verdict ? ` ${verdict.resource?.kind} ${verdict.resource?.name}` : '';
		const places = verdict.status === 'fail' ? verdict.faults.flatMap(({paths}) => paths) : [];
		return `${verdict.status}${about}${places.length === 0 ? '' : `: ${places.join(', ')}`}`;
	});
}
