import {valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Clause} from '../../clause.ts';
import {kindsIn} from '../../names/kinds-in.ts';
import {mentionsIn} from '../../names/mentions-in.ts';
import {pairsIn} from '../../words/values.ts';
import type {World} from '../../world.ts';

/** Nodes that a part of a request speaks of. */
type NodesMeant = {
	readonly nodes: readonly KubeObject[];
	readonly named: boolean;
	/** The words fit more nodes than they say. */
	readonly several?: boolean;
	/** Told by nothing but whether they take pods now (`whichever still does`). */
	readonly byState?: boolean;
};

const isClosed = (node: KubeObject) => valueAt(node, 'spec', 'unschedulable') === true;

const all = /\b(?:all|every|each|both|none|any)\b|모든|모두|전부|전체|다\s|둘\s?다|양쪽/i;
/** Nodes that are told by being closed: no deed is meant by these words. */
export const closedOnes =
	/\b(?:which|what)ever\b.*\b(?:cordoned|closed|unschedulable|out)\b|\b(?:cordoned|closed|unschedulable)\b(?: \w+){0,2} (?:nodes?|ones?|machines?)\b|\bnodes?\b(?: that| which)?(?: is| are|'s)?(?: \w+)? (?:cordoned|closed|unschedulable)\b|(?:코든|cordon|스케[줄쥴]링?)[가-힣\s]*(?:된|되어\s?있는|돼\s?있는|걸린|걸려\s?있는|막힌|막혀\s?있는|꺼진|안\s?되는|제외된|중인)\s?(?:노드|것|거|애|놈|데)/i;
const openOnes =
	/\b(?:which|what)ever\b.*\b(?:still|open|schedulable|does|do)\b|\bstill (?:open|schedulable|accept\w*|tak\w*)\b|\bopen (?:nodes?|ones?)\b|아직\s?(?:열려|받|스케)/i;

/** The word that a node's label holds, behind its key or without it: `disktype=ssd`, `disktype ssd`, `the ssd node`, `디스크가 ssd인`. */
function labelled(clause: Clause, nodes: readonly KubeObject[]): readonly KubeObject[] {
	const pairs = pairsIn(clause).concat(
		[...clause.text.matchAll(/([\w./-]+): ?([\w.-]+)/g)].map(([, key = '', value = ''], at) => ({key, value, at})),
	);
	const known = pairs.filter(({key}) => nodes.some(({metadata}) => metadata.labels?.[key] !== undefined));
	if (known.length > 0) return nodes.filter(({metadata}) => known.every(({key, value}) => metadata.labels?.[key] === value));
	const words = clause.words.map(({text}) => text.replace(/^.*=/, '')).filter(text => text.length > 2);
	const own = (value: string) => words.includes(value.toLowerCase());
	const keys = new Set(
		nodes.flatMap(({metadata}) => Object.entries(metadata.labels ?? {}).flatMap(([key, value]) => (own(value) ? [key] : []))),
	);
	return keys.size === 0 ? [] : nodes.filter(({metadata}) => [...keys].every(key => own(metadata.labels?.[key] ?? '')));
}

/** Nodes by name, by label, by whether they take pods now, or all of them. */
export async function nodesMeant(clause: Clause, world: World): Promise<NodesMeant> {
	const {mentions} = await mentionsIn(clause, world, ['Node']);
	// A slip of the finger fits several.
	const several = mentions.some(({first, name}) => mentions.some(other => other.first === first && other.name !== name));
	if (mentions.length > 0)
		return {nodes: [...new Set(mentions.flatMap(({objects}) => objects))], named: true, ...(several ? {several} : {})};
	const kind = kindsIn(clause).find(mention => mention.kind === 'Node');
	const nodes = await world.objects('Node');
	const found = labelled(clause, nodes);
	const closed = closedOnes.test(clause.text);
	const open = !closed && openOnes.test(clause.text);
	const speaks =
		kind !== undefined ||
		closed ||
		open ||
		/\bmachines?\b|장비|머신|서버/i.test(clause.text) ||
		(found.length > 0 && /\bpools?\b|\bzones?\b|풀|존/i.test(clause.text));
	if (!speaks) return {nodes: [], named: false};
	const kept = (found.length > 0 ? found : closed || open || all.test(clause.text) ? nodes : []).filter(
		node => (!closed || isClosed(node)) && (!open || !isClosed(node)),
	);
	const isOne = kind !== undefined && clause.language === 'en' && !kind.plural && !all.test(clause.text) && !closed && !open;
	return {
		nodes: kept,
		named: kept.length > 0,
		byState: found.length === 0 && (closed || open),
		...(isOne && kept.length > 1 ? {several: true} : {}),
	};
}
