import {type Context, changeTool} from '../../../core/tool.ts';
import {targetInput} from '../backends/control-tool.ts';
import {applyVerb, planVerb, verbOutput, verbResolved, verbText} from '../backends/control-verbs.ts';
import type {DeployPorts} from '../ports.ts';

export const deploymentPause = changeTool({
	name: 'deployment_pause',
	summary: 'Holds a rollout where it is until somebody resumes it',
	effect: 'change',
	annotations: {readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true},
	command: ['deploy', 'pause'],
	positionals: ['name'],
	input: targetInput,
	resolved: verbResolved,
	output: verbOutput,
	text: verbText,
	plan: (input, context: Context<DeployPorts>) => planVerb('pause', input, context),
	apply: applyVerb,
});
