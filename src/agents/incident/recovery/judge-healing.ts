import type {Incident} from '../../../analysis/detection/incident.ts';
import {faultClassOf} from '../../../analysis/diagnosis/classes/fault-classes.ts';
import {listAt, objectAt, valueAt} from '../../../core/kube/json-at.ts';
import {type Ref, refKey, refOf, refText} from '../../../core/kube/kube-object.ts';
import {fitsMap} from '../../../core/kube/selector.ts';
import {oneLine} from '../../../core/text/one-line.ts';
import type {Look} from './look.ts';

/** What one look after a remedy says. `others`: incidents of the same objects that were not there before. */
export type Sight =
	| {readonly state: 'healed'}
	/** The cause is gone, and what it hurt is not well yet. */
	| {readonly state: 'on-its-way'; readonly why: string}
	| {readonly state: 'there'; readonly why: string}
	/** The cause is gone, and another one that it hid shows. */
	| {readonly state: 'another'; readonly others: readonly Incident[]}
	| {readonly state: 'worse'; readonly others: readonly Incident[]};

export type Healing = {
	readonly key: string;
	/** As it was before the remedy; undefined where it had gone by itself. */
	readonly incident: Incident | undefined;
	/** Keys of everything that was wrong before. */
	readonly before: ReadonlySet<string>;
	/** Kinds that could not be read before either. */
	readonly unread: ReadonlySet<string>;
	/** What the remedy changes, and what the incident touches. */
	readonly touched: readonly Ref[];
};

const gravity = ['low', 'medium', 'high', 'critical'];
const isGraver = (one: Incident, other: Incident | undefined) =>
	other !== undefined && gravity.indexOf(one.severity) > gravity.indexOf(other.severity);

/** The objects in which an incident lies and shows, and those that it hits. */
export const touchedBy = ({cause, symptoms, impact}: Incident): readonly Ref[] => [
	cause.resource,
	...symptoms.map(({resource}) => resource),
	...impact,
];

/** A pod stands for what owns it. */
const topRef = ({survey}: Look, ref: Ref): Ref => {
	const object = survey.find(ref.kind, ref.namespace, ref.name);
	return object === undefined ? ref : refOf(survey.topOf(object));
};

/** What a Service sends to: a port or a selector that is mended may bring requests where none came before. */
function behind({survey}: Look, {kind, namespace, name}: Ref): readonly Ref[] {
	const selector = kind === 'Service' ? objectAt(survey.find(kind, namespace, name), 'spec', 'selector') : {};
	if (Object.keys(selector).length === 0) return [];
	const pods = survey.all('Pod', namespace).filter(pod => fitsMap(selector, pod.metadata.labels));
	return pods.map(pod => refOf(survey.topOf(pod)));
}

/** A Service that selects pods and whose slices name none that is ready, or no port. */
function isUnserved({survey}: Look, {kind, namespace, name}: Ref): boolean {
	if (kind !== 'Service' || namespace === undefined || !survey.isRead('EndpointSlice', namespace)) return false;
	const service = survey.find('Service', namespace, name);
	if (service === undefined || Object.keys(objectAt(service, 'spec', 'selector')).length === 0) return false;
	const slices = survey.all('EndpointSlice', namespace).filter(({metadata}) => metadata.labels?.['kubernetes.io/service-name'] === name);
	return !slices.some(
		slice => listAt(slice, 'ports').length > 0 && listAt(slice, 'endpoints').some(each => valueAt(each, 'conditions', 'ready') !== false),
	);
}

/** Compares a look with how it was before the remedy. */
export function judgeHealing({key, incident, before, unread, touched}: Healing, look: Look): Sight {
	const {incidents, onTheirWay} = look.detection;
	const own = new Set(touched.flatMap(ref => [ref, topRef(look, ref), ...behind(look, ref)].map(refKey)));
	const concerns = (ref: Ref) => own.has(refKey(ref)) || own.has(refKey(topRef(look, ref)));
	const there = incidents.find(each => each.key === key);
	const fresh = incidents.filter(each => !before.has(each.key) && touchedBy(each).some(concerns));
	const told = fresh.filter(({cause}) => faultClassOf(cause.id).isSymptom !== true);
	const graver = told.filter(each => isGraver(each, incident));
	if (graver.length > 0 || (there !== undefined && told.length > 0)) return {state: 'worse', others: graver.length > 0 ? graver : told};
	if (there !== undefined)
		return isGraver(there, incident) ? {state: 'worse', others: [there]} : {state: 'there', why: oneLine(there.cause.cause.en)};
	if (told.length > 0) return {state: 'another', others: told};
	// What was not read is no pass.
	const blind = look.survey.snapshot.unread.find(({kind}) => !unread.has(kind));
	if (blind !== undefined) return {state: 'on-its-way', why: `${blind.kind} could not be looked at: ${blind.why}`};
	const [symptom] = fresh.filter(({severity}) => severity !== 'low');
	if (symptom !== undefined) return {state: 'on-its-way', why: oneLine(symptom.cause.cause.en)};
	const waiting = onTheirWay.find(({ref}) => concerns(ref));
	if (waiting !== undefined) return {state: 'on-its-way', why: `${refText(waiting.ref)}: ${waiting.how}`};
	if (incident !== undefined && isUnserved(look, incident.cause.resource))
		return {state: 'on-its-way', why: `${refText(incident.cause.resource)} has no ready endpoints yet`};
	return {state: 'healed'};
}
