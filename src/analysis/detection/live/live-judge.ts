import {refKey} from '../../../core/kube/kube-object.ts';
import {faultClassOf} from '../../diagnosis/classes/fault-classes.ts';
import {type Detection, detect} from '../detect.ts';
import {gravestFirst, type Incident} from '../incident.ts';
import type {Snapshot} from '../snapshot.ts';
import {type Survey, surveyOf} from '../survey.ts';
import {focusOn} from './focus-on.ts';

/** What changed since the last look: everything, or what lies in some namespaces alone. */
export type Changed =
	| 'all'
	| {
			readonly namespaces: ReadonlySet<string>;
			/** Whether it may tell on what is wrong in others: whoever names a Service is hit by what becomes of it. */
			readonly isFarReaching: boolean;
			/** Everything is judged, since a part of it said something new: these namespaces changed meanwhile. */
			readonly isWhole?: boolean;
	  };

/** Judges one look after the other, and no more than what changed. */
export type LiveJudge = (
	snapshot: Snapshot,
	changed: Changed,
) => {
	readonly survey: Survey;
	readonly detection: Detection;
	/** False while only a part of it was judged anew, and the whole may say more: it wants to be judged soon. */
	readonly isSettled: boolean;
};

/** What a detection says, without numbers and times that move while all stays as it is. */
const gist = ({incidents, onTheirWay}: Detection) =>
	[...incidents.map(({key, severity}) => `${key} ${severity}`), ...onTheirWay.map(({ref}) => refKey(ref))].toSorted().join('\n');

/** Whether what one namespace tells alone is what the whole would tell: the reason of a symptom may lie elsewhere, and what others lack too is told with theirs. */
const isOfItsOwn = ({cause: {id, resource, lacks}}: Incident, namespace: string, known: Detection) =>
	resource.namespace === namespace &&
	faultClassOf(id).isSymptom !== true &&
	(lacks === undefined || !known.incidents.some(({cause}) => cause.id === id && cause.lacks === lacks));

/** The same with what is new in a namespace: that something there has healed only the whole can tell. */
function withNewsOf(known: Detection, part: Detection, namespace: string): Detection {
	const keys = new Set(known.incidents.map(({key}) => key));
	const news = part.incidents.filter(incident => !keys.has(incident.key) && isOfItsOwn(incident, namespace, known));
	return {...known, incidents: gravestFirst([...news, ...known.incidents])};
}

/**
 * Judges a namespace that changed by itself, in a fraction of the time that the whole takes. Where that says the same as before, nothing else is judged: most of
 * what changes in a living cluster changes nothing of what is wrong. What it says anew is told at once, and the whole is wanted.
 */
export function makeLiveJudge(): LiveJudge {
	let last: Detection | undefined;
	let gists = new Map<string, string>();
	return (snapshot, changed) => {
		const survey = surveyOf(snapshot);
		if (last === undefined || changed === 'all' || changed.isWhole === true || survey.namespaces.length === 1) {
			// What did not change since a part of it was judged says what it said; otherwise each change would be followed by a look at everything.
			if (changed === 'all' || changed.isFarReaching) gists = new Map();
			else for (const namespace of changed.namespaces) gists.delete(namespace);
			last = detect(survey);
			return {survey, detection: last, isSettled: true};
		}
		// What any of them said may be otherwise now, though nothing of its own changed.
		if (changed.isFarReaching) gists = new Map();
		let isSettled = !changed.isFarReaching;
		for (const namespace of changed.namespaces) {
			const part = detect(focusOn(survey, namespace));
			const found = gist(part);
			if (gists.get(namespace) === found) continue;
			gists.set(namespace, found);
			isSettled = false;
			last = withNewsOf(last, part, namespace);
		}
		return {survey, detection: last, isSettled};
	};
}
