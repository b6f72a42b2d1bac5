import {ProtocolError, ProtocolErrorCode} from '@modelcontextprotocol/server';
import type {Audit, JournalEntry, WaitingPlans} from '../../../core/journal.ts';
import {shortLine} from '../../../core/text/short-line.ts';
import type {EdgeCaller} from '../edge-tool.ts';
import {mayUse} from '../may-use.ts';
import {type PlanSight, planAnswer, type SeenPlan} from '../plan-sight.ts';
import type {DetailedTask, TaskState} from './task.ts';
import type {TaskSource} from './task-source.ts';

type Plans = {
	readonly sight: PlanSight;
	readonly waiting: Pick<WaitingPlans, 'find' | 'close'>;
	readonly audit: Audit;
	readonly now: () => number;
	/** The step that a run is at, as far as anybody can tell. */
	readonly underWay: (run: JournalEntry, caller: EdgeCaller) => Promise<string | undefined>;
};

const prefix = 'plan-';

/** The id of the task that a plan is: whoever has the id of one has that of the other. */
export const planTaskId = (plan: string) => `${prefix}${plan}`;

export const isPlanTask = (id: string) => id.startsWith(prefix);

/** Why a change that a person said yes to goes on, and how it is taken back. */
export const goesOn =
	'What is being carried out is not stopped by cancelling: a person takes it back with mkcoa undo, or a rollout with mkcoa deploy abort';

/** How often to ask: a person takes longer than a step. */
const pollMs = {waiting: 3000, running: 1000};

/** Cancelled runs of which that is remembered; it is a remark, and no more. */
const mostCancelled = 1000;

/**
 * Plans as tasks. All that they are lies in the state folder, so that they outlive this process and tell what another one does with them. Only whoever
 * had a plan made sees it.
 */
export function planTasks({sight, waiting, audit, now, underWay}: Plans): TaskSource {
	const cancelled = new Set<string>();

	async function words(id: string, {isFinal, run, summary}: SeenPlan, caller: EdgeCaller): Promise<string | undefined> {
		if (isFinal) return undefined;
		if (run !== undefined) {
			const step = (await underWay(run, caller).catch(() => undefined)) ?? 'A person said yes, and it is being carried out';
			return cancelled.has(id) ? `${step}. ${goesOn}` : step;
		}
		return [`Waits for a person: mkcoa approve ${id}`, summary].filter(text => text !== undefined).join('. ');
	}

	async function detailed(id: string, seen: SeenPlan, caller: EdgeCaller): Promise<DetailedTask> {
		const {savedAt, since = new Date(now()).toISOString(), keptUntil, run} = seen;
		const said = await words(id, seen, caller);
		return {
			taskId: planTaskId(id),
			...stateOf(seen),
			...(said === undefined ? {} : {statusMessage: shortLine(said, 500)}),
			createdAt: savedAt,
			lastUpdatedAt: since,
			ttlMs: keptUntil === undefined ? null : Date.parse(keptUntil) - Date.parse(savedAt),
			pollIntervalMs: run === undefined ? pollMs.waiting : pollMs.running,
		};
	}

	async function cancel(id: string, caller: EdgeCaller): Promise<void> {
		if (!mayUse({effect: 'change'}, caller))
			throw new ProtocolError(
				ProtocolErrorCode.InvalidRequest,
				'Taking back a plan takes the scope mkcoa:change, and a role that may change something',
			);
		const plan = await waiting.find(id);
		await waiting.close(id, {kind: 'rejected', feedback: '', takenBack: true});
		const seen = await sight(id, caller);
		if (seen?.run !== undefined) {
			if (cancelled.size >= mostCancelled) cancelled.clear();
			cancelled.add(id);
		}
		// Of two who cancel at once, or of a cancel and a yes, one found it waiting.
		if (plan === undefined || seen?.isTakenBack !== true) return;
		const {tool, target} = plan.plan;
		await audit.append({
			action: 'rejected',
			tool,
			digest: plan.digest,
			identity: target.identity,
			context: target.context,
			detail: `taken back by ${caller.principal}, who had asked for it`,
			principal: caller.principal,
			...(plan.maker === undefined ? {} : {agent: plan.maker.agent}),
		});
	}

	return async (caller, taskId) => {
		if (!isPlanTask(taskId) || !mayUse({effect: 'read'}, caller)) return undefined;
		const id = taskId.slice(prefix.length);
		const seen = await sight(id, caller);
		if (seen === undefined) return undefined;
		return {
			see: () => detailed(id, seen, caller),
			// A plan asks nothing that a client could answer here: where policy lets it, the call itself was asked.
			answer: () => {},
			cancel: async () => {
				if (!seen.isFinal) await cancel(id, caller);
			},
		};
	};
}

function stateOf({answer, isFinal, isTakenBack}: SeenPlan): TaskState {
	if (isTakenBack) return {status: 'cancelled'};
	return isFinal ? {status: 'completed', result: planAnswer(answer)} : {status: 'working'};
}
