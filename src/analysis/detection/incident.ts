import type {Finding} from '../../core/finding.ts';
import {type Ref, refKey, refText} from '../../core/kube/kube-object.ts';
import {someOf} from '../../core/text/count.ts';
import {oneLine} from '../../core/text/one-line.ts';
import type {Cause} from '../diagnosis/cause.ts';
import type {Family} from '../diagnosis/classes/fault-class.ts';
import {faultClassOf} from '../diagnosis/classes/fault-classes.ts';

type Severity = Finding['severity'];

/** One thing that is wrong, and everything that is so because of it. */
export type Incident = {
	/** Names it for as long as it lasts: class, object and field. The same in every look at the cluster. */
	readonly key: string;
	readonly family: Family;
	readonly severity: Severity;
	readonly cause: Cause;
	/** What it shows in: that something is wrong there is explained by the cause. */
	readonly symptoms: readonly {readonly resource: Ref; readonly text: string}[];
	/** What suffers, or would at the next start: the objects that lean on the one that is wrong. */
	readonly impact: readonly Ref[];
};

const gravity: readonly Severity[] = ['low', 'medium', 'high', 'critical'];

/** The graver of two severities. */
const graver = (one: Severity, other: Severity): Severity => (gravity.indexOf(one) >= gravity.indexOf(other) ? one : other);

/** Gravest first. */
const byGravity = (a: {readonly severity: Severity}, b: {readonly severity: Severity}) =>
	gravity.indexOf(b.severity) - gravity.indexOf(a.severity);

/** The same incidents, gravest first; those that are as grave stay in their order. */
export const gravestFirst = (incidents: readonly Incident[]): readonly Incident[] => incidents.toSorted(byGravity);

/** The severity of a cause: what its objects tell, or that of its class. */
export const severityOfCause = ({id, severity}: Cause): Severity => severity ?? faultClassOf(id).severity;

/** Names a cause for as long as it lasts. */
const keyOf = ({id, resource, path}: Pick<Cause, 'id' | 'resource' | 'path'>) =>
	`${id}:${resource.kind}/${resource.namespace === undefined ? '' : `${resource.namespace}/`}${resource.name}${path === undefined ? '' : `:${path}`}`;

/** A key as people type it: without the field, which tells apart only what one object has twice. */
export const typedKey = (key: string) => key.split(':').slice(0, 2).join(':');

/** What leans on an object, directly and through others, nearest first. */
export type DependentsOf = (ref: Ref) => readonly Ref[];

/** One cause that several objects tell: whoever lacks the same thing is mended in one go, unless each has a remedy of its own. */
const sameness = (cause: Cause) =>
	cause.lacks === undefined
		? keyOf(cause)
		: `${cause.id} ${cause.lacks} ${JSON.stringify(cause.remedies.map(({input, writes}) => [input, writes]))}`;

const distinct = <Item>(items: readonly Item[], keyOfItem: (item: Item) => string): readonly Item[] => [
	...new Map(items.map(item => [keyOfItem(item), item])).values(),
];

function joinedCause([first, ...others]: readonly [Cause, ...Cause[]]): Cause {
	if (others.length === 0) return first;
	const all = [first, ...others];
	const names = [...new Set(all.map(({resource}) => refText(resource)))];
	const evidence = distinct(
		all.flatMap(each => each.evidence),
		({source, detail}) => `${source} ${detail}`,
	);
	const hurts = distinct(
		all.flatMap(each => [...(each.hurts ?? []), ...(names.length > 1 ? [each.resource] : [])]),
		refKey,
	);
	const severity = all.map(severityOfCause).reduce(graver);
	if (names.length === 1 || first.lacks === undefined) return {...first, severity, evidence, hurts};
	return {
		...first,
		severity,
		evidence,
		hurts,
		cause: {
			en: `${first.lacks} is not there, and ${someOf(names)} need it`,
			ko: `${first.lacks}이(가) 없는데 ${someOf(names)}에 필요합니다`,
		},
	};
}

type Root = {readonly cause: Cause; readonly impact: readonly Ref[]};

type Joining = {
	/** When an object was last changed, in milliseconds; 0 where it does not tell. */
	readonly changedAt: (ref: Ref) => number;
	readonly dependents: DependentsOf;
	/** What keeps an object running and is not kept running itself: of a pod its Deployment. */
	readonly topOf: (ref: Ref) => Ref;
};

/** What a symptom shows in: its object, and what keeps that running. */
const shownIn = ({resource}: Cause, {topOf}: Pick<Joining, 'topOf'>) => [resource, topOf(resource)].map(refKey);

/**
 * Finds the cause that explains a symptom, the nearest of several: 0 steps from the object itself, 1 from what its analyzer says that it hurts, more from what
 * leans on it. What will only hurt later is no reason why something is wrong now. Thousands of causes are not held against hundreds of symptoms one by one.
 */
function nearestRoots(roots: readonly Root[], symptoms: readonly Cause[], joining: Joining): (symptom: Cause) => Root | undefined {
	const asked = new Set(symptoms.flatMap(symptom => [...shownIn(symptom, joining), ...(symptom.hurts ?? []).map(refKey)]));
	type Near = {readonly root: Root; readonly steps: number; readonly order: number};
	const [near, hurting] = [new Map<string, Near>(), new Map<string, Near>()];
	const isNearer = (one: Near, other: Near | undefined) =>
		other === undefined || one.steps < other.steps || (one.steps === other.steps && one.order < other.order);
	const note = (known: Map<string, Near>, key: string, found: Near) => {
		if (asked.has(key) && isNearer(found, known.get(key))) known.set(key, found);
	};
	for (const [order, root] of symptoms.length === 0 ? [] : roots.entries()) {
		const {cause, impact} = root;
		note(near, refKey(cause.resource), {root, steps: 0, order});
		note(hurting, refKey(cause.resource), {root, steps: 1, order});
		for (const ref of cause.hurts ?? []) {
			note(near, refKey(ref), {root, steps: 1, order});
			note(hurting, refKey(ref), {root, steps: 1, order});
		}
		if (gravity.indexOf(severityOfCause(cause)) < gravity.indexOf('high')) continue;
		for (const [index, ref] of impact.entries()) note(near, refKey(ref), {root, steps: index + 2, order});
	}
	return symptom => {
		const found = [
			...shownIn(symptom, joining).map(key => near.get(key)),
			...(symptom.hurts ?? []).map(ref => hurting.get(refKey(ref))),
		].filter(each => each !== undefined);
		return found.reduce<Near | undefined>((best, each) => (isNearer(each, best) ? each : best), undefined)?.root;
	};
}

/**
 * Joins causes into incidents: what several objects tell of one cause is one incident, and what only says that something is wrong is a symptom of the cause that
 * explains it. Gravest first; of those that are as grave, what explains most, then what changed last.
 */
export function incidentsOf(found: readonly Cause[], joining: Joining): readonly Incident[] {
	const {changedAt, dependents} = joining;
	const groups = [...Map.groupBy(found, sameness).values()];
	const causes = groups.flatMap(([first, ...others]) => (first === undefined ? [] : [joinedCause([first, ...others])]));
	const isSymptom = ({id}: Cause) => faultClassOf(id).isSymptom === true;
	const roots: readonly Root[] = causes.filter(cause => !isSymptom(cause)).map(cause => ({cause, impact: dependents(cause.resource)}));
	const symptoms = causes.filter(isSymptom);
	const rootOf = nearestRoots(roots, symptoms, joining);
	const explained = new Map<Cause, Cause[]>();
	const alone = symptoms.filter(symptom => {
		const root = rootOf(symptom);
		if (root !== undefined) explained.set(root.cause, [...(explained.get(root.cause) ?? []), symptom]);
		return root === undefined;
	});
	const all = [...roots, ...alone.map(cause => ({cause, impact: dependents(cause.resource)}))];
	const incidents = all.map(({cause, impact}): Incident => {
		const shown = explained.get(cause) ?? [];
		return {
			key: keyOf(cause),
			family: faultClassOf(cause.id).family,
			severity: [cause, ...shown].map(severityOfCause).reduce(graver),
			cause,
			symptoms: shown.map(symptom => ({resource: symptom.resource, text: oneLine(symptom.cause.en)})),
			impact: distinct([...(cause.hurts ?? []), ...impact], refKey).filter(ref => refKey(ref) !== refKey(cause.resource)),
		};
	});
	return incidents.toSorted(
		(a, b) => byGravity(a, b) || b.symptoms.length - a.symptoms.length || changedAt(b.cause.resource) - changedAt(a.cause.resource),
	);
}
