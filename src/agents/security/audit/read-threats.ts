import {type AuditException, auditExceptions} from '../../../analysis/audit-log/audit-exceptions.ts';
import {type Blind, makeThreatJudge} from '../../../analysis/audit-log/threat-judge.ts';
import {type Threat, threatBook} from '../../../analysis/audit-log/threats.ts';
import {count} from '../../../core/text/count.ts';
import type {Context} from '../../../core/tool.ts';
import type {Unchecked} from '../../../core/unchecked.ts';
import type {AuditPorts} from '../../../mcp/security/audit-log/port.ts';
import type {Period} from '../../../mcp/security/model/moment.ts';
import {readEvents} from '../../../mcp/security/model/read-events.ts';
import type {ThreatPorts} from './audit-settings.ts';

/** What a log held, with what was excepted apart. */
export type ReadThreats = {
	readonly source: string | undefined;
	readonly events: number;
	/** When the first and the last event came, of those in the time. */
	readonly fromMs: number | undefined;
	readonly toMs: number | undefined;
	readonly threats: readonly Threat[];
	/** Hits that an exception covers. */
	readonly excepted: number;
	readonly exceptions: readonly (AuditException & {readonly isExpired: boolean; readonly met: number})[];
	readonly notChecked: readonly Unchecked[];
};

/** Reasons are the same for many detections: they are told once. */
export const blindSpots = (blind: readonly Blind[]): readonly Unchecked[] =>
	blind.map(({detection, why, requests}) => ({what: detection, why: requests === 0 ? why : `${why} (${count(requests, 'request')})`}));

/** Reads a log from its beginning, for only what came before the time makes known what is new in it; and tells the threats of the time. */
export async function readThreats(period: Period, {ports, clock, signal, emit}: Context<AuditPorts & ThreatPorts>): Promise<ReadThreats> {
	const [log, {settings, exceptions}] = await Promise.all([ports.auditLog(), ports.auditWords()]);
	const judge = makeThreatJudge({settings});
	const book = threatBook();
	const excepting = auditExceptions(exceptions, clock.now());
	let [excepted, fromMs, toMs] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
	const {events, notChecked} = await readEvents(log, {
		...{period: {fromMs: Number.NEGATIVE_INFINITY, toMs: period.toMs}, signal, emit},
		hear(event) {
			const hits = judge.hear(event);
			if (event.atMs < period.fromMs) return;
			fromMs = Math.min(fromMs, event.atMs);
			toMs = Math.max(toMs, event.atMs);
			for (const hit of hits) {
				if (excepting.covering(hit) === undefined) book.add(hit);
				else excepted += 1;
			}
		},
	});
	const isRead = fromMs <= toMs;
	const left = book.leftOut();
	return {
		...{source: log?.source, events, excepted, threats: book.threats(), exceptions: excepting.use()},
		fromMs: isRead ? fromMs : undefined,
		toMs: isRead ? toMs : undefined,
		notChecked: [
			...notChecked,
			...(isRead || log === undefined ? [] : [{what: 'every detection', why: 'no event of that time is in the log'}]),
			...blindSpots(judge.blind()),
			...(left === 0 ? [] : [{what: `${left} more sightings`, why: 'there were too many different ones: ask for a shorter time'}]),
		],
	};
}
