import type {EndReason} from '../../conversation/event.ts';
import type {Step} from './plan-steps.ts';

/** What came of one step. */
export type Report = {readonly step: Step; readonly text: string; readonly reason: EndReason};

/** Carries out one step, knowing what those before it reported. Rejects where its model cannot go on. */
export type Worker = (step: Step, before: readonly Report[], signal: AbortSignal) => Promise<Report>;

/** Reports as text of others: a worker has read logs and objects. */
export const reportsText = (reports: readonly Report[]): string =>
	reports.map(({step: {specialist, task}, text, reason}) => `## ${specialist.name}: ${task}\n(${reason})\n${text}`).join('\n\n');
