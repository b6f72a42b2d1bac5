import {MkcoaError} from '../../core/error.ts';
import {type ExitCode, exitCodes} from '../../core/outcome.ts';
import type {Host} from '../host.ts';
import {openSession, type Session} from '../session.ts';
import {toolNamed} from '../tool-groups.ts';
import {type ActionCall, answer} from './answer.ts';

async function withSession(call: ActionCall, host: Host, go: (session: Session) => Promise<ExitCode>): Promise<ExitCode> {
	const session = await openSession({options: call.options, host});
	try {
		return await go(session);
	} finally {
		await session.close();
	}
}

/** Applies exactly the plan of a file. */
export const apply = (call: ActionCall, host: Host): Promise<ExitCode> =>
	withSession(call, host, async session => {
		const earlier = await session.state.planFiles.read(call.values.planFile ?? '');
		return session.print(await toolNamed(earlier.plan.tool), await session.apply(earlier));
	});

/** Reviews one waiting plan, or all, one by one. What was answered no longer waits. */
export const approve = (call: ActionCall, host: Host): Promise<ExitCode> =>
	withSession(call, host, async session => {
		const {waiting} = session.state;
		const ids = call.values.id === undefined ? (await waiting.list()).map(({id}) => id) : [call.values.id];
		if (ids.length === 0) {
			await answer(host.streams, call.options, [], () => 'No plan waits');
			return exitCodes.done;
		}
		let worst: ExitCode = exitCodes.done;
		for (const id of ids) {
			const plan = await waiting.find(id);
			if (plan === undefined)
				throw new MkcoaError({
					kind: 'usage',
					code: 'no-such-plan',
					what: `No plan ${id} waits`,
					next: 'See what waits with: mkcoa approve',
				});
			const outcome = await session.apply(plan);
			if (outcome.kind !== 'waiting') await waiting.remove(plan.id);
			worst = Math.max(worst, await session.print(await toolNamed(plan.plan.tool), outcome)) as ExitCode;
		}
		return worst;
	});

/** Takes a change back: a change like any other, planned from the journal. */
export const undo = (call: ActionCall, host: Host): Promise<ExitCode> =>
	withSession(call, host, async session => {
		const {undo: tool} = await import('../../mcp/kubernetes/tools/undo.ts');
		return session.print(tool, await session.run(tool, call.values.id === undefined ? {} : {id: call.values.id}));
	});

/** Goes on with a run that died: what it did is not done again. */
export const resume = (call: ActionCall, host: Host): Promise<ExitCode> =>
	withSession(call, host, async session => {
		const {reader} = session.state;
		const id = call.values.id ?? (await reader.list(100)).find(({outcome, running}) => outcome === undefined && running === undefined)?.id;
		const entry = id === undefined ? undefined : await reader.entry(id);
		if (entry === undefined) {
			throw new MkcoaError({
				kind: 'usage',
				code: 'nothing-to-resume',
				what: id === undefined ? 'No change was interrupted' : `The journal has no entry ${id}`,
				next: 'See mkcoa history',
			});
		}
		if (entry.running === true)
			throw new MkcoaError({
				kind: 'usage',
				code: 'run-in-progress',
				what: `${entry.id} is being carried out right now`,
				next: 'Wait for its end',
			});
		if (entry.outcome === 'done')
			throw new MkcoaError({
				kind: 'usage',
				code: 'nothing-to-resume',
				what: `${entry.id} was carried out to its end`,
				next: `Take it back with: mkcoa undo ${entry.id}`,
			});
		const outcome = await session.apply({
			plan: entry.plan,
			digest: entry.digest,
			sealed: await reader.sealed(entry.id),
			resume: {journal: entry.id, effects: await reader.effects(entry.id)},
		});
		return session.print(await toolNamed(entry.plan.tool), outcome);
	});
