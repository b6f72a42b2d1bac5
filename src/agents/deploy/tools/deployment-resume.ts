import * as z from 'zod';
import {type Context, changeTool} from '../../../core/tool.ts';
import {followInput, targetInput} from '../backends/control-tool.ts';
import {applyVerb, planVerb, recallVerb, verbOutput, verbResolved, verbText} from '../backends/control-verbs.ts';
import type {DeployPorts} from '../ports.ts';

export const deploymentResume = changeTool({
	name: 'deployment_resume',
	summary: 'Goes on with a rollout that was paused, or with --retry tries an aborted or failed version again',
	effect: 'change',
	annotations: {readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true},
	command: ['deploy', 'resume'],
	positionals: ['name'],
	input: targetInput.extend({
		retry: z.boolean().default(false).describe('Tries a version again that was aborted or failed'),
		...followInput,
	}),
	resolved: verbResolved,
	output: verbOutput,
	text: verbText,
	plan: (input, context: Context<DeployPorts>) => planVerb(input.retry ? 'retry' : 'resume', input, context),
	apply: applyVerb,
	recall: recallVerb,
});
