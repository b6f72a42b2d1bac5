import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Clause} from '../../clause.ts';
import {allNamed} from '../../names/all-named.ts';
import {mentionsIn} from '../../names/mentions-in.ts';
import {isQuestion, namedKinds} from '../../route/ordered.ts';
import type {Call, Intent, Talk, Understanding} from '../../understanding.ts';
import {clauseOf} from '../../words/clauses-of.ts';
import {moodOf} from '../../words/mood/mood-of.ts';
import type {World} from '../../world.ts';
import {isSaidExactly} from '../said-exactly.ts';
import {type NodeDeed, nodeDeedIn} from './node-deeds.ts';
import {nodesMeant} from './nodes-meant.ts';

/** A part of a clause: a deed, nodes, or both. */
type Part = {
	readonly clause: Clause;
	readonly deed: NodeDeed | undefined;
	readonly nodes: readonly KubeObject[];
	readonly several: boolean;
	readonly byState: boolean;
};

/** Closes nodes, opens them again, or empties them. */
export const nodeScheduling: Intent = {
	name: 'node scheduling',
	async understand(clause, world, talk) {
		if (isQuestion(clause)) return undefined;
		const parts = await partsOf(clause, world, talk);
		const told = parts.flatMap(({deed}) => deed ?? []);
		const [first] = told;
		if (first === undefined) return outOfService(clause, world);
		const orders = ordersOf(parts, clause);
		if (orders.length === 0) return isOwnWord(clause) ? whichNode(first, clause, world) : undefined;
		if (!isOwnWord(clause) && (await namesOthers(clause, world))) return undefined;
		const several = parts.find(part => part.several);
		if (several !== undefined) return whichNode(first, clause, world, namesOf(several.nodes));
		const inexact = orders.find(({deed, nodes}) => deed === 'drain' && !nodes.every(node => isSaidExactly(clause, node)));
		if (inexact !== undefined) return whichNode('drain', clause, world, namesOf(inexact.nodes));
		return {
			kind: 'calls',
			said: orders.map(({deed, nodes}) => said(deed, namesOf(nodes), clause)).join('; '),
			calls: orders.flatMap(({deed, nodes}) => namesOf(nodes).map(node => callOf(deed, node))),
		};
	},
};

const namesOf = (nodes: readonly KubeObject[]) => nodes.map(({metadata}) => metadata.name);

const isOwnWord = ({text}: Clause) => /cordon|drain|\bevacuat|코든|드레인/i.test(text);

/** `pods of web may not run on node-1`: where a workload may go, and nothing of the node. */
async function namesOthers(clause: Clause, world: World): Promise<boolean> {
	const kinds = namedKinds.filter(kind => kind !== 'Node');
	return (await mentionsIn(clause, world, kinds)).mentions.length > 0;
}

const joints = /[,;]\s+(?:(?:and|but|then|while)\s+)*|\s+(?:and|but|while)\s+(?:then\s+)?|\.\s+|(?<=[가-힣](?:고|며|면서))\s+|\s+그리고\s+/;

/** Several deeds part a clause; one deed is told by the whole of it. */
async function partsOf(clause: Clause, world: World, talk: Talk): Promise<readonly Part[]> {
	const texts = clause.text.split(joints).filter(text => text.trim() !== '');
	const orders = texts.filter(text => !isState(text));
	if (orders.length > 0 && orders.length < texts.length && !leansBack.test(orders.join(' ')))
		return partsOf(clauseOf(orders.join(', ')), world, talk);
	const parts = await Promise.all(texts.map(text => partOf(clauseOf(text), world)));
	if (parts.filter(part => (part.deed !== undefined || noLonger.test(part.clause.text)) && part.nodes.length > 0).length > 1) return parts;
	const whole = await partOf(clause, world);
	if (whole.nodes.length > 0 && !whole.byState) return [whole];
	// `… needs new memory; cordon it`: the node was told of before.
	const before = talk.clauses[talk.index - 1];
	const earlier = before === undefined || !leansBack.test(clause.text) ? undefined : await partOf(before, world);
	if (earlier === undefined || earlier.nodes.length === 0) return [whole];
	return [{...whole, nodes: whole.byState ? whole.nodes.filter(node => earlier.nodes.includes(node)) : earlier.nodes}];
}

/** `a is closed, open b`: how a node stands asks for nothing. */
const isState = (text: string) =>
	/\b(?:is|are|was|were|has been|have been)\b/i.test(text) && moodOf(text) === 'told' && !noLonger.test(text);

const leansBack = /\b(?:it|them|that|those|this|these|whichever|one|ones)\b|그|이것|둘/i;

async function partOf(clause: Clause, world: World): Promise<Part> {
	const {nodes, named, several = false, byState = false} = await nodesMeant(clause, world);
	return {clause, deed: nodeDeedIn(clause, named), nodes, several, byState};
}

type Order = {readonly deed: NodeDeed; readonly nodes: readonly KubeObject[]};

/** `a is schedulable again, b no longer` */
const noLonger = /\b(?:no longer|not any ?more|is not)\b/i;
const opposite: {readonly [deed in NodeDeed]: NodeDeed | undefined} = {cordon: 'uncordon', uncordon: 'cordon', drain: undefined};

/** English says the deed once, before its nodes or behind the first of them; Korean says it behind them. */
function ordersOf(parts: readonly Part[], {language}: Clause): readonly Order[] {
	const orders: Order[] = [];
	let waiting: readonly KubeObject[] = [];
	for (const {clause, deed: told, nodes} of parts) {
		const last = orders.at(-1);
		const deed = told ?? (last !== undefined && noLonger.test(clause.text) ? opposite[last.deed] : undefined);
		if (deed === undefined && language === 'en' && last !== undefined && waiting.length === 0)
			orders[orders.length - 1] = {...last, nodes: [...last.nodes, ...nodes]};
		else if (deed === undefined) waiting = [...waiting, ...nodes];
		else {
			const all = [...waiting, ...nodes];
			if (all.length > 0) orders.push({deed, nodes: [...new Set(all)]});
			else if (last !== undefined && last.deed !== deed) orders.push({deed, nodes: last.nodes});
			waiting = [];
		}
	}
	return orders;
}

/** Closed or emptied? Both take a node out of service. */
async function outOfService(clause: Clause, world: World): Promise<Understanding | undefined> {
	if (!/\bout of (?:service|rotation)\b|\boffline\b|유지 ?보수|서비스에서 (?:빼|제외)/i.test(clause.text)) return undefined;
	const found = await allNamed(clause, world, ['Node']);
	const node = found.found === 'some' ? found.objects[0]?.metadata.name : undefined;
	if (node === undefined) return undefined;
	const korean = clause.language === 'ko';
	return {
		kind: 'question',
		text: korean
			? `노드 ${node}에 새 파드만 막을까요, 아니면 파드도 모두 내보낼까요?`
			: `Should node ${node} only take no new pods, or should its pods move away as well?`,
		choices: (['cordon', 'drain'] as const).map(one => ({text: said(one, [node], clause), request: requestFor(one, node, clause)})),
	};
}

const callOf = (deed: NodeDeed, node: string): Call => {
	if (deed === 'drain') return {tool: 'node_drain', input: {node}};
	return {tool: 'node_cordon', input: deed === 'uncordon' ? {node, uncordon: true} : {node}};
};

const english = {cordon: 'Close for new pods', uncordon: 'Open for new pods again', drain: 'Drain'} as const;
const korean = {cordon: '새 파드를 받지 않게 합니다', uncordon: '다시 파드를 받게 합니다', drain: '드레인합니다'} as const;

const said = (deed: NodeDeed, names: readonly string[], {language}: Clause) =>
	language === 'ko' ? `노드 ${names.join(', ')}: ${korean[deed]}` : `${english[deed]}: node ${names.join(', ')}`;

const requestFor = (deed: NodeDeed, node: string, {language}: Clause) =>
	language === 'ko' ? `노드 ${node} ${deed === 'drain' ? '드레인' : deed} 해줘` : `${deed} node ${node}`;

async function whichNode(deed: NodeDeed, clause: Clause, world: World, offered?: readonly string[]): Promise<Understanding> {
	const {language} = clause;
	const names = offered ?? (await world.objects('Node')).map(({metadata}) => metadata.name);
	return {
		kind: 'question',
		text: language === 'ko' ? `어느 노드를 말씀하시나요? 노드: ${names.join(', ')}` : `Which node is meant? Nodes: ${names.join(', ')}`,
		choices: names.slice(0, 8).map(name => ({text: name, request: requestFor(deed, name, clause)})),
	};
}
