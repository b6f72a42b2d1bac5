import {age} from '../../core/text/age.ts';
import {coincides, riseOf, type Shift} from './course.ts';
import {endedText} from './ended-text.ts';
import type {Bottleneck, Facts, MadeChange} from './facts.ts';
import {type Symptom, shiftText} from './symptoms.ts';

type Around = {readonly facts: Facts; readonly symptoms: readonly Symptom[]};

/** Part of the time that the workload's own answers take longer by, which a dependency has to have become slower by. */
const explainedPart = 0.3;

/** Factor by which more requests have to come to be a reason. */
const moreRequests = 1.3;

/** A change is the reason for what began this long after it at most: new pods have to start, and caches to empty. */
const effectMs = 10 * 60_000;
const effectRows = 3;

const ranks: readonly MadeChange['what'][] = ['rollout', 'settings', 'scale', 'node', 'other'];

/**
 * The change after which something began: of those shortly before it, what is told of the workload itself comes first, then the kind that
 * explains most, then the nearest.
 */
export function changeBefore(shift: Pick<Shift, 'atMs'>, {changes, stepMs}: Pick<Facts, 'changes' | 'stepMs'>): MadeChange | undefined {
	const from = shift.atMs - Math.max(effectMs, effectRows * stepMs);
	return changes
		.filter(({atMs}) => atMs >= from && atMs <= shift.atMs + stepMs)
		.toSorted((a, b) => Number(b.isOwn) - Number(a.isOwn) || ranks.indexOf(a.what) - ranks.indexOf(b.what) || b.atMs - a.atMs)[0];
}

/** Restarts that are no accident any more. */
const manyRestarts = 3;

const began = ({name, text}: Symptom) => ({source: name, detail: text});

/** What it asks, and became slower with it. */
export function dependencyBottlenecks({facts, symptoms}: Around): readonly Bottleneck[] {
	const slow = symptoms.find(({name}) => name.startsWith('latency'));
	const failing = symptoms.find(({name}) => name === 'errors');
	return facts.dependencies.flatMap(({name, seenBy, latency, errors}): readonly Bottleneck[] => {
		const rise = latency === undefined ? undefined : riseOf(latency, 1);
		const own = slow?.shift;
		const explains =
			rise !== undefined &&
			own !== undefined &&
			coincides(rise, own, facts.stepMs) &&
			rise.to - rise.from >= explainedPart * (own.to - own.from);
		const failed = errors === undefined ? undefined : riseOf(errors, 1);
		const fails = failed !== undefined && failed.to >= 0.01 && coincides(failed, failing?.shift, facts.stepMs);
		if (!explains && !fails) return [];
		const sinceMs = explains ? rise.atMs : failed?.atMs;
		const whose = seenBy === 'caller' ? 'as it measures itself' : `as ${name} measures`;
		return [
			{
				kind: 'slow-dependency',
				severity: (explains ? slow : failing)?.severity ?? 'medium',
				sure: seenBy === 'caller' ? 'likely' : 'possible',
				sinceMs,
				cause: explains
					? `${name}, which it asks, answers in ${shiftText(rise, 'seconds')}`
					: `${name}, which it asks, fails ${failed === undefined ? '' : shiftText(failed, 'ratio')}`,
				evidence: [
					...(explains ? [{source: `latency of ${name}`, detail: `p95 ${shiftText(rise, 'seconds')}, ${whose}`}] : []),
					...(fails && failed !== undefined ? [{source: `errors of ${name}`, detail: `${shiftText(failed, 'ratio')}, ${whose}`}] : []),
					...symptoms.filter(({name: each}) => (explains ? each.startsWith('latency') : each === 'errors')).map(began),
				],
			},
		];
	});
}

/** `3m after`; a curve cannot tell less than its step. */
const lagText = (lagMs: number, stepMs: number) => (lagMs < stepMs ? 'with' : `${age(lagMs)} after`);

/** What was changed before users noticed. */
export function changeBottlenecks({facts, symptoms}: Around): readonly Bottleneck[] {
	return symptoms.flatMap((symptom): readonly Bottleneck[] => {
		const {shift, severity} = symptom;
		if (shift === undefined || shift.kind === 'drift') return [];
		const change = changeBefore(shift, facts);
		if (change === undefined || (change.what !== 'rollout' && change.what !== 'settings')) return [];
		return [
			{
				...{kind: change.what, severity, sure: change.isOwn ? 'likely' : 'possible', sinceMs: shift.atMs},
				cause: `${symptom.text}: it began ${lagText(shift.atMs - change.atMs, facts.stepMs)} this: ${change.text}`,
				evidence: [began(symptom), {source: new Date(change.atMs).toISOString(), detail: change.text}],
			},
		];
	});
}

/** More work than before, with no resource at its end. */
export function loadBottlenecks({facts, symptoms}: Around): readonly Bottleneck[] {
	const requests = facts.measures.get('requests');
	const rise = requests === undefined ? undefined : riseOf(requests, moreRequests);
	const symptom = symptoms.find(({shift}) => coincides(shift, rise, facts.stepMs));
	if (rise === undefined || symptom === undefined) return [];
	return [
		{
			...{kind: 'more-requests', severity: symptom.severity, sure: 'possible', sinceMs: rise.atMs},
			cause: `${symptom.text} since more requests come: ${shiftText(rise, 'perSecond')}`,
			evidence: [{source: 'requests', detail: shiftText(rise, 'perSecond')}, began(symptom)],
		},
	];
}

/** Containers that start again for another reason than their memory. */
export function restartBottlenecks({facts: {restarts, oomKills}}: Around): readonly Bottleneck[] {
	if (restarts.count === 0 || oomKills.count > 0) return [];
	const times = restarts.count === 1 ? 'once' : `${restarts.count} times`;
	return [
		{
			...{kind: 'restarts', severity: restarts.count >= manyRestarts ? 'high' : 'medium', sure: 'certain'},
			cause: `its containers started again ${times}: mkcoa incident detect tells why`,
			evidence: [{source: 'restarts', detail: endedText(restarts)}],
		},
	];
}
