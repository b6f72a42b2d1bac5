import {reworded} from '../../agents/router/route/reworded.ts';
import {routerAgent} from '../../core/chat-result.ts';
import {isJsonObject} from '../../core/json.ts';
import type {Again, Settled} from './edited-plans.ts';

/** Another plan that a person is asked about at once. `why` stands on its review: it looks much like the one before. */
export type FollowUp =
	| {readonly kind: 'plan'; readonly again: Again; readonly said: string; readonly why: string}
	| {readonly kind: 'request'; readonly request: string; readonly why: string};

/**
 * What follows a turn whose last change did not come about: the same change anew where the cluster moved meanwhile, and where a plan was refused with words
 * the change that they speak of. A model reads both by itself.
 * @returns undefined where nothing follows
 */
export function followUp(request: string, settled: readonly Settled[]): FollowUp | undefined {
	const last = settled.at(-1);
	if (last === undefined) return undefined;
	const {call, outcome} = last;
	if (outcome.kind === 'drifted' && isJsonObject(call.input))
		return {
			kind: 'plan',
			again: {tool: call.tool, input: call.input, agent: call.agent},
			said: 'The same change, planned anew on the cluster as it is now',
			why: `the plan before was not applied: ${outcome.moved.join('; ')}`,
		};
	if (outcome.kind !== 'rejected' || outcome.by !== 'person' || call.agent !== routerAgent) return undefined;
	// Said again as a whole, the request would do once more what was done.
	if (settled.some(({outcome: {kind}}) => kind === 'done' || kind === 'waiting')) return undefined;
	const next = reworded(request, outcome.feedback);
	return next === undefined ? undefined : {kind: 'request', request: next, why: `you refused the plan before: ${outcome.feedback}`};
}
