import {textAt} from '../../core/kube/json-at.ts';
import {type Ref, refKey, refText} from '../../core/kube/kube-object.ts';
import {someOf} from '../../core/text/count.ts';
import type {Graph, Reached} from '../detection/graph/dependents.ts';
import type {Incident} from '../detection/incident.ts';
import type {Survey} from '../detection/survey.ts';
import {isReady} from '../diagnosis/case.ts';
import type {Seen} from '../timeline/timeline.ts';
import type {Ground} from './suspect.ts';

/** What was found around a symptom. */
export type Setting = {
	readonly target: Ref;
	readonly survey: Survey;
	readonly graph: Graph;
	readonly incidents: readonly Incident[];
	/** What happened to the target and around it, oldest first. */
	readonly happenings: readonly Seen[];
	/** When the symptom is first seen, in milliseconds; undefined where nothing tells it. */
	readonly beganMs: number | undefined;
	/** Last lines of what crashes, by where they are from. */
	readonly words: readonly {readonly origin: string; readonly lines: readonly string[]}[];
};

/** The present trouble of an object began when the first of its own bad signs came; of what shows none, that of what stands around it. */
export function beginOf(happenings: readonly Seen[], sinceMs: number): number | undefined {
	const bad = happenings.filter(({isBad, at, until}) => isBad && Date.parse(until ?? at) >= sinceMs);
	const own = bad.filter(({isAround}) => !isAround);
	const times = (own.length > 0 ? own : bad).map(({at}) => Date.parse(at));
	return times.length === 0 ? undefined : Math.min(...times);
}

/** How the target leans on a thing, step by step: `Deployment web asks it, named in DB`. */
export function wayTo(ref: Ref, {target, graph}: Setting): readonly Reached[] {
	const byKey = new Map(graph.supportsOf(target).map(reached => [refKey(reached.ref), reached]));
	const way: Reached[] = [];
	for (let step = byKey.get(refKey(ref)); step !== undefined; step = byKey.get(refKey(step.by))) way.unshift(step);
	return way;
}

export function wayGround(ref: Ref, setting: Setting): readonly Ground[] {
	const way = wayTo(ref, setting);
	return way.length === 0
		? []
		: [{source: 'graph', detail: way.map(({ref: to, by, how}) => `${refText(by)} leans on ${refText(to)}: ${how}`).join('; ')}];
}

/** Others that lean on the same thing, as far as they run pods: do they suffer, too? */
function peersOf(ref: Ref, setting: Setting): {readonly well: readonly Ref[]; readonly unwell: readonly Ref[]} {
	const {survey, graph, target} = setting;
	const podsOf = ({kind, namespace, name}: Ref) => {
		const object = survey.find(kind, namespace, name);
		return object === undefined || survey.topOf(object) !== object ? [] : survey.podsOf(object);
	};
	const workloads = graph
		.dependentsOf(ref)
		.filter(({steps}) => steps <= 2)
		.map(reached => reached.ref)
		.filter(each => podsOf(each).length > 0 && refKey(each) !== refKey(target));
	const isWell = (each: Ref) => podsOf(each).every(isReady);
	return {well: workloads.filter(isWell), unwell: workloads.filter(each => !isWell(each))};
}

export function peerGrounds(ref: Ref, setting: Setting): {readonly for: readonly Ground[]; readonly against: readonly Ground[]} {
	const {well, unwell} = peersOf(ref, setting);
	const names = (refs: readonly Ref[]) => someOf(refs.map(refText));
	return {
		for:
			unwell.length === 0
				? []
				: [
						{
							source: 'graph',
							detail: `${names(unwell)} ${unwell.length === 1 ? 'leans' : 'lean'} on it too, and ${unwell.length === 1 ? 'is' : 'are'} not well either`,
						},
					],
		against:
			well.length === 0
				? []
				: [
						{
							source: 'graph',
							detail: `${names(well)} ${well.length === 1 ? 'leans' : 'lean'} on it too, and ${well.length === 1 ? 'is' : 'are'} well`,
						},
					],
	};
}

/** Last lines that name an object, or the address of a Service: `dial tcp: lookup db: no such host`. */
export function wordGrounds(ref: Ref, {words, survey}: Setting): readonly Ground[] {
	const address = textAt(survey.find(ref.kind, ref.namespace, ref.name), 'spec', 'clusterIP');
	const names = [ref.name, ...(address === undefined || address === 'None' ? [] : [address])].filter(({length}) => length > 1);
	const said = new RegExp(`(?<![\\w.-])(?:${names.map(RegExp.escape).join('|')})(?![\\w-])`);
	return words.flatMap(({origin, lines}) => {
		const line = names.length === 0 ? undefined : lines.findLast(each => said.test(each));
		return line === undefined ? [] : [{source: `last lines of ${origin}`, detail: line}];
	});
}
