import {troubleOf} from '../../../core/error.ts';
import type {Tools} from '../../conversation/brain.ts';
import type {Step} from './plan-steps.ts';
import type {Report, Worker} from './report.ts';

/** Tools that only read. A change is not offered, and not made when it is called all the same. */
export const readingTools = (tools: Tools): Tools => ({
	list: async () => (await tools.list()).filter(({annotations}) => annotations.readOnlyHint),
	async call(call, emit, signal) {
		const known = (await tools.list()).find(({name}) => name === call.tool);
		if (known?.annotations.readOnlyHint === true) return tools.call(call, emit, signal);
		const error = {
			kind: 'usage',
			code: 'only-reading',
			what: 'Specialists that work side by side only look',
			next: 'Report what should be changed',
		} as const;
		return {kind: 'failed', tool: call.tool, error, done: [], undone: [], left: []};
	},
	...(tools.within === undefined ? {} : {within: names => readingTools(tools.within?.(names) ?? tools)}),
});

/** Fan-out: all steps at once, for work that only looks. One that fails is reported as not checked, and why. */
export async function sideBySide(steps: readonly Step[], worker: Worker, signal: AbortSignal): Promise<readonly Report[]> {
	const reports = await Promise.all(
		steps.map(async (step): Promise<Report> => {
			try {
				return await worker(step, [], signal);
			} catch (error) {
				const {what, why} = troubleOf(error);
				return {step, text: `Not checked, because: ${why === undefined ? what : `${what}: ${why}`}`, reason: 'failed'};
			}
		}),
	);
	signal.throwIfAborted();
	return reports;
}
