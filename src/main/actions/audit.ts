import {systemClock} from '../../core/clock.ts';
import {parseDuration} from '../../core/duration.ts';
import {MkcoaError} from '../../core/error.ts';
import {type ExitCode, exitCodes} from '../../core/outcome.ts';
import type {Host} from '../host.ts';
import {openUserState} from '../open-state.ts';
import {type ActionCall, answer} from './answer.ts';

/** Checks the chain of the audit log. Exit code 1 when a record was altered or lost. */
export async function auditVerify({options}: ActionCall, host: Host): Promise<ExitCode> {
	const {streams} = host;
	const state = await openUserState(options, host, systemClock());
	try {
		const check = await state.audit.verify();
		await answer(streams, options, check, () =>
			check.ok
				? `✓ ${check.records} records, none altered or lost`
				: `✗ The audit log was tampered with: ${check.what}. Nothing was overwritten; keep a copy of the state folder`,
		);
		return check.ok ? exitCodes.done : exitCodes.failed;
	} finally {
		state.close();
	}
}

/** Prints the records, one JSON object a line, oldest first. */
export async function auditExport({values, options}: ActionCall, host: Host): Promise<ExitCode> {
	const {streams} = host;
	const clock = systemClock();
	const since = values.since === undefined ? undefined : clock.now() - sinceMs(values.since);
	const state = await openUserState(options, host, clock);
	try {
		for (const line of await state.audit.lines()) {
			const {time}: {time: string} = JSON.parse(line);
			if (since === undefined || Date.parse(time) >= since) streams.out(`${line}\n`);
		}
		return exitCodes.done;
	} finally {
		state.close();
	}
}

function sinceMs(text: string): number {
	const ms = parseDuration(text);
	if (ms !== undefined) return ms;
	throw new MkcoaError({
		kind: 'usage',
		code: 'bad-duration',
		what: `--since ${JSON.stringify(text)} is not a duration`,
		next: 'Write it like 24h or 30m',
	});
}
