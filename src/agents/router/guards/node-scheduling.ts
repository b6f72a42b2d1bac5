import type {Clause} from '../clause.ts';
import {allNamed} from '../names/all-named.ts';
import {mentionsIn} from '../names/mentions-in.ts';
import {isQuestion} from '../route/ordered.ts';
import type {Intent, Understanding} from '../understanding.ts';
import {spoken} from '../words/spoken.ts';
import type {World} from '../world.ts';
import {isSaidExactly} from './said-exactly.ts';

type Deed = 'cordon' | 'uncordon' | 'drain';

/** Closes nodes, opens them again, or empties them. */
export const nodeScheduling: Intent = {
	name: 'node scheduling',
	async understand(clause, world, talk) {
		if (isQuestion(clause)) return undefined;
		const named = (await mentionsIn(clause, world, ['Node'], talk)).mentions.length > 0;
		const deed = deedOf(clause, named);
		if (deed === undefined) return outOfService(clause, world);
		const found = await allNamed(clause, world, ['Node'], talk);
		if (found.found === 'several') return found.question;
		if (found.found === 'none') return whichNode(deed, clause, world);
		const names = found.objects.map(({metadata}) => metadata.name);
		if (deed === 'drain' && !found.objects.every(object => isSaidExactly(clause, object))) return whichNode(deed, clause, world, names);
		return {kind: 'calls', said: said(deed, names, clause), calls: names.map(node => callOf(deed, node))};
	},
};

const scheduling = 'pod pods workload workloads scheduling schedule anything work 파드 스케줄 스케줄링 스케쥴링 배치';

function deedOf(clause: Clause, named: boolean): Deed | undefined {
	const says = (words: string) => spoken(clause, words);
	if (says('uncordon schedulable 언코든') && !says('unschedulable')) return 'uncordon';
	const node = named || says('node 노드');
	const again = says('again back reopen re-enable resume repaired healthy 다시 재개');
	if (again && says(`allow accept open reopen enable resume let put ${'허용 열 풀 재개'}`) && (says(scheduling) || node)) return 'uncordon';
	if (says('cordon 코든') && says('풀 해제 해지 lift undo remove')) return 'uncordon';
	if (says('drain evacuate 드레인') || (node && says('empty 비우'))) return isAboutBudget(clause) ? undefined : 'drain';
	if (
		named &&
		says('move evict clear push 내보내 옮기 쫓아내 이동') &&
		says('pod workload everything 파드 워크로드') &&
		!says('label 라벨')
	)
		return 'drain';
	if (says('cordon unschedulable 코든')) return 'cordon';
	const closes = says('stop prevent close block disallow forbid no no_new no_more 막 중지 중단 금지 닫 제외 끄 불가 불가능');
	return closes && node && says(`${scheduling} new`) ? 'cordon' : undefined;
}

/** `must survive a drain`: a disruption budget is meant. */
const isAboutBudget = (clause: Clause) => spoken(clause, 'during survive budget pdb disruption 버짓 중 중에도 중에 동안');

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

const callOf = (deed: Deed, node: string) => {
	if (deed === 'drain') return {tool: 'node_drain', input: {node}};
	return {tool: 'node_cordon', input: deed === 'uncordon' ? {node, uncordon: true} : {node}};
};

const english = {cordon: 'Close for new pods', uncordon: 'Open for new pods again', drain: 'Drain'} as const;
const korean = {cordon: '새 파드를 받지 않게 합니다', uncordon: '다시 파드를 받게 합니다', drain: '드레인합니다'} as const;

const said = (deed: Deed, names: readonly string[], {language}: Clause) =>
	language === 'ko' ? `노드 ${names.join(', ')}: ${korean[deed]}` : `${english[deed]}: node ${names.join(', ')}`;

const requestFor = (deed: Deed, node: string, {language}: Clause) =>
	language === 'ko' ? `노드 ${node} ${deed === 'drain' ? '드레인' : deed} 해줘` : `${deed} node ${node}`;

async function whichNode(deed: Deed, clause: Clause, world: World, offered?: readonly string[]): Promise<Understanding> {
	const {language} = clause;
	const names = offered ?? (await world.objects('Node')).map(({metadata}) => metadata.name);
	return {
		kind: 'question',
		text: language === 'ko' ? `어느 노드를 말씀하시나요? 노드: ${names.join(', ')}` : `Which node is meant? Nodes: ${names.join(', ')}`,
		choices: names.slice(0, 8).map(name => ({text: name, request: requestFor(deed, name, clause)})),
	};
}
