import type {Options} from '../commands/options.ts';
import {judge} from '../core/judge.ts';
import type {Road} from '../core/road.ts';
import type {State} from '../state/state.ts';
import type {Host} from './host.ts';
import {loadPolicy} from './policy-file.ts';

type Judging = {
	readonly options: Pick<Options, 'readOnly'>;
	readonly host: Host;
	readonly state: Pick<State, 'grants'>;
	readonly nowMs: () => number;
};

/** Policy as the road asks it. `--read-only` is above every rule and grant; both are read anew for each plan, because they can be revoked. */
export function judgeOf<Ports>({options, host, state, nowMs}: Judging): Road<Ports>['judge'] {
	return async (plan, effect) => {
		if (options.readOnly)
			return {
				answer: 'deny',
				why: 'This call is read-only',
				next: 'Leave out --read-only (or MKCOA_READ_ONLY) to change something',
				yes: false,
			};
		const [policy, grants] = [await loadPolicy(host), await state.grants.inForce()];
		const {context, identity} = plan.target;
		return judge(policy, grants, {tool: plan.tool, effect, plan, context, identity, nowMs: nowMs()});
	};
}
