import {type AuditException, auditExceptions} from '../../../analysis/audit-log/audit-exceptions.ts';
import type {AuditSettings} from '../../../analysis/audit-log/rule.ts';
import {boundedMap} from '../../../analysis/audit-log/sequences/recent.ts';
import {type Blind, type Hit, makeThreatJudge} from '../../../analysis/audit-log/threat-judge.ts';
import {gravityOf, threatKey} from '../../../analysis/audit-log/threats.ts';
import type {Clock} from '../../../core/clock.ts';
import type {AuditItem, AuditLog} from '../../../mcp/security/audit-log/port.ts';
import {type ThreatNews, threatNews} from './threat-news.ts';

type Watching = {
	readonly log: Pick<AuditLog, 'follow'>;
	readonly settings: AuditSettings;
	readonly exceptions: readonly AuditException[];
	/** What came since then is looked at first; only what comes from now on if left out. */
	readonly sinceMs?: number | undefined;
	/** What is less grave is counted alone. */
	readonly least: Hit['severity'];
	readonly clock: Clock;
	readonly signal: AbortSignal;
	/** Called in the order of the log. */
	readonly tell: (news: ThreatNews) => void;
	/** Once for a run of lines that are no events. */
	readonly onMalformed: (line: string) => void;
};

/** What a watch saw, when it is over. */
export type WatchSum = {
	readonly watchedMs: number;
	readonly events: number;
	readonly malformed: number;
	/** Told, repeated without being told, covered by exceptions, and less grave than what is told. */
	readonly told: number;
	readonly repeated: number;
	readonly excepted: number;
	readonly belowLeast: number;
	readonly blind: readonly Blind[];
};

/** The same of the same actor is told again after so long, with how often it came meanwhile. */
const quietMs = 10 * 60_000;
const mostKept = 10_000;

/** Follows an audit log and tells each threat as it comes, until the signal aborts or the log ends. */
export async function watchThreats(watching: Watching): Promise<WatchSum> {
	const {log, settings, exceptions, sinceMs, least, clock, signal, tell, onMalformed} = watching;
	const startMs = clock.now();
	const judge = makeThreatJudge({settings});
	let excepting = auditExceptions(exceptions, startMs);
	let judgedDay = Math.floor(startMs / 86_400_000);
	const last = boundedMap<{readonly atMs: number; readonly severity: Hit['severity']; repeated: number}>(mostKept);
	const sum = {events: 0, malformed: 0, told: 0, repeated: 0, excepted: 0, belowLeast: 0};

	function pass(hit: Hit) {
		if (excepting.covering(hit) !== undefined) {
			sum.excepted += 1;
			return;
		}
		if (gravityOf(hit.severity) < gravityOf(least)) {
			sum.belowLeast += 1;
			return;
		}
		const key = threatKey(hit);
		const before = last.get(key);
		if (before !== undefined && hit.atMs - before.atMs < quietMs && gravityOf(hit.severity) <= gravityOf(before.severity)) {
			before.repeated += 1;
			sum.repeated += 1;
			return;
		}
		sum.told += 1;
		tell(threatNews(hit, before?.repeated ?? 0));
		last.put(key, {atMs: hit.atMs, severity: hit.severity, repeated: 0});
	}

	function take(item: AuditItem) {
		if ('malformed' in item) {
			if (sum.malformed === 0) onMalformed(item.malformed);
			sum.malformed += 1;
			return;
		}
		sum.events += 1;
		// A watch may outlive an exception.
		const day = Math.floor(clock.now() / 86_400_000);
		if (day !== judgedDay) [excepting, judgedDay] = [auditExceptions(exceptions, clock.now()), day];
		const hits = judge.hear(item.event);
		if (sinceMs === undefined || item.event.atMs >= sinceMs) hits.forEach(pass);
	}

	for await (const item of log.follow({sinceMs, signal})) take(item);
	return {watchedMs: clock.now() - startMs, ...sum, blind: judge.blind()};
}
