import * as z from 'zod';
import {type Context, changeTool} from '../../../core/tool.ts';
import {followInput, targetInput} from '../backends/control-tool.ts';
import {applyVerb, planVerb, verbOutput, verbResolved, verbText} from '../backends/control-verbs.ts';
import type {DeployPorts} from '../ports.ts';

const verbOf = ({full, skipStep}: {readonly full: boolean; readonly skipStep: boolean}) =>
	full ? 'promote-full' : skipStep ? 'skip-step' : 'promote';

export const deploymentPromote = changeTool({
	name: 'deployment_promote',
	summary:
		'Lets a rollout that waits go on to its next step, or to its end with --full: one that mkcoa carries out itself, an Argo Rollout, a Flagger Canary, a Kruise Rollout',
	effect: 'change',
	annotations: {readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true},
	command: ['deploy', 'promote'],
	positionals: ['name'],
	input: targetInput.extend({
		full: z.boolean().default(false).describe('Skips what is left of its steps, pauses and analyses: nothing more is judged'),
		skipStep: z.boolean().default(false).describe('Skips the step of an Argo Rollout that is under way and waits for nobody'),
		...followInput,
	}),
	resolved: verbResolved,
	output: verbOutput,
	text: verbText,
	plan: (input, context: Context<DeployPorts>) => planVerb(verbOf(input), input, context),
	apply: applyVerb,
});
