import type {JsonObject} from '../../../core/json.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Draft} from '../../../core/plan.ts';
import type {Context} from '../../../core/tool.ts';
import {autoscalerOf} from '../autoscaler.ts';
import type {Keeping} from '../bundle/keep-now.ts';
import type {DeployPorts} from '../ports.ts';
import type {Script} from '../staged/act.ts';
import type {Confines} from '../staged/confines.ts';
import {atStart, draftRollout} from '../staged/draft-rollout.ts';
import {workloadName} from '../staged/lease/held-by.ts';
import {type Outline, outlineOf} from '../staged/outline.ts';
import {type Leftover, whileAlone} from '../staged/record/refuse-rolling.ts';
import {refusePaused} from '../workload.ts';

type Parts<Known extends JsonObject> = {
	/** What the tool's input is resolved to, all but what the script waits for. */
	readonly known: Known;
	readonly strategy: 'blue-green' | 'rolling' | 'rollback';
	readonly workload: KubeObject;
	readonly summary: string;
	readonly script: Script;
	readonly opens: Leftover;
	readonly keeping: Keeping;
	readonly notes: Draft<JsonObject>['consequences'];
	readonly verify: readonly string[];
	/** How it is taken back: as one sentence, by `mkcoa undo`. */
	readonly undo: string | Draft['undo'];
	/** See `draftRollout`. */
	readonly confines?: Confines | undefined;
};

/** Plans what may begin now. @throws as `refusePaused` and `whileAlone` */
export async function mayBegin<T>(workload: KubeObject, context: Context<DeployPorts>, plan: (opens: Leftover) => Promise<T>): Promise<T> {
	refusePaused(workload);
	return whileAlone(context.ports.cluster, workloadName(workload), context, plan);
}

/** The plan of a strategy that replaces a workload's pods as a whole, from its first act. */
export async function draftStrategy<Known extends JsonObject>(
	{ports: {cluster}}: Context<DeployPorts>,
	{known, undo, ...parts}: Parts<Known>,
): Promise<Draft<Known & {readonly outline: Outline}>> {
	return draftRollout(cluster, {
		...parts,
		input: {...known, outline: outlineOf(parts.script)},
		start: atStart,
		scaled: (await autoscalerOf(cluster, parts.workload)).scaler !== undefined,
		undo: typeof undo === 'string' ? {possible: true, how: undo} : undo,
	});
}
