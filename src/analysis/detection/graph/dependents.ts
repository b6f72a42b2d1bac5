import {type Ref, refKey} from '../../../core/kube/kube-object.ts';
import {oncePerObject} from '../../../core/once-per-object.ts';
import type {Survey} from '../survey.ts';
import {accessEdges} from './access-edges.ts';
import {clusterEdges} from './cluster-edges.ts';
import type {Edge, EdgeFamily} from './edge.ts';
import {owningEdges} from './owner-edges.ts';
import {trafficEdges} from './traffic-edges.ts';
import {workloadEdges} from './workload-edges.ts';

/** An object that was reached, nearest first. */
export type Reached = {
	readonly ref: Ref;
	/** Steps from where the walk began; 1 for what leans on it directly. */
	readonly steps: number;
	/** The object by which it was reached first. */
	readonly by: Ref;
	/** What it does with that object, or that object with it. */
	readonly how: string;
	readonly bond: Edge['bond'];
};

/** Who leans on whom in a cluster. */
export type Graph = {
	/** Whatever suffers where an object is wrong, directly and through others. */
	readonly dependentsOf: (ref: Ref) => readonly Reached[];
	/** Whatever an object needs, directly and through others. */
	readonly supportsOf: (ref: Ref) => readonly Reached[];
};

type Bond = Edge['bond'];

/** One direction of the walk. */
type Side = {
	readonly at: (edge: Edge) => Ref;
	readonly to: (edge: Edge) => Ref;
	/** Whether an edge is taken by somebody who came over others. */
	readonly goesOn: (bond: Bond, came: ReadonlySet<Bond>) => boolean;
};

/** What an object made suffers with it. Of a workload that suffers for another reason the pods are not told one by one, and its other pods run well. */
const down: Side = {
	at: ({to}) => to,
	to: ({from}) => from,
	goesOn: (bond, came) => bond !== 'made' || [...came].every(each => each === 'made'),
};

/** A pod needs what made it, and none of the pods beside it. */
const up: Side = {at: ({from}) => from, to: ({to}) => to, goesOn: (bond, came) => bond !== 'runs' || !came.has('made')};

type EdgesByKey = ReadonlyMap<string, readonly Edge[]>;

/** Edges that begin, for one direction of the walk, at an object. */
type EdgesAt = (ref: Ref) => readonly Edge[];

/** Widens step by step from one object. */
function reach(start: Ref, edgesAt: EdgesAt, {to, goesOn}: Side): readonly Reached[] {
	const seen = new Set([refKey(start)]);
	const found: Reached[] = [];
	let border: readonly {readonly ref: Ref; readonly came: ReadonlySet<Bond>}[] = [{ref: start, came: new Set()}];
	for (let steps = 1; border.length > 0; steps++) {
		const next: {readonly ref: Ref; readonly came: ReadonlySet<Bond>}[] = [];
		for (const {ref, came} of border) {
			for (const edge of edgesAt(ref)) {
				const other = to(edge);
				if (seen.has(refKey(other)) || !goesOn(edge.bond, came)) continue;
				seen.add(refKey(other));
				found.push({ref: other, steps, by: ref, how: edge.how, bond: edge.bond});
				next.push({ref: other, came: came.has(edge.bond) ? came : new Set([...came, edge.bond])});
			}
		}
		border = next;
	}
	return found;
}

/** Every family of edges of a survey, each read when it is first needed. */
export const edgeFamilies = (survey: Survey): readonly EdgeFamily[] => [
	...owningEdges(survey),
	...workloadEdges(survey),
	...trafficEdges(survey),
	accessEdges(survey),
	clusterEdges(survey),
];

const readEdges = oncePerObject(({edges}: EdgeFamily) => edges());

/** Reads out of a survey who leans on whom, and no more of it than is asked about. Answers are kept: hundreds of causes often ask about the same objects. */
export function graphOf(survey: Survey): Graph {
	const families = edgeFamilies(survey);
	const grouped = (chosen: readonly EdgeFamily[], at: Side['at']) => Map.groupBy(chosen.flatMap(readEdges), edge => refKey(at(edge)));
	const intoKind = new Map<string, EdgesByKey>();
	const into: EdgesAt = ref => {
		const known =
			intoKind.get(ref.kind) ??
			grouped(
				families.filter(({into}) => into?.includes(ref.kind) ?? true),
				down.at,
			);
		intoKind.set(ref.kind, known);
		return known.get(refKey(ref)) ?? [];
	};
	let byFrom: EdgesByKey | undefined;
	const from: EdgesAt = ref => {
		byFrom ??= grouped(families, up.at);
		return byFrom.get(refKey(ref)) ?? [];
	};
	const walk = (edgesAt: EdgesAt, side: Side) => {
		const known = new Map<string, readonly Reached[]>();
		return (ref: Ref): readonly Reached[] => {
			const found = known.get(refKey(ref)) ?? reach(ref, edgesAt, side);
			known.set(refKey(ref), found);
			return found;
		};
	};
	return {dependentsOf: walk(into, down), supportsOf: walk(from, up)};
}
