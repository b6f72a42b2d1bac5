import * as z from 'zod';
import {age} from '../../../../core/text/age.ts';
import type {View} from '../../../../core/tool.ts';
import {plainLine} from '../../../../mcp/kubernetes/model/untrusted-text.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import {isEndedByGuardian} from '../guardian/guardian-acted.ts';
import {stepOfPlan} from '../layout.ts';
import {holderText, type WorkloadName} from '../lease/held-by.ts';
import type {Watcher} from '../lease/lease.ts';
import {strategyWords} from '../strategy-words.ts';
import {readRolloutAsViewer} from './read-rollout.ts';

/** A rollout that lasts, for `deploy status`. Times are ISO 8601 and empty where nobody told. */
export const rolloutStateOutput = z.object({
	strategy: z.string(),
	/** `stopped`: nobody is at it. `unknown`: who looks may not read Leases. */
	state: z.enum(['running', 'paused', 'stopped', 'unknown']),
	phase: z.enum(['forward', 'back']),
	/** From 1. */
	step: z.number(),
	of: z.number(),
	title: z.string(),
	/** What serves meanwhile; empty where an older mkcoa began it. */
	stands: z.string(),
	/** When what is waited for ends at the latest. */
	until: z.string(),
	reason: z.string(),
	holder: z.string(),
	since: z.string(),
	lastSign: z.string(),
	startedBy: z.string(),
	startedAt: z.string(),
	/** What another terminal asked and the holder has not done yet. */
	request: z.string().optional(),
	next: z.array(z.string()),
});

export type RolloutState = z.output<typeof rolloutStateOutput>;

const longest = 200;

/** Step i of n, who is at it since when, and what to do next. Undefined where no rollout of mkcoa's is there. */
export async function rolloutState(
	cluster: Pick<Cluster, 'get'>,
	workload: WorkloadName,
	watcher: Watcher,
): Promise<RolloutState | undefined> {
	const {lease, record, alive, unseen} = await readRolloutAsViewer(cluster, workload, watcher);
	if (record === undefined) return undefined;
	const {phase, position, back, acts, paused, title, stands, deadline, reason, by, startedAt, strategy, request} = record;
	return {
		strategy: plainLine(strategy, longest),
		state: unseen ? 'unknown' : !alive ? 'stopped' : paused ? 'paused' : 'running',
		phase,
		...stepOfPlan({position, acts}),
		title: plainLine(title, longest),
		stands: isEndedByGuardian(record)
			? 'the guardian gave the traffic back to the stable version'
			: plainLine((phase === 'forward' ? stands.forward[position] : stands.back[back]) ?? '', longest),
		until: plainLine(deadline, longest),
		reason: plainLine(reason, longest),
		holder: alive ? holderText(lease?.holder ?? '') : '',
		since: lease?.acquiredAt ?? '',
		lastSign: lease?.renewedAt ?? '',
		startedBy: plainLine(by, longest),
		startedAt: plainLine(startedAt, longest),
		...(request === undefined ? {} : {request: `${request.verb}, asked by ${holderText(request.by)}`}),
		next: unseen ? [] : nextOf(workload, {alive, paused, phase, isOver: isEndedByGuardian(record)}),
	};
}

/** Command lines that fit a rollout with a record, the likeliest first. */
export function nextOf(
	{namespace, name}: WorkloadName,
	{
		alive,
		paused,
		phase,
		isOver,
	}: {readonly alive: boolean; readonly paused: boolean; readonly phase: 'forward' | 'back'; readonly isOver: boolean},
): string[] {
	const words = `${name} -n ${namespace}`;
	if (!alive && phase === 'back') return [`Finish the way back: mkcoa deploy abort ${words}`];
	const abort = `Take it back: mkcoa deploy abort ${words}`;
	if (!alive && isOver) return [abort];
	if (!alive) return [`Go on with it: mkcoa deploy resume ${words}`, abort];
	if (phase === 'back') return [];
	return [paused ? `Let it go on: mkcoa deploy resume ${words}` : `Promote it by hand: mkcoa deploy promote ${words}`, abort];
}

/** The rollout in lines for `deploy status`. */
export function rolloutStateLines(state: RolloutState, {nowMs}: Pick<View, 'nowMs'>): readonly string[] {
	const ago = (time: string) => (Number.isNaN(Date.parse(time)) ? 'a time unknown' : age(nowMs - Date.parse(time)));
	const where = `${strategyWords(state.strategy)}${state.phase === 'back' ? ' on its way back' : ''}, step ${state.step} of ${state.of}: ${state.title}`;
	const leftMs = Date.parse(state.until) - nowMs;
	const who =
		state.state === 'unknown'
			? 'who is at it is not known: that takes the right to get leases'
			: state.holder === ''
				? `nobody is at it, the last sign of life came ${ago(state.lastSign)} ago`
				: `${state.holder} has been at it for ${ago(state.since)}`;
	return [
		`${where}${state.state === 'paused' ? ' (paused)' : ''}${leftMs > 0 ? `; at most ${age(leftMs)} more` : ''}`,
		...(state.stands === '' ? [] : [state.stands]),
		who,
		...(state.reason === '' ? [] : [`it goes back because ${state.reason}`]),
		...(state.request === undefined ? [] : [`asked and not done yet: ${state.request}`]),
	];
}
