import {randomBytes} from 'node:crypto';
import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {onTestFinished} from 'vitest';
import {MkcoaError} from '../../src/core/error.ts';
import {openState, type StateOptions} from '../../src/state/state.ts';
import {type ManualClock, manualClock} from '../support/manual-clock.ts';

export const day = 24 * 60 * 60 * 1000;

/** A folder of its own for one test. The state lies in `folder`, which does not exist yet. */
export function world() {
	const home = mkdtempSync(join(tmpdir(), 'mkcoa-state-'));
	onTestFinished(() => rmSync(home, {recursive: true, force: true}));
	const folder = join(home, 'state');
	const clock: ManualClock = manualClock();
	return {
		home,
		folder,
		clock,
		database: join(folder, 'state.db'),
		open(options: Partial<StateOptions> = {}) {
			const state = openState({folder, clock, randomBytes, uid: process.getuid?.(), ...options});
			onTestFinished(() => state.close());
			return state;
		},
		/** Changes the file behind the back of mkcoa. */
		tamper(sql: string) {
			const handle = new DatabaseSync(join(folder, 'state.db'));
			handle.exec(sql);
			handle.close();
		},
		/** Every byte of every file of the folder. */
		bytes: () => Buffer.concat(readdirSync(folder).map(name => readFileSync(join(folder, name)))).toString('latin1'),
	};
}

/** What was thrown, as data, so that a test can look at its words. */
export async function troubleIn(work: () => unknown) {
	try {
		await work();
	} catch (error) {
		if (error instanceof MkcoaError) return error.trouble;
		throw error;
	}
	throw new Error('Nothing was thrown');
}
