import * as z from 'zod';
import {type Context, changeTool} from '../../../core/tool.ts';
import {durationUpTo, readyWithinText} from '../duration.ts';
import {autoscalerAfterInput, imageInput, manifestInput, metricsInput, workloadInput} from '../inputs.ts';
import type {DeployPorts} from '../ports.ts';
import {carryOutRollout} from '../staged/carry-out-rollout.ts';
import {recallRollout} from '../staged/recall/recall-rollout.ts';
import {blueGreenInput} from '../strategies/blue-green/blue-green-input.ts';
import {planBlueGreen} from '../strategies/blue-green/plan-blue-green.ts';
import {rolledOut, rolledOutText, rollingOutput} from '../strategies/rolling/rolled-out.ts';

export const deploymentBlueGreen = changeTool({
	name: 'deployment_blue_green',
	summary:
		'Starts a new version at full size beside the stable one, checks it, sends it all traffic at once, and keeps the old one for a switch back in one step',
	effect: 'change',
	annotations: {readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true},
	command: ['deploy', 'blue-green'],
	positionals: ['name'],
	input: workloadInput.extend({
		image: imageInput.optional(),
		manifest: manifestInput,
		check: z
			.string()
			.max(1000)
			.regex(/^(?:[a-z0-9-]{1,63}:)?\/[\w./~%?&=:@+,;-]*$/, 'a check is a path such as /health, or PORT:/health')
			.refine(text => !text.split(/[/?]/).includes('..'), 'a path does not go up')
			.optional()
			.describe('Path that must answer at the preview before the switch, as [PORT:]/PATH'),
		interval: durationUpTo('24h', 'with --pause-at preview it waits until mkcoa deploy promote')
			.optional()
			.describe('Judges the preview for so long by traffic of its own before the switch; without any it never passes'),
		metrics: metricsInput,
		pauseAt: z.enum(['preview']).optional().describe('Waits before the switch until somebody promotes'),
		keep: durationUpTo('168h', 'after a week mkcoa deploy rollback brings the old version back as well')
			.default('5m')
			.describe('How long the old version stays at full size after the switch'),
		autoscalerAfter: autoscalerAfterInput,
		readyWithin: readyWithinText.default('5m').describe('How long pods may take to become ready'),
	}),
	resolved: blueGreenInput,
	output: rollingOutput,
	text: rolledOutText,

	plan: (input, context: Context<DeployPorts>) => planBlueGreen(input, context),
	recall: (plan, sealed, context) => recallRollout(plan, sealed, context),

	async apply(plan, context, effects) {
		const {kind, name, namespace} = plan.input;
		const end = await carryOutRollout('blue-green', plan, context, effects);
		return rolledOut({kind, name, namespace}, end, context);
	},
});
