import * as z from 'zod';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {ApprovedPlan, Draft} from '../../../core/plan.ts';
import type {ChangeToolOf, Context} from '../../../core/tool.ts';
import type {DeployPorts} from '../ports.ts';
import type {ControlledBackend} from './backend.ts';
import type {Control} from './control.ts';
import {notPossible} from './control.ts';
import {
	applyControl,
	type ControlOutput,
	type ControlResolved,
	controlOutput,
	controlResolved,
	controlText,
	draftOf,
	followInput,
	targetInput,
} from './control-tool.ts';
import {findBackend} from './find-backend.ts';

const asked = z.object({
	...targetInput.shape,
	...followInput,
	image: z.string().optional(),
	manifest: z.string().optional(),
	to: z.number().optional(),
});
export type Asked = z.output<typeof asked>;

/**
 * A tool for plain Deployments that also knows what to do where a controller rolls the workload out: the same command line serves both.
 * The answer is the tool's own, or how far the controller came.
 * @param tool its input has `name` and `namespace`, and its output is an object
 */
export function onControllers(
	tool: ChangeToolOf<DeployPorts>,
	control: (backend: ControlledBackend, asked: Asked, context: Context<DeployPorts>) => Promise<Control>,
): ChangeToolOf<DeployPorts> {
	const output = tool.output instanceof z.ZodObject ? tool.output : z.object({});
	return {
		...tool,
		input: tool.input.extend({name: targetInput.shape.name, detach: followInput.detach}),
		resolved: z.looseObject({}),
		output: output.partial().extend(controlOutput.partial().shape),
		text(answer, view) {
			if (isOfController(answer)) return controlText(answer, view);
			// What it found out before it failed may be less than its answer.
			return tool.output.safeParse(answer).success ? tool.text(answer, view) : '';
		},

		async plan(input, context): Promise<Draft> {
			const wanted = asked.parse(input);
			const {cluster} = context.ports;
			const backend = await findBackend(cluster, wanted.namespace ?? cluster.namespace, wanted.name);
			if (backend.kind !== 'plain') return draftOf(backend, await control(backend, wanted, context), wanted, context);
			const {kind, metadata} = backend.workload;
			if (wanted.detach) throw needsWatcher(tool, backend.workload);
			const own = tool.input.safeParse({...Object(input), name: kind === 'Deployment' ? metadata.name : wanted.name});
			if (own.success) return tool.plan(own.data, context);
			throw notPossible(
				`${kind} ${metadata.name} cannot be rolled out so`,
				`mkcoa ${tool.command.join(' ')} is for Deployments and for what a controller rolls out`,
				`Roll a new version out with: mkcoa deploy rolling ${kind.toLowerCase()}/${metadata.name} -n ${metadata.namespace} --image IMAGE`,
			);
		},

		apply: (plan, context, effects) => (isControl(plan) ? applyControl(plan, context, effects) : tool.apply(plan, context, effects)),
	};
}

/** Where no controller is, whoever leaves stops the rollout. */
const needsWatcher = ({command}: Pick<ChangeToolOf<DeployPorts>, 'command'>, {kind, metadata: {name, namespace}}: KubeObject) =>
	notPossible(
		`mkcoa ${command.join(' ')} cannot leave ${name} alone`,
		`no controller rolls ${kind} ${name} out: mkcoa does, step by step, as long as it runs`,
		`Leave --detach away. If it ends early all stays safe, and from any machine it goes on with: mkcoa deploy resume ${name} -n ${namespace}`,
	);

const isOfController = (answer: unknown): answer is ControlOutput => controlOutput.safeParse(answer).success;

/** A plan that `draftOf` made: its resolved input names the controller. */
const isControl = (plan: ApprovedPlan): plan is ApprovedPlan<ControlResolved> => controlResolved.safeParse(plan.input).success;
