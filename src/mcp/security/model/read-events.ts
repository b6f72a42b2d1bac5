import type {AuditEvent} from '../../../analysis/audit-log/audit-event.ts';
import type {Emit} from '../../../core/event.ts';
import {count} from '../../../core/text/count.ts';
import type {Unchecked} from '../../../core/unchecked.ts';
import type {AuditLog} from '../audit-log/port.ts';
import type {Period} from './moment.ts';

/** Events between two words of progress. */
const everyEvents = 100_000;

/** What a reading came to. */
export type Reading = {readonly events: number; readonly malformed: number; readonly notChecked: readonly Unchecked[]};

/** Where no log is named, nothing was looked at: that is no pass. */
const unnamed: Unchecked = {
	what: 'the audit log',
	why: 'none was named: give --audit-log PATH (or - for standard input), set MKCOA_AUDIT_LOG, or write audit.log into security.yaml',
};

/** Hands every event of a time on, in the order of the log, and counts what is none. */
export async function readEvents(
	log: AuditLog | undefined,
	{
		period,
		signal,
		emit,
		hear,
	}: {readonly period: Period; readonly signal: AbortSignal; readonly emit: Emit; readonly hear: (event: AuditEvent) => void},
): Promise<Reading> {
	if (log === undefined) return {events: 0, malformed: 0, notChecked: [unnamed]};
	let [events, malformed] = [0, 0];
	let example: string | undefined;
	emit({kind: 'progress', text: 'Reading the audit log'});
	for await (const item of log.read({sinceMs: period.fromMs, signal})) {
		if ('malformed' in item) {
			malformed += 1;
			example ??= item.malformed;
			continue;
		}
		events += 1;
		if (events % everyEvents === 0) {
			signal.throwIfAborted();
			emit({kind: 'progress', text: `Reading the audit log: ${count(events, 'event')}`});
		}
		if (item.event.atMs >= period.fromMs && item.event.atMs <= period.toMs) hear(item.event);
	}
	return {
		events,
		malformed,
		notChecked:
			malformed === 0 ? [] : [{what: count(malformed, 'line'), why: `no audit event is in it, such as ${JSON.stringify(example ?? '')}`}],
	};
}
