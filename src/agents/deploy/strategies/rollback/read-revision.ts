import {diffObjects} from '../../../../core/diff/diff.ts';
import {objectAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refKey} from '../../../../core/kube/kube-object.ts';
import type {Write} from '../../../../core/plan.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import {keepGood} from '../../bundle/keep-good.ts';
import {keepNow} from '../../bundle/keep-now.ts';
import {reverseOf} from '../../bundle/reverse-of.ts';
import {type KeptTemplate, workloadHistory} from '../../bundle/workload-history.ts';
import {neverWhole} from '../../rollout/half-rolled.ts';
import {isPaused} from '../../workload.ts';
import {chooseRevision} from './choose-revision.ts';
import {servingRevision} from './serving-revision.ts';
import {whatComesBack} from './what-comes-back.ts';

/** What one revision had, and how the workload stands now. @throws as `chooseRevision` and `whatComesBack` */
export async function readRevision(cluster: Cluster, workload: KubeObject, to: number | undefined) {
	const [now, history] = await Promise.all([keepNow(cluster, workload), workloadHistory(cluster, workload)]);
	const current = now.bundle.revision;
	const {revisions: bundles, notChecked} = now.kept;
	const serving = await servingNow(cluster, workload, history, current);
	const chosen = chooseRevision(workload, {history, bundles, current, notChecked, serving}, to);
	return {
		now,
		good: keepGood(workload, now, current),
		chosen,
		back: await whatComesBack(cluster, workload, chosen, notChecked === undefined),
	};
}

/** The revision that serves beside a template that never became whole, or that its controller has not even begun with. */
async function servingNow(
	cluster: Cluster,
	workload: KubeObject,
	history: readonly KeptTemplate[],
	current: number,
): Promise<number | undefined> {
	const {kubeSchema} = await import('../../../../mcp/kubernetes/plan/loaded-schema.ts');
	const kept = history.find(({number}) => number === current);
	// A Deployment that was paused before keeps the number of the template from before.
	if (isPaused(workload) && kept !== undefined) {
		const wanted = {...workload, spec: {...objectAt(workload, 'spec'), template: kept.template}};
		if (diffObjects(workload, wanted, kubeSchema).length > 0) return current;
	}
	return neverWhole(workload) === undefined ? undefined : servingRevision(cluster, workload, history, current);
}

/** The writes of a rollback to one revision, there and back, with all their values. */
export async function broughtBack(
	cluster: Cluster,
	workload: KubeObject,
	to: number,
): Promise<{readonly forward: readonly Write[]; readonly back: readonly Write[]}> {
	const {writes, live} = (await readRevision(cluster, workload, to)).back;
	return {forward: writes, back: writes.map(write => reverseOf(write, live.get(refKey(write.ref))))};
}
