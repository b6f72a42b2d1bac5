import * as z from 'zod';
import {type Context, changeTool} from '../../../core/tool.ts';
import {canaryBeside} from '../canary/canary-beside.ts';
import {draftDeployment} from '../draft-deployment.ts';
import {durationMs, durationText} from '../duration.ts';
import {deploymentInput, imageInput} from '../inputs.ts';
import type {DeployPorts} from '../ports.ts';
import {followRollout, rolloutOutput, rolloutText} from '../rollout/follow-rollout.ts';
import {deploymentRef, imageChange, imagePatch, liveDeployment, refusePaused} from '../workload.ts';

export const deploymentUpdate = changeTool({
	name: 'deployment_update',
	summary: 'Gives a Deployment a new image by a rolling update, and watches it until every pod serves',
	effect: 'change',
	annotations: {readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: true},
	command: ['deploy', 'update'],
	aliases: ['rolling'],
	positionals: ['name'],
	input: deploymentInput.extend({image: imageInput, readyWithin: durationText.default('10m').describe('How long the update may take')}),
	resolved: z.object({name: z.string(), namespace: z.string(), image: z.string(), readyWithin: z.string()}),
	output: rolloutOutput,
	text: rolloutText,

	async plan({name, namespace: named, image, readyWithin}, {ports}: Context<DeployPorts>) {
		const namespace = named ?? ports.cluster.namespace;
		const stable = await liveDeployment(ports.cluster, namespace, name);
		const change = imageChange(stable, image);
		const input = {name, namespace, image: `${change.container}=${change.image}`, readyWithin};
		if (change.before === change.image)
			return draftDeployment(ports, {input, stable, summary: `${namespace}/${name} runs ${change.image} already`, steps: []});
		refusePaused(stable);
		return draftDeployment(ports, {
			input,
			stable,
			summary: `Rolling update of ${namespace}/${name}: ${change.before} → ${change.image}`,
			steps: [
				{
					title: `Give ${name} the image ${change.image}`,
					writes: [{op: 'patch', ref: deploymentRef(namespace, name), type: 'json', patch: imagePatch(change)}],
				},
			],
			notes: await canaryBeside(ports.cluster, namespace, name),
			verify: [`Every pod of ${name} runs ${change.image} and is available within ${readyWithin}`],
		});
	},

	async apply({input: {name, namespace, image, readyWithin}}, context, effects) {
		// What the write answered is read, since the cluster may be out of reach a moment later.
		const [written] = await effects.performStep(0);
		const {image: wanted} = imageChange(written ?? (await liveDeployment(context.ports.cluster, namespace, name)), image);
		return followRollout({namespace, name, image: wanted, withinMs: durationMs(readyWithin)}, context);
	},
});
