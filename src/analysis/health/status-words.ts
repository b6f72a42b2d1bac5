import type {HealthStatus} from './health.ts';

/** Whole words of phases and states, without case, dashes and blanks. */
const exact: {readonly [word: string]: HealthStatus} = Object.fromEntries(
	(
		[
			[
				'Healthy',
				'ready running healthy active available bound succeeded success successful complete completed ok green healthok established online up created ' +
					'deployed installed exists accepted synced operational initialized finished done provisioned valid registered compliant passed normal ' +
					'attached enabled working connected stable applied loaded started configured released uptodate atlatestknown detached',
			],
			[
				'Progressing',
				'pending new waiting queued scheduled yellow starting creating updating deleting terminating provisioning initializing processing ' +
					'reconciling progressing installing upgrading promoting finalising finalizing expanding restarting restoring rollingback submitted notready',
			],
			[
				'Degraded',
				'red down bad lost rolledback timeout timedout noncompliant outofsync warning healthwarn healtherr stalled critical terminated',
			],
			['Suspended', 'paused suspended hibernated hibernating halted stopped disabled onhold'],
			['Missing', 'notfound missing absent'],
			['Unknown', 'unknown inconclusive'],
		] as const
	).flatMap(([status, words]) => words.split(' ').map(word => [word, status] as const)),
);

/** Parts that give a longer word its meaning, such as `ConfigError` or `ImportInProgress`. Failures first: `UpdateFailed` is no update. */
const parts: readonly (readonly [RegExp, HealthStatus])[] = [
	[
		/fail|error|invalid|reject|degraded|unhealthy|crash|cancel|abort|expired|denied|conflict|exceeded|maxlimit|unreachable|unavailable|fault|broken|offline|disconnected|stuck|violat|blocked/,
		'Degraded',
	],
	[/paused|suspend|hibernat/, 'Suspended'],
	[
		/progress|pending|waiting|creating|updating|provisioning|deploying|starting|scheduled|initiali[sz]|installing|upgrading|building|scaling|rolling|settingup|joining|bootstrap|notre(ady|conciled)/,
		'Progressing',
	],
];

/** A state told as a sentence, of which single words mean nothing: `Statefulset not controlled by operator`. */
const sentence = / (not|cannot|already) |^(different|another|no) /i;

/** Kinds of work that ends: running is on the way for them, not the goal. */
const endingKind = /(Job|Run|Backup|Restore|Task|Experiment|Workflow|Analysis|Migration|Import|Upgrade|Copy)$/;

/** Participles of a rest that only look like those of something going on. */
const atRest = new Set(['running', 'warning', 'missing', 'nothing', 'serving', 'listening', 'working', 'existing', 'string']);

/** `ApplyingChanges`, `MigratingData`, `stopping`: what a controller says that it is doing. */
const isGoingOn = (word: string) =>
	word
		.replace(/([a-z])([A-Z])/g, '$1 $2')
		.toLowerCase()
		.split(/[^a-z]+/)
		.some(part => part.length > 5 && part.endsWith('ing') && !atRest.has(part));

/** What a word of a phase or a state means; undefined for words that nobody knows. */
export function statusOfWord(word: string, kind: string): HealthStatus | undefined {
	const plain = word.toLowerCase().replace(/[^a-z]/g, '');
	if (plain === 'running' && endingKind.test(kind)) return 'Progressing';
	if (Object.hasOwn(exact, plain)) return exact[plain];
	const known = parts.find(([pattern]) => pattern.test(plain))?.[1] ?? (isGoingOn(word) ? 'Progressing' : undefined);
	return known ?? (sentence.test(word) ? 'Degraded' : undefined);
}
