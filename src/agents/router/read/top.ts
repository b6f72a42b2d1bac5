import {textAt} from '../../../core/kube/json-at.ts';
import type {Clause} from '../clause.ts';
import {allNamed} from '../names/all-named.ts';
import {kindsIn, workloadKinds} from '../names/kinds-in.ts';
import {foundThing} from '../names/same-thing.ts';
import {scopeIn} from '../names/scope-in.ts';
import {theOne} from '../names/the-one.ts';
import type {Intent, Understanding} from '../understanding.ts';
import {amountsIn} from '../words/amounts.ts';
import {isWord, spoken, whereSpoken} from '../words/spoken.ts';
import type {World} from '../world.ts';
import {asksToRead} from './asks-to-read.ts';
import {addsUp} from './count.ts';
import {type Measure, measureIn, measureText, podsOf, sizeOf, sizeText} from './measure.ts';
import {isRanked, leastWords} from './ranked.ts';
import {answer, bullet, inLanguage} from './say.ts';
import {kindsAsked, nameIn, type Selection, selectionOf, selectionText} from './selection.ts';

/** What runs now is measured; everything else is by what the pods ask for. */
const measured = 'usage using consuming consumption actual actually live 사용량 실사용량 실제 현재';
const asked = 'request reserve limit ask ask_for 요청 예약 제한 한도 상한 리밋';

/** `Which deployment requests the most memory?`, `top three workloads by cpu`, `biggest claim`, `what do the pods of x use now`. */
export const top: Intent = {
	name: 'top',
	async understand(clause, world, {nowMs}) {
		if (!asksToRead(clause)) return undefined;
		const scope = await scopeIn(clause, world);
		const kinds = kindsAsked(clause, scope);
		const measure = measureIn(clause, kinds);
		const ranks = isRanked(clause);
		if (measure === undefined || !(ranks || spoken(clause, `${measured} request reserve total sum 요청 합계 총합 예약`))) return undefined;
		if (measure.what === 'storage')
			return ranks ? ranked(clause, await selectionOf(clause, world, ['PersistentVolumeClaim'], scope, nowMs), measure) : undefined;
		if (!ranks && (measure.what === 'replicas' || (addsUp(clause) && !spoken(clause, measured)))) return undefined;
		if (measure.what === 'restarts')
			return ranks ? ranked(clause, await selectionOf(clause, world, ['Pod'], scope, nowMs), measure) : undefined;
		const [what] = kindsIn(clause).filter(({kind}) => kind === 'Pod' || kind === 'Node');
		if (measure.what !== 'replicas' && (spoken(clause, measured) || (what !== undefined && !spoken(clause, asked)))) {
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
		if (ranks && measure.what === 'replicas' && asksForNodes(clause)) return nodesByPods(clause, world);
		const workloads = kinds.filter(kind => workloadKinds.some(each => each === kind));
		const selection = await selectionOf(clause, world, workloads.length === 0 ? workloadKinds : workloads, scope, nowMs);
		const compared = ranks ? await allNamed(clause, world, workloadKinds) : undefined;
		if (compared?.found === 'some' && compared.objects.length > 1)
			return ranked(clause, {...selection, objects: compared.objects}, measure);
		const named = ranks ? undefined : foundThing(await theOne(clause, world, workloadKinds), workloadKinds);
		if (named?.found === 'several') return named.question;
		return ranked(clause, named?.found === 'one' ? {...selection, objects: [named.object]} : selection, measure);
	},
};

/** `on which node are the most pods`, and not `of the pods of node-1`. */
const asksForNodes = ({text}: Clause) => /\b(?:which|what) nodes?\b|(?:어느|어떤|무슨) 노드/i.test(text);

/** `which node has the most pods`. */
async function nodesByPods(clause: Clause, world: World): Promise<Understanding> {
	const {language} = clause;
	const [nodes, pods] = await Promise.all([world.objects('Node'), world.objects('Pod')]);
	const isLeast = spoken(clause, leastWords);
	const rows = nodes
		.map(({metadata}) => ({name: metadata.name, count: pods.filter(({spec}) => textAt(spec, 'nodeName') === metadata.name).length}))
		.toSorted((a, b) => (isLeast ? a.count - b.count : b.count - a.count));
	return answer(
		inLanguage(language, 'Nodes by their pods', '노드별 파드 수'),
		inLanguage(
			language,
			`Pods on each node, the ${isLeast ? 'fewest' : 'most'} first:`,
			`노드별 파드 수, ${isLeast ? '적은' : '많은'} 순:`,
		),
		rows.map(({name, count}) => bullet(name, inLanguage(language, `${count} pods`, `파드 ${count}개`))),
		language,
	);
}

/** `the three workloads`, `two biggest deployments`: how many of them. */
const isOfKind = ({words}: Clause, at: number) =>
	words
		.slice(at + 1, at + 4)
		.some(({text}) =>
			/^(?:workloads|deployments|statefulsets|daemonsets|pods|claims|pvcs|apps|nodes|autoscalers|워크로드|디플로이먼트|파드)$/.test(text),
		);

/** `only the first place`, `1등만` */
const onlyFirst =
	/\b(?:only|just) (?:the )?(?:first|top|number one)(?: place| one| spot)?(?=[.?!,]|$)|\b(?:first|top) (?:place|spot) (?:only|alone|is enough|will do)\b/i;

/** One where one is asked for, as many as are said, else five. */
function wantedRows(clause: Clause): number {
	const at = whereSpoken(clause, 'top first 상위');
	if (onlyFirst.test(clause.text)) return 1;
	const place = /(\d+)\s?(?:등|위)(?=[만까을를이가은는\s,.]|$)/.exec(clause.text)?.[1];
	if (place !== undefined) return Number(place);
	const said = amountsIn(clause).find(amount => amount.kind === 'number');
	if (
		said?.kind === 'number' &&
		said.value > 0 &&
		said.value <= 20 &&
		(at !== -1 || isOfKind(clause, said.last) || said.counter !== undefined || spoken(clause, 'single only just 만'))
	)
		return said.value;
	if (
		spoken(clause, 'single winner 하나 하나만') ||
		/\b(?:name only|one name(?: only| is enough| will do)?|only the name|just (?:the|its|one) (?:name|winner))\b|이름만|이름으로/i.test(
			clause.text,
		)
	)
		return 1;
	if (at !== -1 || /\brank|순위|순으로/i.test(clause.text)) return at === -1 ? 20 : 5;
	if (/\bwhich (?:one|single)\b/i.test(clause.text)) return 1;
	const plural =
		kindsIn(clause).some(mention => mention.plural && mention.kind !== 'Namespace') ||
		clause.words.some(word => /^(workloads|apps|services)$/.test(word.text) && isWord(word, 'workload'));
	return plural ? 5 : 1;
}

function ranked(clause: Clause, selection: Selection, measure: Measure): Understanding {
	const {language} = clause;
	const isLeast = spoken(clause, leastWords) && !spoken(clause, 'most largest biggest highest 가장_큰 큰');
	const rows = selection.objects
		.map(object => ({object, size: sizeOf(object, measure)}))
		.toSorted((a, b) => (isLeast ? a.size - b.size : b.size - a.size));
	const text = selectionText(selection, language);
	const name = measureText(measure, language);
	const most = inLanguage(language, isLeast ? 'least' : 'most', isLeast ? '작은' : '큰');
	const isOfPods = measure.what === 'cpu' || measure.what === 'memory';
	return answer(
		inLanguage(language, `${name}: ${text}`, `${text}의 ${name}`),
		rows.length === 0
			? inLanguage(language, `There are no ${text}.`, `${text}: 없습니다.`)
			: inLanguage(language, rows.length === 1 ? `${name}:` : `The ${most} ${name}:`, `${name} 기준으로 가장 ${most} 것:`),
		rows.slice(0, wantedRows(clause)).map(({object, size}) => {
			const each = isOfPods ? `, ${podsOf(object)} × ${sizeText(sizeOf(object, {...measure, each: true}), measure, language)}` : '';
			return bullet(nameIn(selection, object), `${sizeText(size, measure, language)} (${object.kind}${each})`);
		}),
		language,
	);
}
