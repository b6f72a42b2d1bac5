import {type Answered, isExpired, wildcard} from '../exceptions/exception.ts';
import type {Hit} from './threat-judge.ts';
import {gravityOf, type Threat} from './threats.ts';

/** What somebody answers for: this actor may do this to that. `*` stands for any letters. */
export type AuditException = Answered & {
	/** Id of a detection. */
	readonly detection: string;
	/** Name of a user: `system:serviceaccount:backup:*`. */
	readonly actor: string;
	/** `RESOURCE NAMESPACE/NAME`, such as `pods/exec shop/*`; anything if left out. */
	readonly target?: string | undefined;
};

/** The exceptions as they are asked for. */
export function auditExceptions(exceptions: readonly AuditException[], nowMs: number) {
	const rows = exceptions.map(exception => ({
		exception,
		detection: wildcard(exception.detection),
		actor: wildcard(exception.actor),
		target: wildcard(exception.target ?? '*'),
		isExpired: isExpired(exception, nowMs),
		met: 0,
	}));
	return {
		/** The first that holds for a hit. One that ended is counted as met, and covers nothing. */
		covering(hit: Pick<Hit, 'detection' | 'actor' | 'target'>): AuditException | undefined {
			let found: AuditException | undefined;
			for (const row of rows) {
				if (!row.detection.test(hit.detection) || !row.actor.test(hit.actor) || !row.target.test(hit.target)) continue;
				row.met += 1;
				if (!row.isExpired) found ??= row.exception;
			}
			return found;
		},
		/** How each fared. */
		use: () => rows.map(({exception, isExpired: ended, met}) => ({...exception, isExpired: ended, met})),
	};
}

/** What comes again and again, on at least so many days, is a custom; of graver things nothing is. */
const leastTimes = 3;
const leastDays = 2;
const dayMs = 86_400_000;
/** A custom is looked at again after a quarter of a year. */
const holdsDays = 90;

/** An exception as a person is offered it: the owner is for the person to write. */
export type Proposed = Omit<AuditException, 'owner'> & {readonly times: number; readonly severity: Threat['severity']};

/**
 * Learns customs from what was told over a time: what one actor did again and again, on several days, and never graver than medium. Nothing is
 * excepted by it: a person reads, signs and keeps what he answers for.
 */
export function proposeExceptions(threats: readonly Threat[], nowMs: number): readonly Proposed[] {
	const expires = new Date(nowMs + holdsDays * dayMs).toISOString().slice(0, 10);
	return threats
		.filter(({severity, times, firstMs, lastMs, actorKind}) => {
			const isLong = lastMs - firstMs >= (leastDays - 1) * dayMs;
			return gravityOf(severity) <= gravityOf('medium') && times >= leastTimes && isLong && actorKind !== 'anonymous';
		})
		.map(({detection, actor, resource, namespace, times, severity, firstMs, lastMs}) => ({
			...{detection, actor, times, severity, expires},
			...(resource === '' ? {} : {target: namespace === undefined ? `${resource}*` : `${resource} ${namespace}/*`}),
			reason: `seen ${times} times from ${new Date(firstMs).toISOString().slice(0, 10)} to ${new Date(lastMs).toISOString().slice(0, 10)}`,
		}));
}
