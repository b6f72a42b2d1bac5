import {type Amount, podSize} from '../../../analysis/capacity/pod-size.ts';
import {numberAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../core/kube/pod-spec.ts';
import {cpuText, memoryText} from '../../../core/kube/quantity.ts';
import type {Clause} from '../clause.ts';
import {kindsIn, workloadKinds} from '../names/kinds-in.ts';
import {foundThing} from '../names/same-thing.ts';
import {scopeIn} from '../names/scope-in.ts';
import {theOne} from '../names/the-one.ts';
import type {Intent, Understanding} from '../understanding.ts';
import {amountsIn} from '../words/amounts.ts';
import {isWord, spoken, whereSpoken} from '../words/spoken.ts';
import {asksToRead} from './asks-to-read.ts';
import {answer, bullet, inLanguage, type Language} from './say.ts';
import {kindsAsked, nameIn, type Selection, selectionOf, selectionText} from './selection.ts';

const mostWords = 'most top largest biggest highest heaviest greediest hungriest maximum max 가장 제일 많이 상위 최대 큰';
const leastWords = 'least smallest lowest lightest minimum fewest 작 작은 적은 최소 적게';
const memoryWords = 'memory ram mem 메모리 램';
const cpuWords = 'cpu core cores processor 씨피유 코어';
/** What runs now is measured; everything else is by what the pods ask for. */
const measured = 'usage using consuming consumption actual actually live 사용량 실사용량 실제 현재';

/** `Which deployment requests the most memory?`, `top three workloads by cpu`, `what do the pods of x use now`. */
export const top: Intent = {
	name: 'top',
	async understand(clause, world) {
		const isMemory = spoken(clause, memoryWords);
		const isCpu = spoken(clause, cpuWords);
		const isRanked = spoken(clause, `${mostWords} ${leastWords}`);
		if (
			!asksToRead(clause) ||
			!(isMemory || isCpu) ||
			!(isRanked || spoken(clause, `${measured} request reserve total sum 요청 합계 총합 예약`))
		)
			return undefined;
		const scope = await scopeIn(clause, world);
		const [what] = kindsIn(clause).filter(({kind}) => kind === 'Pod' || kind === 'Node');
		if (spoken(clause, measured) || (what !== undefined && !spoken(clause, 'request reserve 요청 예약'))) {
			const [namespace] = scope.namespaces ?? [];
			return {
				kind: 'calls',
				said: inLanguage(clause.language, 'CPU and memory in use', 'CPU와 메모리 사용량'),
				calls: [
					{
						tool: 'resource_usage',
						input: {what: what?.kind === 'Node' ? 'nodes' : 'pods', ...(namespace === undefined ? {allNamespaces: true} : {namespace})},
					},
				],
			};
		}
		const asked = kindsAsked(clause, scope).filter(kind => workloadKinds.some(each => each === kind));
		const selection = await selectionOf(clause, world, asked.length === 0 ? workloadKinds : asked, scope);
		const named = isRanked ? undefined : foundThing(await theOne(clause, world, workloadKinds), workloadKinds);
		if (named?.found === 'several') return named.question;
		if (named?.found === 'one') return ranked(clause, {...selection, objects: [named.object]}, isMemory ? 'memory' : 'cpu');
		return ranked(clause, selection, isMemory ? 'memory' : 'cpu');
	},
};

type Row = {readonly object: KubeObject; readonly pods: number; readonly each: Amount; readonly total: Amount};

function rowOf(object: KubeObject): Row {
	const pods = numberAt(object, 'spec', 'replicas') ?? numberAt(object, 'status', 'desiredNumberScheduled') ?? 1;
	const each = podSize(podSpecOf(object));
	return {object, pods, each, total: {cpuCores: each.cpuCores * pods, memoryBytes: each.memoryBytes * pods}};
}

/** One where one is asked for, as many as are said, else five. */
function wantedRows(clause: Clause): number {
	const at = whereSpoken(clause, 'top 상위');
	const said = amountsIn(clause).find(amount => amount.kind === 'number');
	if (said?.kind === 'number' && said.value > 0 && (at !== -1 || said.counter !== undefined || spoken(clause, 'single only just 만')))
		return said.value;
	if (spoken(clause, 'single 하나 하나만')) return 1;
	if (at !== -1) return 5;
	const plural =
		kindsIn(clause).some(mention => mention.plural) ||
		clause.words.some(word => /^(workloads|apps|services)$/.test(word.text) && isWord(word, 'workload'));
	return plural ? 5 : 1;
}

const amountText = ({cpuCores, memoryBytes}: Amount, what: 'cpu' | 'memory', language: Language) =>
	what === 'cpu'
		? `${cpuText(cpuCores)} CPU${Number.isInteger(cpuCores) ? inLanguage(language, cpuCores === 1 ? ' core' : ' cores', ' 코어') : ''}`
		: memoryBytes % 2 ** 30 === 0 && memoryBytes > 0
			? `${memoryBytes / 2 ** 30}Gi`
			: memoryText(memoryBytes);

function ranked(clause: Clause, selection: Selection, what: 'cpu' | 'memory'): Understanding {
	const {language} = clause;
	const size = ({total}: Row) => (what === 'cpu' ? total.cpuCores : total.memoryBytes);
	const isLeast = spoken(clause, leastWords) && !spoken(clause, 'most largest biggest highest 가장_큰 큰');
	const rows = selection.objects.map(rowOf).toSorted((a, b) => (isLeast ? size(a) - size(b) : size(b) - size(a)));
	const shown = rows.slice(0, wantedRows(clause));
	const text = selectionText(selection, language);
	const name = what === 'cpu' ? 'CPU' : inLanguage(language, 'memory', '메모리');
	const most = inLanguage(language, isLeast ? 'least' : 'most', isLeast ? '작은' : '큰');
	return answer(
		inLanguage(language, `${name} requests of ${text}, by requests × replicas`, `${text}의 ${name} 요청 × 레플리카`),
		rows.length === 0
			? inLanguage(language, `There are no ${text}.`, `${text}: 없습니다.`)
			: inLanguage(
					language,
					rows.length === 1 ? `${name} requested, over all replicas:` : `The ${most} ${name} requested, over all replicas:`,
					`레플리카를 모두 더한 ${name} 요청이 가장 ${most} 것:`,
				),
		shown.map(row =>
			bullet(
				nameIn(selection, row.object),
				`${amountText(row.total, what, language)} (${row.object.kind}, ${row.pods} × ${amountText(row.each, what, language)})`,
			),
		),
		language,
	);
}
