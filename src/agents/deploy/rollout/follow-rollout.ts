import * as z from 'zod';
import {numberAt} from '../../../core/kube/json-at.ts';
import {count} from '../../../core/text/count.ts';
import {textLines} from '../../../core/text/styled.ts';
import {type Context, StoppedError, type View} from '../../../core/tool.ts';
import {textMapAt} from '../../../mcp/kubernetes/model/fields.ts';
import {wordsSchema} from '../metrics/evidence-schema.ts';
import type {DeployPorts} from '../ports.ts';
import {deploymentRef} from '../workload.ts';
import {waitForReady} from './wait-for-ready.ts';

export const rolloutOutput = z.object({
	name: z.string(),
	namespace: z.string(),
	image: z.string(),
	revision: z.string(),
	pods: z.number(),
	/** Of a rollout that does not end: why, in the words of its pods. */
	evidence: wordsSchema.exactOptional(),
});

/** The answer of the tools that follow a rollout to its end, in one line. */
export const rolloutText = ({name, namespace, image, revision, pods, evidence}: z.output<typeof rolloutOutput>, view: View) =>
	evidence === undefined
		? `✓ ${namespace}/${name} serves ${image} with ${pods} pods, revision ${revision}`
		: textLines(
				'✗ ',
				`${namespace}/${name} has not come to ${image}: ${count(pods, 'pod')} of it ${pods === 1 ? 'is' : 'are'} ready`,
				view,
			).join('\n');

/**
 * Waits for a rollout that was started, and answers what serves then.
 * @throws StoppedError `rollout-stuck`: the old pods still serve as far as the strategy allows, and undo is one command
 */
export async function followRollout(
	{
		image,
		namespace,
		name,
		withinMs,
	}: {readonly namespace: string; readonly name: string; readonly image: string; readonly withinMs: number},
	context: Context<DeployPorts>,
): Promise<z.output<typeof rolloutOutput>> {
	const end = await waitForReady({ref: deploymentRef(namespace, name), withinMs}, context);
	if (!end.done) {
		throw new StoppedError({
			trouble: {
				kind: 'environment',
				code: 'rollout-stuck',
				what: `${name} has ${image}, but its rollout does not end`,
				why: end.reason,
			},
			wayOn: journal => `Take it back with: mkcoa undo ${journal}`,
			undone: [],
			left: [`${namespace}/${name} is between two versions; old pods serve as far as its strategy keeps them`],
			output: {name, namespace, image, revision: '?', pods: end.ready, evidence: end.evidence},
		});
	}
	const {object: deployment} = end;
	return {
		name,
		namespace,
		image,
		revision: textMapAt(deployment, 'metadata', 'annotations')['deployment.kubernetes.io/revision'] ?? '?',
		pods: numberAt(deployment, 'spec', 'replicas') ?? 1,
	};
}
