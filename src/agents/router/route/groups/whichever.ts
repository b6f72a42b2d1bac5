import {numberAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {containersIn} from '../../change/containers.ts';
import {workloadKinds} from '../../names/kinds-in.ts';
import {clauseOf} from '../../words/clauses-of.ts';
import type {Known} from './group.ts';

/** The one of several that a comparison tells, and the order on it. */
export type Chosen = {readonly object: KubeObject; readonly order: (name: string) => string};

const told = String.raw`(?:is\s+on|is|has|runs|with|on)?\s*(?:the\s+)?(?<way>newe(?:r|st)|olde(?:r|st)|late(?:r|st)|highe(?:r|st)|lowe(?:r|st)|more|most|fewe(?:r|st)|bigge(?:r|st)|large(?:r|st)|smalle(?:r|st))\s+(?<what>images?|versions?|tags?|releases?|replicas?|pods?|instances?)`;
const one = '(?:whichever|the one (?:that|which)|the one)';
const comparisons = [
	new RegExp(
		String.raw`^(?:of|between|among|from|out of)\s+(?<list>[^,;:]+?),?\s+(?:(?<verb>[a-z]+)\s+)?${one}\s+${told}(?<rest>\b.*)$`,
		'is',
	),
	new RegExp(String.raw`^(?<verb>[a-z]+)\s+${one}\s+of\s+(?<list>[^,;:]+?)\s+(?:(?:that|which)\s+)?${told}(?<rest>\b.*)$`, 'is'),
];

/** `of a and b, whichever has the newer image gets 6 replicas`. Undefined: nothing is compared, or both are equal. */
export function whichever(sentence: string, {objects}: Known): Chosen | undefined {
	const found = comparisons.map(pattern => pattern.exec(sentence)?.groups).find(groups => groups !== undefined);
	const {list = '', way = '', what = '', verb, rest = ''} = found ?? {};
	const names = clauseOf(list).words.map(({text}) => text);
	const workloads = objects.filter(
		({kind, metadata}) => (workloadKinds as readonly string[]).includes(kind) && names.includes(metadata.name),
	);
	const isMost = /^(?:new|lat|high|mo|big|larg)/i.test(way);
	const sorted = workloads.toSorted((a, b) =>
		/^(?:image|version|tag|release)/i.test(what) ? byVersion(a, b) : replicasOf(a) - replicasOf(b),
	);
	const [last, next] = isMost ? sorted.toReversed() : sorted;
	if (last === undefined || next === undefined) return undefined;
	const isEqual = /^(?:image|version|tag|release)/i.test(what) ? byVersion(last, next) === 0 : replicasOf(last) === replicasOf(next);
	return isEqual ? undefined : {object: last, order: name => `${verb === undefined ? '' : `${verb} `}${name}${rest}`};
}

const replicasOf = (object: KubeObject) => numberAt(object, 'spec', 'replicas') ?? 1;

/** `7.10.0` is newer than `7.9.3`. */
function byVersion(one: KubeObject, other: KubeObject): number {
	const [a, b] = [versionOf(one), versionOf(other)];
	const at = a.findIndex((part, index) => part !== b[index]);
	return at === -1 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? 0);
}

const versionOf = (object: KubeObject): readonly number[] =>
	(/:v?([\d.]+)/.exec(containersIn(object)[0]?.image.replace(/^.*\//, '') ?? '')?.[1] ?? '').split('.').map(Number);
