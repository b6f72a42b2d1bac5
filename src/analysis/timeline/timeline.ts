import type {JournalEntry} from '../../core/journal.ts';
import {foldEvents} from '../../core/kube/folded-events.ts';
import {textAt} from '../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refKey, refOf} from '../../core/kube/kube-object.ts';
import {oneLine} from '../../core/text/one-line.ts';
import type {Graph} from '../detection/graph/dependents.ts';
import type {Survey} from '../detection/survey.ts';
import {type Happening, isChange} from './happening.ts';
import {journaled} from './journaled.ts';
import {revisionsOf} from './revisions.ts';
import {conditionsOf, containersOf} from './statuses.ts';
import {writtenFields} from './written-fields.ts';

/** A happening as seen from one object. */
export type Seen = Happening & {
	/** To the object itself, what it made and what runs in it; otherwise to a neighbour. */
	readonly isAround: boolean;
	/** So many more objects of the kind to which the same happened. */
	readonly others: number;
};

/** So far from an object its neighbours are looked at: of a workload the Service that it asks, what runs behind that, and what this needs. */
const mostSteps = 3;

/** What is said of these is said of half the cluster. */
const everywhere = new Set(['Namespace', 'PriorityClass', 'RuntimeClass', 'StorageClass']);

/** Steps of every start of a pod: that it was made, started or did not tells more. */
const everyStart = new Set(['Scheduled', 'Pulling', 'Pulled', 'Created', 'Started', 'SuccessfulCreate']);

/** Things alike that happen within this time of each other are told as one. */
const foldMs = 2 * 60_000;

type Around = {readonly survey: Survey; readonly graph: Graph; readonly journal: readonly JournalEntry[]};

/** The object itself and what it made; of a pod also what keeps it running is a neighbour. */
export function ownOf(ref: Ref, graph: Graph): ReadonlySet<string> {
	const made = graph.dependentsOf(ref).filter(({bond}) => bond === 'made');
	return new Set([ref, ...made.map(each => each.ref)].map(refKey));
}

/** What the object needs within a few steps, and what leads to it. */
function neighboursOf(ref: Ref, {survey, graph}: Pick<Around, 'survey' | 'graph'>): readonly KubeObject[] {
	const own = ownOf(ref, graph);
	const needed = graph.supportsOf(ref).filter(({steps}) => steps <= mostSteps);
	const leading = graph.dependentsOf(ref).filter(({steps, ref: {kind}}) => steps === 1 && kind !== 'Pod');
	return [...needed, ...leading]
		.filter(each => !own.has(refKey(each.ref)) && !everywhere.has(each.ref.kind))
		.flatMap(each => survey.find(each.ref.kind, each.ref.namespace, each.ref.name) ?? []);
}

/** Everything that an object itself tells of its past. */
const tellingsOf = (object: KubeObject, survey: Survey): readonly Happening[] => [
	...writtenFields(object),
	...revisionsOf(object, survey),
	...conditionsOf(object),
	...(object.kind === 'Pod' ? containersOf(object) : []),
];

function eventsOf(refs: readonly Ref[], survey: Survey): readonly Happening[] {
	const byKey = new Map(refs.map(each => [`${each.kind} ${each.namespace ?? ''} ${each.name}`, each]));
	const refOfEvent = (event: KubeObject) => {
		const [kind, name] = [textAt(event, 'involvedObject', 'kind') ?? '', textAt(event, 'involvedObject', 'name') ?? ''];
		return byKey.get(`${kind} ${textAt(event, 'involvedObject', 'namespace') ?? ''} ${name}`);
	};
	const telling = survey
		.all('Event')
		.filter(event => textAt(event, 'type') === 'Warning' || !everyStart.has(textAt(event, 'reason') ?? ''));
	const byRef = Map.groupBy(telling, refOfEvent);
	return [...byRef].flatMap(([ref, events]) =>
		ref === undefined
			? []
			: foldEvents(events).map(
					({first, last, reason, message, count, type}): Happening => ({
						at: first,
						...(last === first ? {} : {until: last}),
						ref,
						source: 'event',
						text: `${reason}: ${message}`,
						count,
						isBad: type === 'Warning',
					}),
				),
	);
}

/** Of one workload many pods say the same at almost the same time. */
function folded(sorted: readonly Happened[]): readonly Seen[] {
	const open = new Map<string, {refs: Set<string>; told: Happened}>();
	const groups: {refs: Set<string>; told: Happened}[] = [];
	for (const each of sorted) {
		const key = `${each.ref.kind} ${each.isAround} ${each.source} ${each.text}`;
		const known = open.get(key);
		if (known !== undefined && Date.parse(each.at) - Date.parse(known.told.until ?? known.told.at) <= foldMs) {
			const until = [known.told.until ?? known.told.at, each.until ?? each.at].toSorted().at(-1);
			known.told = {...known.told, count: known.told.count + each.count, until};
			known.refs.add(refKey(each.ref));
		} else {
			const group = {refs: new Set([refKey(each.ref)]), told: each};
			open.set(key, group);
			groups.push(group);
		}
	}
	return groups.map(({refs, told}) => ({...told, others: refs.size - 1}));
}

type Happened = Omit<Seen, 'others'>;

/** What happened to an object and around it, oldest first. Of neighbours only changes and trouble are told. */
export function timelineOf(ref: Ref, {survey, graph, journal}: Around): readonly Seen[] {
	const own = ownOf(ref, graph);
	const ownObjects = survey.snapshot.objects.filter(object => own.has(refKey(refOf(object))));
	const neighbours = neighboursOf(ref, {survey, graph});
	// ReplicaSets between a workload and its pods tell of pods that are refused.
	const between = survey.all('ReplicaSet', ref.namespace).filter(set => own.has(refKey(refOf(survey.topOf(set)))));
	const objects = [...new Set([...ownObjects, ...between, ...neighbours])];
	const keys = new Set(objects.map(object => refKey(refOf(object))));
	const all = [
		...[...new Set([...ownObjects, ...neighbours])].flatMap(object => tellingsOf(object, survey)),
		// Events outlive their object.
		...eventsOf([ref, ...objects.map(refOf)], survey),
		...journaled(journal).filter(each => keys.has(refKey(each.ref)) || refKey(each.ref) === refKey(ref)),
	];
	const ownKeys = new Set([...own, ...between.map(set => refKey(refOf(set)))]);
	const seen = all
		.map((each): Happened => ({...each, text: oneLine(each.text), isAround: !ownKeys.has(refKey(each.ref))}))
		.filter(each => each.at !== '' && (!each.isAround || each.isBad || isChange(each)));
	return folded(seen.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)));
}
