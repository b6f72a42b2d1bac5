import {refKey} from '../../../core/kube/kube-object.ts';
import {type Detection, detect} from '../detect.ts';
import type {Snapshot} from '../snapshot.ts';
import {type Survey, surveyOf} from '../survey.ts';
import {focusOn} from './focus-on.ts';

/** What changed since the last look: everything, or these namespaces alone. */
export type Changed = 'all' | ReadonlySet<string>;

/** Judges one look after the other, and no more than what changed. */
export type LiveJudge = (snapshot: Snapshot, changed: Changed) => {readonly survey: Survey; readonly detection: Detection};

/** What a detection says, without numbers and times that move while all stays as it is. */
const gist = ({incidents, onTheirWay}: Detection) =>
	[...incidents.map(({key, severity}) => `${key} ${severity}`), ...onTheirWay.map(({ref}) => refKey(ref))].toSorted().join('\n');

/**
 * Judges a namespace that changed by itself; only where that says something else than before, the whole is judged: what is wrong in one namespace may lie in
 * another, so a part is never believed, and most of what changes in a living cluster changes nothing of what is wrong.
 */
export function makeLiveJudge(): LiveJudge {
	let last: Detection | undefined;
	let gists = new Map<string, string>();
	return (snapshot, changed) => {
		const survey = surveyOf(snapshot);
		const parts = changed === 'all' ? [] : [...changed].map(namespace => [namespace, gist(detect(focusOn(survey, namespace)))] as const);
		const isSame = changed !== 'all' && parts.every(([namespace, found]) => gists.get(namespace) === found);
		if (changed === 'all') gists = new Map();
		for (const [namespace, found] of parts) gists.set(namespace, found);
		if (last === undefined || !isSame) last = detect(survey);
		return {survey, detection: last};
	};
}
