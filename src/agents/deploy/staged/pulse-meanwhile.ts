import type {Context} from '../../../core/tool.ts';
import {requestEveryMs, type Steering} from './steer.ts';

/**
 * Waits for `work` and pulses while it lasts: a server that takes its time must not make a request wait.
 * @throws what `work` or `pulse` throws; what becomes of `work` after a pulse that threw is nobody's concern
 */
export async function pulseMeanwhile<Result>(
	work: Promise<Result>,
	pulse: Steering['pulse'],
	{clock}: Pick<Context<unknown>, 'clock'>,
): Promise<Result> {
	work.catch(() => {});
	for (;;) {
		let cancel = () => {};
		const rest = new Promise<undefined>(resolve => {
			cancel = clock.schedule(requestEveryMs, () => resolve(undefined));
		});
		const ended = await Promise.race([work.then(result => ({result})), rest]).finally(() => cancel());
		if (ended !== undefined) return ended.result;
		await pulse();
	}
}
