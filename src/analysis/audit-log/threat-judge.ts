import {type ActorKind, actorKind, sourceOf} from './actor.ts';
import {threatRules} from './all-rules.ts';
import {type AuditEvent, type AuditOutcome, auditLevels, isDryRun, outcomeOf, targetText} from './audit-event.ts';
import {type AuditSettings, type Rule, type Sequence, type Severity, usualSettings} from './rule.ts';
import {boundedMap} from './sequences/recent.ts';
import {sequences as allSequences} from './sequences/sequences.ts';

/** What one detection saw in one event: who, what, on what, from where. */
export type Hit = {
	/** Id of the detection. */
	readonly detection: string;
	readonly severity: Severity;
	readonly atMs: number;
	readonly actor: string;
	readonly actorKind: ActorKind;
	readonly source: string;
	readonly userAgent: string;
	readonly verb: string;
	/** `pods/exec shop/web-1`. */
	readonly target: string;
	readonly resource: string;
	readonly namespace: string | undefined;
	readonly outcome: AuditOutcome;
	readonly detail: string;
	readonly auditId: string;
};

/** What could not be looked at, and in how many requests. */
export type Blind = {readonly detection: string; readonly why: string; readonly requests: number};

type Choice = {
	readonly rules?: readonly Rule[];
	readonly sequences?: readonly Sequence[];
	readonly settings?: AuditSettings;
};

const gravity: readonly Severity[] = ['low', 'medium', 'high', 'critical'];

/** An attempt is one step less grave than the deed. */
const lessGrave = (severity: Severity): Severity => gravity[Math.max(0, gravity.indexOf(severity) - 1)] ?? 'low';

/** Requests of one stream that are remembered, so that its end is not told as another. */
const mostStreams = 20_000;

/** By resource and verb, so that an event meets only the rules that may speak of it. */
function indexed(rules: readonly Rule[]) {
	const byResource = Map.groupBy(
		rules.flatMap(each => (each.resources ?? ['*']).map(resource => ({resource, each}))),
		({resource}) => resource,
	);
	const general = byResource.get('*') ?? [];
	const kept = new Map<string, readonly Rule[]>();
	return (resource: string, verb: string): readonly Rule[] => {
		const key = `${resource} ${verb}`;
		const known = kept.get(key);
		if (known !== undefined) return known;
		const found = [...(byResource.get(resource) ?? []), ...general]
			.map(({each}) => each)
			.filter(({verbs}) => verbs?.includes(verb) ?? true);
		kept.set(key, found);
		return found;
	};
}

const rank = Object.fromEntries(auditLevels.map((level, index) => [level, index]));

/**
 * Looks at a log, event after event, in bounded memory. What an event does not hold is counted as not checked: `blind` tells it.
 * @param choice all threats with the usual settings if left out
 */
export function makeThreatJudge({rules = threatRules, sequences = allSequences, settings = usualSettings}: Choice = {}) {
	const usable = rules.filter(({setting}) => setting === undefined || settings[setting] !== undefined);
	const rulesOf = indexed(usable);
	const begun = sequences.map(each => ({...each, see: each.begin()}));
	const streams = boundedMap<true>(mostStreams);
	const blind = new Map<string, {readonly detection: string; readonly why: string; requests: number}>();

	function missed(detection: string, why: string) {
		const known = blind.get(`${detection} ${why}`);
		if (known === undefined) blind.set(`${detection} ${why}`, {detection, why, requests: 1});
		else known.requests += 1;
	}

	const hitOf = (
		event: AuditEvent,
		actor: ActorKind,
		{detection, severity, detail}: Pick<Hit, 'detection' | 'severity' | 'detail'>,
	): Hit => ({
		...{detection, severity, detail, atMs: event.atMs, actor: event.user.name, actorKind: actor, source: sourceOf(event)},
		...{userAgent: event.userAgent, verb: event.verb, target: targetText(event), resource: event.target?.resource ?? ''},
		...{namespace: event.target?.namespace, outcome: outcomeOf(event), auditId: event.id},
	});

	function byRule(each: Rule, event: AuditEvent, actor: ActorKind): Hit | undefined {
		if (each.stage === 'end' ? event.stage !== 'ResponseComplete' : event.stage !== 'ResponseStarted' && event.stage !== 'ResponseComplete')
			return undefined;
		const isOwn = actor === 'control-plane' || actor === 'node';
		if (isOwn && each.actors !== 'everybody' && !settings.tellsOrdinary) return undefined;
		const outcome = outcomeOf(event);
		if (each.outcome === 'done' && (outcome !== 'done' || isDryRun(event))) return undefined;
		if ((rank[event.level] ?? 0) < (rank[each.needs] ?? 0)) {
			// What was refused did nothing.
			if (outcome === 'done')
				missed(
					each.id,
					`the log holds ${event.target?.resource ?? 'such requests'} at level ${event.level} alone, and it needs ${each.needs}`,
				);
			return undefined;
		}
		if (
			each.needs !== 'Metadata' &&
			outcome === 'done' &&
			event.verb === 'patch' &&
			Array.isArray(event.request) &&
			event.response === undefined
		)
			missed(each.id, 'a JSON Patch says nothing of the whole object: it needs level RequestResponse for patches');
		const seen = each.look(event, {settings, actor});
		if (seen === undefined) return undefined;
		if (each.stage === 'start') {
			if (streams.get(`${each.id} ${event.id}`) !== undefined) return undefined;
			streams.put(`${each.id} ${event.id}`, true);
		}
		const severity = seen.severity ?? each.severity;
		const isDone = outcome === 'done' && !isDryRun(event);
		return hitOf(event, actor, {detection: each.id, severity: isDone ? severity : lessGrave(severity), detail: seen.detail});
	}

	return {
		/** What an event shows; nothing for the most. */
		hear(event: AuditEvent): readonly Hit[] {
			if (event.stage === 'RequestReceived') return [];
			const actor = actorKind(event);
			const resource = event.target?.resource ?? '';
			const hits: Hit[] = [];
			for (const each of rulesOf(resource, event.verb)) {
				const hit = byRule(each, event, actor);
				if (hit !== undefined) hits.push(hit);
			}
			// A stream has two stages, and is one request: a watch is known by its beginning, anything else by its end.
			const isCounted = event.verb === 'watch' ? event.stage === 'ResponseStarted' : event.stage === 'ResponseComplete';
			if (!isCounted) return hits;
			for (const {id, severity, resources, see} of begun) {
				if (resources?.includes(resource) === false) continue;
				const seen = see(event, actor);
				if (seen !== undefined) hits.push(hitOf(event, actor, {detection: id, severity: seen.severity ?? severity, detail: seen.detail}));
			}
			return hits;
		},
		/** What could not be looked at so far: settings that nobody gave, and bodies that the log does not hold. */
		blind: (): readonly Blind[] => [
			...rules
				.filter(({setting}) => setting !== undefined && settings[setting] === undefined)
				.map(({id, setting}) => ({detection: id, why: `nobody said what is expected: ${setting} in security.yaml`, requests: 0})),
			...blind.values(),
		],
	};
}
