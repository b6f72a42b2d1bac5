import {systemClock} from '../../core/clock.ts';
import {type ExitCode, exitCodes} from '../../core/outcome.ts';
import {judge} from '../../core/policy/judge.ts';
import type {Host} from '../host.ts';
import {openUserState} from '../open-state.ts';
import {loadPolicy} from '../policy-file.ts';
import {toolNamed} from '../tool-groups.ts';
import {type ActionCall, answer} from './answer.ts';

const words = {allow: '✓ passes unasked', ask: '- asks a person', deny: '✗ is refused'} as const;

/** Tells what policy would say to a saved plan, by which rule, without a cluster. Exit code 4 where it would be refused. */
export async function policyTest({values, options}: ActionCall, host: Host): Promise<ExitCode> {
	const clock = systemClock();
	const state = await openUserState(options, host, clock);
	try {
		const {plan} = await state.planFiles.read(values.planFile ?? '');
		const tool = await toolNamed(plan.tool);
		const {context, identity} = plan.target;
		const verdict = judge(await loadPolicy(host), await state.grants.inForce(), {
			tool: plan.tool,
			effect: tool?.effect ?? 'destructive',
			plan,
			context,
			identity,
			nowMs: clock.now(),
		});
		await answer(
			host.streams,
			options,
			verdict,
			() => `${words[verdict.answer]}: ${verdict.why} (${verdict.rule})${verdict.next === undefined ? '' : `. ${verdict.next}`}`,
		);
		return verdict.answer === 'deny' ? exitCodes.notAllowed : exitCodes.done;
	} finally {
		state.close();
	}
}
