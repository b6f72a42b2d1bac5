import {refKey, refText} from '../../core/kube/kube-object.ts';
import {age} from '../../core/text/age.ts';
import {type Incident, typedKey} from '../detection/incident.ts';
import {lastWrite} from '../diagnosis/last-write.ts';
import {isChange} from '../timeline/happening.ts';
import {ownOf} from '../timeline/timeline.ts';
import {peerGrounds, type Setting, wayGround, wayTo, wordGrounds} from './setting.ts';
import type {Ground, Suspect} from './suspect.ts';

const weights = {critical: 0.9, high: 0.85, medium: 0.5, low: 0.2} as const;

/** These say what a program does, and not why: what it leans on may be why. */
const sayWhat = new Set<string>(['crashes', 'probe-fails', 'run-failed', 'cause-not-found', 'no-ready-pod', 'claim-pending']);
const whatWeight = 0.45;

/** Within this time before the symptom a change is told with the fault. */
const shortlyMs = 3_600_000;
/** What was changed so long after the symptom was there already has not made it. */
const graceMs = 5 * 60_000;

/** How an incident stands to the target: its own, or of what it needs; undefined where neither. */
function stepsTo(incident: Incident, setting: Setting): number | undefined {
	const own = ownOf(setting.target, setting.graph);
	const {cause, symptoms, impact} = incident;
	const touched = [cause.resource, ...symptoms.map(({resource}) => resource)];
	if (touched.some(ref => own.has(refKey(ref)))) return 0;
	const steps = wayTo(cause.resource, setting).length;
	if (steps > 0) return steps;
	return impact.some(ref => own.has(refKey(ref))) ? 1 : undefined;
}

function timeGrounds(
	{cause: {resource}}: Incident,
	{survey, beganMs, happenings}: Setting,
): {readonly for: readonly Ground[]; readonly against: readonly Ground[]} {
	const changedMs = lastWrite(survey.find(resource.kind, resource.namespace, resource.name)).atMs;
	if (beganMs === undefined || changedMs === 0) return {for: [], against: []};
	const source = refText(resource);
	if (changedMs > beganMs + graceMs)
		return {for: [], against: [{source, detail: `it was changed last ${age(changedMs - beganMs)} after the symptom was first seen`}]};
	const changed = happenings.filter(each => isChange(each) && each.source !== 'life' && refKey(each.ref) === refKey(resource)).at(-1);
	if (changed === undefined || beganMs - changedMs > shortlyMs) return {for: [], against: []};
	return {for: [{source, detail: `changed ${age(beganMs - changedMs)} before the symptom was first seen: ${changed.text}`}], against: []};
}

function suspectOf(incident: Incident, steps: number, setting: Setting): Suspect {
	const {cause, symptoms, severity, key} = incident;
	const time = timeGrounds(incident, setting);
	// What shows in the target may lie in something that others lean on as well.
	const isOwn = ownOf(setting.target, setting.graph).has(refKey(cause.resource));
	const peers = isOwn ? {for: [], against: []} : peerGrounds(cause.resource, setting);
	const words = isOwn ? [] : wordGrounds(cause.resource, setting);
	const isWhat = sayWhat.has(cause.id);
	const against = [
		...time.against,
		...peers.against,
		...(isWhat ? [{source: cause.id, detail: 'it says what happens, and not why'}] : []),
		...(severity === 'low' ? [{source: cause.id, detail: 'it hurts nobody yet'}] : []),
	];
	const weight =
		(isWhat ? whatWeight : weights[severity]) *
		(time.against.length > 0 ? 0.5 : 1) *
		(peers.against.length > 0 && peers.for.length === 0 ? 0.6 : 1) *
		(1 - Math.min(0.3, 0.03 * steps));
	return {
		kind: 'fault',
		resource: cause.resource,
		text: cause.cause.en,
		weight: Math.min(0.99, weight + 0.05 * (time.for.length + Math.min(1, words.length) + Math.min(1, peers.for.length))),
		for: [
			...cause.evidence,
			...wayGround(cause.resource, setting),
			...symptoms.map(({resource, text}) => ({source: refText(resource), detail: text})),
			...time.for,
			...peers.for,
			...words,
		],
		against,
		refutedBy: `the symptom stays once ${cause.path === undefined ? '' : `${cause.path} of `}${refText(cause.resource)} is mended (mkcoa incident fix ${typedKey(key)})`,
		incident,
	};
}

/** What was found wrong with the target itself or with what it needs. */
export const faultSuspects = (setting: Setting): readonly Suspect[] =>
	setting.incidents.flatMap(incident => {
		const steps = stepsTo(incident, setting);
		return steps === undefined ? [] : [suspectOf(incident, steps, setting)];
	});
