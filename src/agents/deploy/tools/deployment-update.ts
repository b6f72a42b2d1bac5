import * as z from 'zod';
import {type Context, changeTool} from '../../../core/tool.ts';
import {durationUpTo, readyWithinText} from '../duration.ts';
import {imageInput, manifestInput, metricsInput, workloadInput} from '../inputs.ts';
import type {DeployPorts} from '../ports.ts';
import {carryOutRollout} from '../staged/carry-out-rollout.ts';
import {recallRollout} from '../staged/recall/recall-rollout.ts';
import {planRolling} from '../strategies/rolling/plan-rolling.ts';
import {rolledOut, rolledOutText, rollingOutput} from '../strategies/rolling/rolled-out.ts';
import {rollingInput} from '../strategies/rolling/rolling-input.ts';

export const deploymentUpdate = changeTool({
	name: 'deployment_update',
	summary:
		'Gives a Deployment, StatefulSet or DaemonSet a new version by a rolling update with health gates, and takes it back when it gets stuck or is worse',
	effect: 'change',
	annotations: {readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: true},
	command: ['deploy', 'update'],
	aliases: ['rolling'],
	positionals: ['name'],
	input: workloadInput.extend({
		image: imageInput.optional(),
		manifest: manifestInput,
		interval: durationUpTo('12h', 'Kubernetes holds the first batch for a day')
			.optional()
			.describe('Judges the first new pods, of a StatefulSet each batch, for so long beside the old ones before it goes on'),
		metrics: metricsInput,
		batch: z.int().positive().max(10_000).optional().describe('Pods of a StatefulSet to replace at a time; a tenth of them if left out'),
		readyWithin: readyWithinText.default('10m').describe('How long each batch may take to become ready'),
	}),
	resolved: rollingInput,
	output: rollingOutput,
	text: rolledOutText,

	plan: (input, context: Context<DeployPorts>) => planRolling(input, context),
	recall: (plan, sealed, context) => recallRollout(plan, sealed, context),

	async apply(plan, context, effects) {
		const {kind, name, namespace} = plan.input;
		const end = await carryOutRollout('rolling', plan, context, effects);
		return rolledOut({kind, name, namespace}, end, context);
	},
});
