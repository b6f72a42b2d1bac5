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

export const deploymentAbort = changeTool({
	name: 'deployment_abort',
	summary: 'Takes a rollout back that is under way: the version before serves alone again',
	effect: 'change',
	annotations: {readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true},
	command: ['deploy', 'abort'],
	positionals: ['name'],
	input: targetInput.extend(followInput),
	resolved: controlResolved,
	output: controlOutput,
	text: controlText,
	plan: (input, context: Context<DeployPorts>) => planControl('abort', input, context),
	apply: applyControl,
});
