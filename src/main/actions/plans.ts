import {systemClock} from '../../core/clock.ts';
import {MkcoaError} from '../../core/error.ts';
import type {JournalEntry} from '../../core/journal.ts';
import {type ExitCode, exitCodes} from '../../core/outcome.ts';
import type {Plan, Target} from '../../core/plan.ts';
import {isMachine} from '../../core/this-machine.ts';
import {applyWaiting, noSuchPlan} from '../apply-waiting.ts';
import type {Host} from '../host.ts';
import {lazyState, openUserState} from '../open-state.ts';
import {entryToResume, resumeRun} from '../resume-run.ts';
import {openSession, type Session} from '../session.ts';
import {type ActionCall, answer} from './answer.ts';

/** The state, and a session for the place that a plan is about: this machine, or the cluster that the options name. */
type Places = {
	readonly state: ReturnType<typeof lazyState>;
	readonly sessionFor: (target: Target | undefined) => Promise<Session>;
	/** The same in the context for which a plan was made, where the options name none. */
	readonly sessionOfPlan: (plan: Pick<Plan, 'target'>) => Promise<Session>;
};

/** A cluster is reached only where a plan is about one. */
async function withPlaces({options}: ActionCall, host: Host, go: (places: Places) => Promise<ExitCode>): Promise<ExitCode> {
	const state = lazyState(() => openUserState(options, host, systemClock()));
	const opened = new Map<string | boolean, Session>();
	const open = async (place: string | boolean, change: Partial<Parameters<typeof openSession>[0]> = {}) => {
		const session = opened.get(place) ?? (await openSession({options, host, ...change}));
		opened.set(place, session);
		return session;
	};
	const sessionFor: Places['sessionFor'] = async target => {
		const here = target !== undefined && isMachine(target);
		return open(here, {here});
	};
	const sessionOfPlan: Places['sessionOfPlan'] = async ({target}) => {
		const {context} = target;
		if (isMachine(target) || options.context !== undefined || options.sandbox !== undefined) return sessionFor(target);
		return open(context, {options: {...options, context}}).catch((error: unknown) => {
			// Renamed since: whether it is the same cluster is looked at before anything is applied.
			if (error instanceof MkcoaError && error.trouble.code === 'unknown-context') return sessionFor(target);
			throw error;
		});
	};
	try {
		return await go({state, sessionFor, sessionOfPlan});
	} finally {
		await Promise.all([...opened.values(), state].map(each => each.close()));
	}
}

/** Applies exactly the plan of a file. */
export const apply = (call: ActionCall, host: Host): Promise<ExitCode> =>
	withPlaces(call, host, async ({state, sessionFor}) => {
		const earlier = await state.planFiles.read(call.values.planFile ?? '');
		const session = await sessionFor(earlier.plan.target);
		return session.print(await session.toolNamed(earlier.plan.tool), await session.apply(earlier));
	});

/** Reviews one waiting plan, or all, one by one. What was answered no longer waits. */
export const approve = (call: ActionCall, host: Host): Promise<ExitCode> =>
	withPlaces(call, host, async ({state: {waiting}, sessionOfPlan}) => {
		const {id: named} = call.values;
		const plans = named === undefined ? await waiting.list() : [(await waiting.find(named)) ?? refuse(noSuchPlan(named))];
		if (plans.length === 0) {
			await answer(host.streams, call.options, [], () => 'No plan waits');
			return exitCodes.done;
		}
		let worst: ExitCode = exitCodes.done;
		for (const {id, plan} of plans) {
			const session = await sessionOfPlan(plan);
			const outcome = await applyWaiting(id, session);
			worst = Math.max(worst, await session.print(await session.toolNamed(outcome.tool), outcome)) as ExitCode;
		}
		return worst;
	});

const refuse = (error: Error): never => {
	throw error;
};

/** Takes a change back: a change like any other, planned from the journal. */
export const undo = (call: ActionCall, host: Host): Promise<ExitCode> =>
	withPlaces(call, host, async ({state: {reader}, sessionFor}) => {
		const {id} = call.values;
		const entry = id === undefined ? (await reader.list(mostEntries)).find(isChange) : await reader.entry(id);
		const session = await sessionFor(entry?.plan.target);
		const {undo: tool} = await import('../../mcp/kubernetes/tools/undo.ts');
		return session.print(tool, await session.run(tool, id === undefined ? {} : {id}));
	});

/** Entries looked through for the latest change, of a cluster or of this machine. */
const mostEntries = 50;

const isChange = ({outcome, undoneBy, undoes}: JournalEntry) => outcome === 'done' && undoneBy === undefined && undoes === undefined;

/** Goes on with a run that died: what it did is not done again. */
export const resume = (call: ActionCall, host: Host): Promise<ExitCode> =>
	withPlaces(call, host, async ({state: {reader}, sessionFor}) => {
		const {id, plan} = await entryToResume(reader, call.values.id);
		const session = await sessionFor(plan.target);
		const outcome = await resumeRun(id, session);
		return session.print(await session.toolNamed(outcome.tool), outcome);
	});
