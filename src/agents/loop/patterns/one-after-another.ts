import type {Step} from './plan-steps.ts';
import type {Report, Worker} from './report.ts';

/** What was done, and what was not begun because a step before it did not come through. */
export type Worked = {readonly reports: readonly Report[]; readonly notBegun: readonly Step[]};

/** Orchestrator and workers: the steps one after another, each with the reports before it. The first that is not answered ends the work. */
export async function oneAfterAnother(steps: readonly Step[], worker: Worker, signal: AbortSignal): Promise<Worked> {
	const reports: Report[] = [];
	for (const step of steps) {
		signal.throwIfAborted();
		const report = await worker(step, reports.slice(), signal);
		reports.push(report);
		if (report.reason !== 'answered') break;
	}
	return {reports, notBegun: steps.slice(reports.length)};
}
