import * as z from 'zod';
import {numberAt} from '../../../core/kube/json-at.ts';
import {type Context, StoppedError} from '../../../core/tool.ts';
import {textMapAt} from '../../../mcp/kubernetes/model/fields.ts';
import type {DeployPorts} from '../ports.ts';
import {type Wanted, waitForRollout} from './wait-for-rollout.ts';

export const rolloutOutput = z.object({name: z.string(), namespace: z.string(), image: z.string(), revision: z.string(), pods: z.number()});

/** The answer of the tools that follow a rollout to its end, in one line. */
export const rolloutText = ({name, namespace, image, revision, pods}: z.output<typeof rolloutOutput>) =>
	`✓ ${namespace}/${name} serves ${image} with ${pods} pods, revision ${revision}`;

/**
 * Waits for a rollout that was started, and answers what serves then.
 * @throws StoppedError `rollout-stuck`: the old pods still serve as far as the strategy allows, and undo is one command
 */
export async function followRollout(
	{image, ...wanted}: Wanted & {readonly image: string},
	context: Context<DeployPorts>,
): Promise<z.output<typeof rolloutOutput>> {
	const {namespace, name} = wanted;
	const end = await waitForRollout(wanted, context);
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
		});
	}
	const {deployment} = end;
	return {
		name,
		namespace,
		image,
		revision: textMapAt(deployment, 'metadata', 'annotations')['deployment.kubernetes.io/revision'] ?? '?',
		pods: numberAt(deployment, 'spec', 'replicas') ?? 1,
	};
}
