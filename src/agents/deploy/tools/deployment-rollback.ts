import * as z from 'zod';
import {type Context, changeTool} from '../../../core/tool.ts';
import {readyWithinText} from '../duration.ts';
import {workloadInput} from '../inputs.ts';
import type {DeployPorts} from '../ports.ts';
import {carryOutRollout} from '../staged/carry-out-rollout.ts';
import {outlineSchema} from '../staged/outline.ts';
import {recallRollout} from '../staged/recall/recall-rollout.ts';
import {planRollback} from '../strategies/rollback/plan-rollback.ts';
import {broughtBack} from '../strategies/rollback/read-revision.ts';
import {rolledOut, rolledOutText, rollingOutput} from '../strategies/rolling/rolled-out.ts';

export const deploymentRollback = changeTool({
	name: 'deployment_rollback',
	summary:
		'Returns a Deployment, StatefulSet or DaemonSet to an earlier revision with the ConfigMaps, Secrets, autoscaler, Services and routes that it had, and watches it',
	effect: 'change',
	annotations: {readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true},
	command: ['deploy', 'rollback'],
	positionals: ['name'],
	input: workloadInput.extend({
		to: z.int().positive().optional().describe('Revision to return to; the one before if left out'),
		readyWithin: readyWithinText.default('10m').describe('How long the rollback may take'),
	}),
	resolved: z.object({kind: z.string(), name: z.string(), namespace: z.string(), to: z.number(), outline: outlineSchema}),
	output: rollingOutput,
	text: rolledOutText,

	plan: (input, context: Context<DeployPorts>) => planRollback(input, context),
	recall: (plan, sealed, context) =>
		recallRollout(plan, sealed, context, workload => broughtBack(context.ports.cluster, workload, plan.input.to)),

	async apply(plan, context, effects) {
		const {kind, name, namespace} = plan.input;
		const end = await carryOutRollout('rollback', plan, context, effects);
		return rolledOut({kind, name, namespace}, end, context);
	},
});
