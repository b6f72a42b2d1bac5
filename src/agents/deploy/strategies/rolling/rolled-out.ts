import * as z from 'zod';
import {textLines} from '../../../../core/text/styled.ts';
import type {Context, View} from '../../../../core/tool.ts';
import {imagesOf} from '../../../../mcp/kubernetes/model/container-summary.ts';
import {workloadStatus} from '../../../../mcp/kubernetes/model/workload-status.ts';
import {currentRevision, workloadHistory} from '../../bundle/workload-history.ts';
import {wordsSchema} from '../../metrics/evidence-schema.ts';
import type {DeployPorts} from '../../ports.ts';
import {patience} from '../../staged/patience.ts';
import type {RolloutEnd} from '../../staged/run-script.ts';
import {TurnBack} from '../../staged/turn-back.ts';
import {judgedStage, stagesIn} from '../canary/judging/judged-stage.ts';

/** How a rollout ended, and what serves after one that came to its end. */
export const rollingOutput = z.object({
	kind: z.string(),
	name: z.string(),
	namespace: z.string(),
	/** `stuck`: neither at its end nor taken back whole. */
	result: z.enum(['rolled-out', 'taken-back', 'stuck']),
	images: z.array(z.string()).exactOptional(),
	revision: z.number().exactOptional(),
	ready: z.number().exactOptional(),
	pods: z.number().exactOptional(),
	/** Why it went back, and the last words of pods that failed. */
	reason: z.string().exactOptional(),
	evidence: wordsSchema.exactOptional(),
	/** Where new pods were judged beside old ones: each verdict with what it rests on. */
	stages: z.array(judgedStage).readonly().exactOptional(),
});

type Output = z.output<typeof rollingOutput>;
export type Rolled = Pick<Output, 'kind' | 'name' | 'namespace'>;

/** Reads what serves now, after a rollout that came to its end. */
export function rolledOut({kind, name, namespace}: Rolled, end: RolloutEnd, context: Context<DeployPorts>): Promise<Output> {
	const {cluster} = context.ports;
	return patience(context)(async (): Promise<Output> => {
		const workload = await cluster.get({apiVersion: 'apps/v1', kind, namespace, name});
		const known = {kind, name, namespace, result: 'rolled-out', ...stagesIn(end)} as const;
		if (workload === undefined) return known;
		const {desired = 0, ready = 0} = workloadStatus(workload) ?? {};
		const revision = currentRevision(workload, await workloadHistory(cluster, workload));
		return {...known, images: [...imagesOf(workload)], revision, ready, pods: desired};
	});
}

/** What a rollout that went back tells. */
export function wentBack({kind, name, namespace}: Rolled, end: Extract<RolloutEnd, {ended: 'back'}>): Output {
	const {left, reason, cause} = end;
	return {
		...{kind, name, namespace, result: left.length === 0 ? 'taken-back' : 'stuck', reason},
		...(cause instanceof TurnBack && cause.evidence !== undefined ? {evidence: cause.evidence} : {}),
		...stagesIn(end),
	};
}

/** The end of a rollout in one line. */
export function rolledOutText({kind, name, namespace, result, images = [], revision = 0, ready = 0, pods = 0}: Output, view: View): string {
	const who = `${kind} ${namespace}/${name}`;
	if (result === 'rolled-out')
		return textLines('✓ ', `${who} serves ${images.join(', ')} with ${ready} of ${pods} pods ready, revision ${revision}`, view).join('\n');
	return textLines('✗ ', result === 'taken-back' ? `${who} is as it was before` : `${who} stands between two versions`, view).join('\n');
}
