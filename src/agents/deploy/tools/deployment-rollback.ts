import * as z from 'zod';
import {type Context, changeTool} from '../../../core/tool.ts';
import {objectsAt, wordAt} from '../../../mcp/kubernetes/model/fields.ts';
import {canaryBeside} from '../canary/canary-beside.ts';
import {draftDeployment} from '../draft-deployment.ts';
import {durationMs, durationText} from '../duration.ts';
import {deploymentInput} from '../inputs.ts';
import type {DeployPorts} from '../ports.ts';
import {followRollout, rolloutOutput, rolloutText} from '../rollout/follow-rollout.ts';
import {chosenRevision, revisionOf, revisionsOf, templateOf} from '../rollout/revisions.ts';
import {deploymentRef, liveDeployment, refusePaused} from '../workload.ts';

export const deploymentRollback = changeTool({
	name: 'deployment_rollback',
	summary: 'Returns a Deployment to the pod template of an earlier revision, and watches it until every pod serves',
	effect: 'change',
	annotations: {readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true},
	command: ['deploy', 'rollback'],
	positionals: ['name'],
	input: deploymentInput.extend({
		to: z.int().positive().optional().describe('Revision to return to; the one before if left out'),
		readyWithin: durationText.default('10m').describe('How long the rollback may take'),
	}),
	resolved: z.object({name: z.string(), namespace: z.string(), to: z.number(), readyWithin: z.string()}),
	output: rolloutOutput,
	text: rolloutText,

	async plan({name, namespace: named, to, readyWithin}, {ports}: Context<DeployPorts>) {
		const namespace = named ?? ports.cluster.namespace;
		const stable = await liveDeployment(ports.cluster, namespace, name);
		const set = chosenRevision(await revisionsOf(ports.cluster, stable), stable, to);
		const revision = revisionOf(set);
		const input = {name, namespace, to: revision, readyWithin};
		if (revision === revisionOf(stable))
			return draftDeployment(ports, {input, stable, summary: `${namespace}/${name} is at revision ${revision} already`, steps: []});
		refusePaused(stable);
		return draftDeployment(ports, {
			input,
			stable,
			summary: `Roll ${namespace}/${name} back from revision ${revisionOf(stable)} to ${revision}`,
			steps: [
				{
					title: `Give ${name} the pod template of revision ${revision}`,
					writes: [
						{
							op: 'patch',
							ref: deploymentRef(namespace, name),
							type: 'json',
							patch: [{op: 'replace', path: '/spec/template', value: templateOf(set)}],
						},
					],
				},
			],
			notes: [
				{id: 'template-alone', severity: 'info', text: 'ConfigMaps and Secrets are not part of a revision and stay as they are'},
				...(await canaryBeside(ports.cluster, namespace, name)),
			],
			verify: [`Every pod of ${name} is of the old template and available within ${readyWithin}`],
		});
	},

	async apply({input: {name, namespace, readyWithin}}, context, effects) {
		// What the write answered is read, since the cluster may be out of reach a moment later.
		const [written] = await effects.performStep(0);
		const [container] = objectsAt(
			written ?? (await liveDeployment(context.ports.cluster, namespace, name)),
			'spec',
			'template',
			'spec',
			'containers',
		);
		return followRollout({namespace, name, image: wordAt(container, 'image'), withinMs: durationMs(readyWithin)}, context);
	},
});
