import {graphOf} from '../../../analysis/detection/graph/dependents.ts';
import type {Survey} from '../../../analysis/detection/survey.ts';
import {faultClasses} from '../../../analysis/diagnosis/classes/fault-classes.ts';
import {eventsOfTheGone} from '../../../analysis/incident-report/events-of-the-gone.ts';
import {firstSign} from '../../../analysis/incident-report/first-sign.ts';
import {incidentTimes} from '../../../analysis/incident-report/incident-times.ts';
import {preventionsOf} from '../../../analysis/incident-report/preventions.ts';
import {type Seen, timelineOf} from '../../../analysis/timeline/timeline.ts';
import type {JournalEntry} from '../../../core/journal.ts';
import {textAt} from '../../../core/kube/json-at.ts';
import {type Ref, refKey, refText} from '../../../core/kube/kube-object.ts';
import {oneLine} from '../../../core/text/one-line.ts';
import {plainLine} from '../../../mcp/kubernetes/model/untrusted-text.ts';
import type {Report} from './report-output.ts';
import {type Subject, titleOf} from './report-subject.ts';

/** More of a timeline than this nobody reads; the oldest are left out. */
const mostTold = 60;

/** What was written so long before the first sign may have led to it. */
const beforeMs = 6 * 3_600_000;

/** What mkcoa did to the objects of an incident, oldest first. */
function actionsOn(key: string, refs: readonly Ref[], history: readonly JournalEntry[]): readonly JournalEntry[] {
	const keys = new Set(refs.map(refKey));
	return history
		.filter(({plan}) => textAt(plan.input, 'incident') === key || plan.changes.some(({ref}) => keys.has(refKey(ref))))
		.toReversed();
}

const toldAction = ({id, startedAt, endedAt, plan, approval, outcome, undoneBy, undoes}: JournalEntry): Report['actions'][number] => ({
	journal: id,
	at: startedAt,
	...(endedAt === undefined ? {} : {endedAt}),
	tool: plan.tool,
	summary: oneLine(plan.summary),
	approvedBy: oneLine(approval.by),
	approvedHow: approval.how,
	...(outcome === undefined ? {} : {outcome}),
	...(undoneBy === undefined ? {} : {undoneBy}),
	...(undoes === undefined ? {} : {undoes}),
});

function toldSeen({at, ref, text, count, others, isBad, isAround}: Seen, about: Ref | undefined): Report['timeline'][number] {
	const isSame = about !== undefined && ref.kind === about.kind && ref.name === about.name;
	const times = count === others + 1 ? '' : ` (${count} times)`;
	return {
		at,
		what: `${isSame ? 'itself' : refText(ref)}${others === 0 ? '' : ` and ${others} more`}`,
		text: `${plainLine(text)}${times}`,
		bad: isBad,
		around: isAround,
	};
}

/** What happened to an object, to what was made for it and is gone, and around it. */
const happenedTo = (about: Ref, survey: Survey, history: readonly JournalEntry[]) =>
	[...timelineOf(about, {survey, graph: graphOf(survey), journal: history}), ...eventsOfTheGone(about, survey)].toSorted(
		(a, b) => Date.parse(a.at) - Date.parse(b.at),
	);

/** Everything but for whom and when. */
type Made = Omit<Report, 'context' | 'madeAt'>;

/** Puts together what is known of an incident. */
export function makeReport({key, fault, incident, isThere, recovery, look}: Subject, history: readonly JournalEntry[]): Made {
	const {survey, detection} = look;
	const about = incident?.resource;
	const refs = incident === undefined ? [] : [incident.resource, ...incident.symptoms.map(({resource}) => resource)];
	const actions = actionsOn(key, refs, history);
	const own = actions.filter(({plan}) => textAt(plan.input, 'incident') === key);
	const seen = about === undefined ? [] : happenedTo(about, survey, history);
	const actedAt = own[0]?.startedAt;
	const sign = firstSign(seen, actedAt === undefined ? survey.nowMs : Date.parse(actedAt));
	const sinceMs = Date.parse(sign?.at ?? actedAt ?? survey.snapshot.takenAt) - beforeMs;
	const within = seen.filter(({at, until}) => Date.parse(until ?? at) >= sinceMs);
	const recoveredAt = recovery?.result === 'healed' && !isThere ? recovery.endedAt : undefined;
	const times = incidentTimes({
		...(sign === undefined ? {} : {firstSignAt: sign.at}),
		...(actedAt === undefined ? {} : {actedAt}),
		...(recoveredAt === undefined ? {} : {recoveredAt}),
	});
	const family = faultClasses.get(fault)?.family;
	return {
		incident: key,
		fault,
		title: titleOf(fault),
		...(incident === undefined ? {} : {severity: incident.severity, resource: incident.resource}),
		...(incident?.path === undefined ? {} : {path: incident.path}),
		state: isThere ? 'open' : 'gone',
		cause: incident?.cause ?? 'The journal keeps no words of it: the run that was to mend it did not come to its end',
		evidence: [...(incident?.evidence ?? [])],
		symptoms: incident?.symptoms.map(({text}) => text) ?? [],
		impact: [...(incident?.impact ?? [])],
		times: {...times, notKnown: [...times.notKnown]},
		timeline: within.slice(-mostTold).map(each => toldSeen(each, about)),
		leftOut: seen.length - Math.min(within.length, mostTold),
		actions: actions.map(toldAction),
		remedies: isThere ? (incident?.choices ?? (incident?.remedy === undefined ? [] : [incident.remedy])).map(({text}) => text) : [],
		preventions: family === undefined ? [] : [...preventionsOf(family)],
		notChecked: [...detection.notChecked],
	};
}
