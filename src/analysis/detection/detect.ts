import type {Ref} from '../../core/kube/kube-object.ts';
import {refOf, refText} from '../../core/kube/kube-object.ts';
import {failureType} from '../../core/spans.ts';
import {oneLine} from '../../core/text/one-line.ts';
import type {Cause} from '../diagnosis/cause.ts';
import {faultClasses} from '../diagnosis/classes/fault-classes.ts';
import {lastWrite} from '../diagnosis/last-write.ts';
import type {Analyzer} from './analyzer.ts';
import {analyzers} from './analyzers/analyzers.ts';
import {type Graph, graphOf} from './graph/dependents.ts';
import {type DependentsOf, type Incident, incidentsOf} from './incident.ts';
import {readyText, saidOf} from './sick/sick-words.ts';
import {unwellIn} from './sick/unwell.ts';
import type {Survey} from './survey.ts';
import {atOnce, type Turns} from './turns.ts';
import {withRunWrites} from './with-run-writes.ts';

/** What could not be looked at, and why, and the classes of faults that cannot be told for that: silence is no pass. */
type NotChecked = {readonly what: string; readonly why: string; readonly classes?: string[]};

/** What is wrong in a cluster, and what nobody looked at. */
export type Detection = {
	readonly incidents: readonly Incident[];
	readonly notChecked: readonly NotChecked[];
	/** What changed a moment ago and is not well yet: whether it becomes so nobody can tell. */
	readonly onTheirWay: readonly {readonly ref: Ref; readonly how: string; readonly settlesAtMs: number}[];
};

/** Kinds of faults that cannot be told because a kind was not read, one line for each reason. */
function uncheckedClasses({snapshot: {unread}}: Survey): readonly NotChecked[] {
	return [...Map.groupBy(unread, ({kind, why, namespace}) => `${kind} ${why} ${namespace ?? ''}`).values()].flatMap(([first]) => {
		if (first === undefined) return [];
		const blind = [...faultClasses].filter(([, {reads}]) => reads.includes(first.kind)).map(([id]) => id);
		const where = first.namespace === undefined ? '' : ` in ${first.namespace}`;
		return [{what: `${first.kind}${where}`, why: first.why, ...(blind.length === 0 ? {} : {classes: blind})}];
	});
}

/** Between what is wrong and what suffers: nobody notices that these do not work but by those who use them. */
const between = new Set(['ServiceAccount', 'RoleBinding', 'ClusterRoleBinding', 'PersistentVolume']);

/** Whatever suffers where an object is wrong: workloads rather than their pods, and what leads to them. */
function sufferersIn(survey: Survey): DependentsOf {
	let graph: Graph | undefined;
	return ref => {
		graph ??= graphOf(survey);
		return graph
			.dependentsOf(ref)
			.filter(reached => !between.has(reached.ref.kind) && !isKept(reached.ref, survey))
			.map(reached => reached.ref);
	};
}

/** Whether something keeps it running that tells of it. */
function isKept({kind, namespace, name}: Ref, survey: Survey): boolean {
	const object = survey.find(kind, namespace, name);
	return object !== undefined && survey.topOf(object) !== object;
}

/** Analyzers by the names of their families. */
type Analyzers = {readonly [family: string]: Analyzer};

/** Of its error the kind alone is told: what it says may hold anything that was read. */
function brokenFamily(family: string, error: unknown): NotChecked {
	const classes = [...faultClasses].filter(([, known]) => known.family === family).map(([id]) => id);
	return {
		what: `${family} faults`,
		why: `looking for them failed, which is a mistake of mkcoa (${failureType(error)})`,
		...(classes.length === 0 ? {} : {classes}),
	};
}

/** Looks for every fault that is known, and joins what has one cause. An analyzer that fails costs what it alone would have told. */
export function* detecting(survey: Survey, by: Analyzers = analyzers): Turns<Detection> {
	const {causes, waiting} = yield* unwellIn(survey);
	const told: Cause[] = [];
	const broken: NotChecked[] = [];
	for (const [family, analyzer] of Object.entries(by)) {
		try {
			told.push(...analyzer(survey));
		} catch (error) {
			broken.push(brokenFamily(family, error));
		}
		yield;
	}
	const lookUp = (ref: Ref) => survey.find(ref.kind, ref.namespace, ref.name);
	const topOf = (ref: Ref) => {
		const object = lookUp(ref);
		return object === undefined ? ref : refOf(survey.topOf(object));
	};
	const onTheirWay = waiting.map(sick => ({
		ref: refOf(sick.object),
		how: readyText(sick) ?? (saidOf(sick) || oneLine(sick.health.status)),
		settlesAtMs: sick.settlesAtMs,
	}));
	// Of one cause the analyzers know more: theirs is the first.
	const found = [...told, ...causes].map(cause => withRunWrites(cause, survey));
	const incidents = incidentsOf(found, {
		changedAt: ref => lastWrite(lookUp(ref)).atMs,
		dependents: sufferersIn(survey),
		topOf,
	});
	return {
		onTheirWay,
		incidents,
		notChecked: [
			...broken,
			...uncheckedClasses(survey),
			...onTheirWay.map(({ref, how}) => ({what: refText(ref), why: `it changed within the last 5 minutes and is on its way: ${how}`})),
		],
	};
}

/** The same at once. */
export const detect = (survey: Survey, by?: Analyzers): Detection => atOnce(detecting(survey, by));
