import type {Options} from '../commands/options.ts';
import {judge, strictest} from '../core/policy/judge.ts';
import type {Road} from '../core/road/road.ts';
import type {State} from '../state/state.ts';
import type {Host} from './host.ts';
import {loadPolicy} from './policy-file.ts';

type Judging = {
	readonly options: Pick<Options, 'readOnly'>;
	readonly host: Host;
	readonly state: Pick<State, 'grants'>;
	readonly nowMs: () => number;
	readonly target: Road<unknown>['target'];
};

/**
 * Policy as the road asks it, for the cluster by the name that the plan has for it and by the one it goes by now: a plan made under another
 * name of a production cluster is no way around its rules. `--read-only` is above every rule and grant; both are read anew for each plan,
 * because they can be revoked.
 */
export function judgeOf<Ports>({options, host, state, nowMs, target}: Judging): Road<Ports>['judge'] {
	return async (plan, effect, tainted) => {
		if (options.readOnly)
			return {
				answer: 'deny',
				why: 'This call is read-only',
				next: 'Leave out --read-only (or MKCOA_READ_ONLY) to change something',
				yes: false,
			};
		const [policy, grants] = [await loadPolicy(host), await state.grants.inForce()];
		const here = await target(plan.target.namespace);
		const verdicts = [plan.target, here].map(at =>
			judge(policy, grants, {
				tool: plan.tool,
				effect,
				plan: {...plan, target: {...plan.target, cluster: at.cluster}},
				context: at.context,
				identity: at.identity,
				nowMs: nowMs(),
				tainted,
			}),
		);
		const {rule, ...strict} = strictest(verdicts);
		const verdict = {...strict, client: verdicts.every(({client}) => client === true)};
		// That changes are asked about needs no word on the review screen.
		return rule === 'default' && verdict.answer === 'ask' ? {...verdict, why: ''} : verdict;
	};
}
