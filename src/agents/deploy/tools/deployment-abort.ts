import {type Context, changeTool} from '../../../core/tool.ts';
import {followInput, targetInput} from '../backends/control-tool.ts';
import {applyVerb, planVerb, recallVerb, verbOutput, verbResolved, verbText} from '../backends/control-verbs.ts';
import type {DeployPorts} from '../ports.ts';

export const deploymentAbort = changeTool({
	name: 'deployment_abort',
	summary: 'Takes a rollout back that is under way: the version before serves alone again',
	effect: 'change',
	annotations: {readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true},
	command: ['deploy', 'abort'],
	positionals: ['name'],
	input: targetInput.extend(followInput),
	resolved: verbResolved,
	output: verbOutput,
	text: verbText,
	plan: (input, context: Context<DeployPorts>) => planVerb('abort', input, context),
	apply: applyVerb,
	recall: recallVerb,
});
