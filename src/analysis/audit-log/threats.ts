import type {AuditOutcome} from './audit-event.ts';
import type {Severity} from './rule.ts';
import type {Hit} from './threat-judge.ts';

/** What one actor did of one kind to things of one kind in one place. */
export type Threat = {
	readonly detection: string;
	readonly severity: Severity;
	readonly actor: string;
	readonly actorKind: Hit['actorKind'];
	readonly resource: string;
	readonly namespace: string | undefined;
	readonly times: number;
	readonly firstMs: number;
	readonly lastMs: number;
	/** Some of the things, the newest last. */
	readonly targets: readonly string[];
	readonly sources: readonly string[];
	readonly outcomes: {readonly [outcome in AuditOutcome]: number};
	/** The gravest of them, and the newest, to show. */
	readonly evidence: readonly Hit[];
};

export const severities: readonly Severity[] = ['low', 'medium', 'high', 'critical'];
export const gravityOf = (severity: Severity) => severities.indexOf(severity);

type Growing = {-readonly [field in keyof Threat]: Threat[field]} & {
	targets: string[];
	sources: string[];
	evidence: Hit[];
	outcomes: {[outcome in AuditOutcome]: number};
};

/** More than these of one threat nobody reads. */
const mostKept = 10;
const mostEvidence = 3;
/** Threats that are kept apart; what comes beyond them is counted alone. */
const mostThreats = 20_000;

const keepSome = (list: string[], text: string) => {
	if (text === '' || list.includes(text)) return;
	list.push(text);
	if (list.length > mostKept) list.shift();
};

export const threatKey = ({detection, actor, resource, namespace}: Pick<Threat, 'detection' | 'actor' | 'resource' | 'namespace'>) =>
	[detection, actor, resource, namespace ?? ''].join(' ');

/** Gathers hits by actor, detection and target. */
export function threatBook() {
	const threats = new Map<string, Growing>();
	let leftOut = 0;
	return {
		add(hit: Hit) {
			const key = threatKey(hit);
			let threat = threats.get(key);
			if (threat === undefined && threats.size >= mostThreats) {
				leftOut += 1;
				return;
			}
			if (threat === undefined) {
				const {detection, severity, actor, actorKind, resource, namespace, atMs} = hit;
				threat = {
					...{detection, severity, actor, actorKind, resource, namespace, times: 0, firstMs: atMs, lastMs: atMs},
					...{targets: [], sources: [], outcomes: {done: 0, refused: 0, failed: 0}, evidence: []},
				};
				threats.set(key, threat);
			}
			threat.times += 1;
			threat.firstMs = Math.min(threat.firstMs, hit.atMs);
			threat.lastMs = Math.max(threat.lastMs, hit.atMs);
			threat.outcomes[hit.outcome] += 1;
			if (gravityOf(hit.severity) > gravityOf(threat.severity)) threat.severity = hit.severity;
			keepSome(threat.targets, hit.target);
			keepSome(threat.sources, hit.source);
			threat.evidence.push(hit);
			if (threat.evidence.length > mostEvidence) {
				const [least] = threat.evidence.toSorted((a, b) => gravityOf(a.severity) - gravityOf(b.severity) || a.atMs - b.atMs);
				threat.evidence = threat.evidence.filter(each => each !== least);
			}
		},
		/** The gravest first, then those by whom graver things were done, then the newest. */
		threats(): readonly Threat[] {
			const worst = new Map<string, number>();
			for (const {actor, severity} of threats.values()) worst.set(actor, Math.max(worst.get(actor) ?? 0, gravityOf(severity)));
			return [...threats.values()].toSorted(
				(a, b) =>
					gravityOf(b.severity) - gravityOf(a.severity) || (worst.get(b.actor) ?? 0) - (worst.get(a.actor) ?? 0) || b.lastMs - a.lastMs,
			);
		},
		/** Hits that were not kept, for there were too many different ones. */
		leftOut: () => leftOut,
	};
}
