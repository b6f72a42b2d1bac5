import * as z from 'zod';
import {type Context, changeTool} from '../../../core/tool.ts';
import {
	applyControl,
	controlOutput,
	controlResolved,
	controlText,
	followInput,
	planControl,
	targetInput,
} from '../backends/control-tool.ts';
import type {DeployPorts} from '../ports.ts';

export const deploymentPromote = changeTool({
	name: 'deployment_promote',
	summary:
		'Lets a rollout that waits go on to its next step, or to its end with --full: an Argo Rollout, a Flagger Canary, a Kruise Rollout',
	effect: 'change',
	annotations: {readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true},
	command: ['deploy', 'promote'],
	positionals: ['name'],
	input: targetInput.extend({
		full: z.boolean().default(false).describe('Skips what is left of its steps, pauses and analyses'),
		...followInput,
	}),
	resolved: controlResolved,
	output: controlOutput,
	text: controlText,
	plan: (input, context: Context<DeployPorts>) => planControl(input.full ? 'promote-full' : 'promote', input, context),
	apply: applyControl,
});
