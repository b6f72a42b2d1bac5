import {type Context, changeTool} from '../../../core/tool.ts';
import {applyControl, controlOutput, controlResolved, controlText, planControl, targetInput} from '../backends/control-tool.ts';
import type {DeployPorts} from '../ports.ts';

export const deploymentPause = changeTool({
	name: 'deployment_pause',
	summary: 'Holds a rollout where it is until somebody resumes it',
	effect: 'change',
	annotations: {readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true},
	command: ['deploy', 'pause'],
	positionals: ['name'],
	input: targetInput,
	resolved: controlResolved,
	output: controlOutput,
	text: controlText,
	plan: (input, context: Context<DeployPorts>) => planControl('pause', input, context),
	apply: applyControl,
});
