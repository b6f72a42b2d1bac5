import type {ApprovedPlan} from '../../../../core/plan.ts';
import {type Context, type Effects, StoppedError} from '../../../../core/tool.ts';
import type {DeployPorts} from '../../ports.ts';
import {waitForReady} from '../../rollout/wait-for-ready.ts';
import {deploymentRef} from '../../workload.ts';
import {commandWords} from '../lease/held-by.ts';
import type {ControlInput, ControlOutput} from './control-input.ts';

/** The pods that a workload gets back start for the old version, which ran before. */
const withinMs = 600_000;

/**
 * Removes what a rollout left. Where its copies share the requests, the first step gives the workload its pods again, and they are ready before
 * anything goes. @throws StoppedError where they do not get ready
 */
export async function removed(
	{input, steps}: ApprovedPlan<ControlInput>,
	context: Context<DeployPorts>,
	effects: Effects,
): Promise<ControlOutput> {
	const {name, namespace, pods} = input;
	for (const [step, {writes}] of steps.entries()) {
		for (const at of writes.keys()) await effects.performAt(step, at);
		if (step === 0 && pods !== undefined) await ready(input, pods, context);
	}
	return {name, namespace, result: 'removed', reason: '', undone: [], next: []};
}

async function ready({name, namespace, kind}: ControlInput, pods: number, context: Context<DeployPorts>): Promise<void> {
	const end = await waitForReady({ref: deploymentRef(namespace, name), pods, withinMs}, context);
	if (end.done) return;
	const words = commandWords({name, namespace, kind});
	throw new StoppedError({
		trouble: {
			kind: 'environment',
			code: 'not-ready',
			what: `${name} cannot serve alone yet, so nothing was removed`,
			why: end.reason,
			next: `See why: mkcoa deploy status ${words}. Then: mkcoa deploy abort ${words}`,
		},
		undone: [],
		left: [`What the rollout of ${name} left still serves beside it`],
	});
}
