import {type ExitCode, exitCodes} from '../../core/outcome.ts';
import {applyWaiting} from '../apply-waiting.ts';
import type {Host} from '../host.ts';
import {resumeRun} from '../resume-run.ts';
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
			const outcome = await applyWaiting(id, session);
			worst = Math.max(worst, await session.print(await toolNamed(outcome.tool), outcome)) as ExitCode;
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
		const outcome = await resumeRun(call.values.id, session);
		return session.print(await toolNamed(outcome.tool), outcome);
	});
