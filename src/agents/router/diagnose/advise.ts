import {numberAt, objectAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Clause} from '../clause.ts';
import {kindWord} from '../names/kind-words.ts';
import {mentionsIn} from '../names/mentions-in.ts';
import {foundThing} from '../names/same-thing.ts';
import {theOne} from '../names/the-one.ts';
import {objectWords} from '../names/which-one.ts';
import {readAccess} from '../read/access.ts';
import {holdersIn} from '../read/access-question.ts';
import {asksDifference} from '../read/history.ts';
import {dependents} from '../read/pointers-to.ts';
import {bullet, inLanguage, type Language} from '../read/say.ts';
import {namedKinds} from '../route/ordered.ts';
import type {Intent, Talk} from '../understanding.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {moodOf} from '../words/mood/mood-of.ts';
import {spoken, whereSpoken} from '../words/spoken.ts';
import type {World} from '../world.ts';
import {findCauses} from './find-causes.ts';
import {tellCauses} from './tell-causes.ts';

/** What people weigh, and how the order would be said. */
const deeds: readonly {readonly words: string; readonly en?: (name: string) => string; readonly ko?: (name: string) => string}[] = [
	{words: 'drain evacuate empty 드레인 비우', en: name => `drain ${name}`, ko: name => `${name} 드레인해줘`},
	{
		words: 'delete remove drop erase destroy purge wipe kill lose without 삭제 지우 제거 없애 날리',
		en: name => `delete ${name}`,
		ko: name => `${name} 삭제해줘`,
	},
	{words: 'restart reboot bounce recycle kick 재시작 재기동', en: name => `restart ${name}`, ko: name => `${name} 재시작해줘`},
	{words: 'rollback roll_back revert undo 롤백 되돌리', en: name => `roll back ${name}`, ko: name => `${name} 롤백해줘`},
	{
		words: 'scale grow shrink double halve replica 늘리 줄이 스케일 스케일링 증설',
		en: name => `scale ${name} to N`,
		ko: name => `${name} N개로 맞춰줘`,
	},
	{
		words:
			'change edit touch update upgrade modify cordon suspend stop pause 바꾸 변경 수정 건드리 업데이트 업그레이드 올리 내리 중지 코든',
		en: name => `show ${name}`,
		ko: name => `${name} 보여줘`,
	},
];
const takesAway =
	'delete remove drop erase destroy purge wipe kill lose without change edit touch modify 삭제 지우 제거 없애 날리 바꾸 변경 수정 건드리';

/** `What breaks if I delete x?` is no order, and asks for more than what is there. */
const asksEffect =
	/\b(?:what|who|whose|which|anything|something|anyone)\b.*\b(?:happens?|breaks?|broken|affected|suffers?|misse?s?|notices?|hit|hurt|fails?|impact|consequences?|depends?)\b|\b(?:safe|safely|risk|risky|danger\w*|impact|consequences?|downtime)\b|면.*(?:어떻게|무슨|뭐|뭘|누가|영향|깨지|깨져|문제)/i;

/** `코든돼 있나요?`: how it is, and not whether to. */
const isStateAsked = /(?:돼|되어|된\s?채로?)\s?있(?:나|어|는|습|지)/;

/** `Should I restart web?`, `is it safe to delete x?`: what the cluster says for and against it, and no change. */
export const advise: Intent = {
	name: 'weigh a change',
	async understand(clause, world, talk) {
		const mood = moodOf(clause.text);
		if (isStateAsked.test(clause.text)) return undefined;
		if (!(mood === 'weighed' || (mood === 'question' && asksEffect.test(clause.text)))) return undefined;
		const deed = deeds
			.map(each => ({...each, at: whereSpoken(clause, each.words)}))
			.filter(({at}) => at !== -1)
			.toSorted((a, b) => a.at - b.at)[0];
		if (deed === undefined || asksDifference(clause) || (await asksForRight(clause, world))) return undefined;
		const found = foundThing(await theOne(clause, world, namedKinds, talk), namedKinds);
		if (found.found === 'several') return found.question;
		if (found.found === 'none') return undefined;
		const {object} = found;
		const {language} = clause;
		const name = objectWords(object, language);
		const said = `${kindWord(object.kind, language)} ${objectWords(object, language, false)}`;
		const parts = [
			inLanguage(
				language,
				`Nothing is changed by a question. ${stateOf(object, language)}`,
				`질문만으로는 아무것도 바꾸지 않습니다. ${stateOf(object, language)}`,
			),
			...(deed.words.split(' ').some(word => takesAway.split(' ').includes(word))
				? [await missing(object, world, language)]
				: await diagnosis(object, clause, world, talk)),
			...(deed.en === undefined || deed.ko === undefined
				? []
				: [inLanguage(language, `To see the plan, say: “${deed.en(said)}”`, `계획을 보려면: “${deed.ko(name)}”`)]),
		];
		return {
			kind: 'answer',
			said: inLanguage(language, `What speaks for and against it: ${name}`, `${name}: 판단에 필요한 것`),
			text: parts.join('\n\n'),
		};
	},
};

/** `can minho restart web?` asks for his rights. */
async function asksForRight(clause: Clause, world: World): Promise<boolean> {
	const {holders} = await readAccess(world);
	const named = holdersIn(clause, holders);
	if (named.length === 0) return false;
	const {mentions} = await mentionsIn(clause, world, ['Deployment', 'StatefulSet', 'DaemonSet', 'ConfigMap', 'Secret', 'CronJob']);
	return named.some(({name}) => !mentions.some(mention => mention.name === name));
}

function stateOf(object: KubeObject, language: Language): string {
	const name = `${object.kind} ${object.metadata.namespace === undefined ? '' : `${object.metadata.namespace}/`}${object.metadata.name}`;
	const wanted = numberAt(object, 'spec', 'replicas');
	if (wanted === undefined) return `${name}.`;
	const ready = numberAt(objectAt(object, 'status'), 'readyReplicas') ?? 0;
	return inLanguage(
		language,
		`${name}: ${ready} of ${wanted} pods are ready.`,
		`${name}: 파드 ${wanted}개 중 ${ready}개가 준비되었습니다.`,
	);
}

/** Who would miss it. */
async function missing(object: KubeObject, world: World, language: Language): Promise<string> {
	const found = await dependents(object, world);
	const head =
		found.length === 0
			? inLanguage(
					language,
					'Nothing was found that uses it; programs that read it over the API are not seen.',
					'이것을 쓰는 것을 찾지 못했습니다. API로 직접 읽는 프로그램은 알 수 없습니다.',
				)
			: inLanguage(language, `${found.length} would notice:`, `영향을 받는 것은 ${found.length}개입니다:`);
	return [head, ...found.map(({ref, how}) => bullet(`${ref.kind} ${ref.name}`, how))].join('\n');
}

const diagnosed: readonly string[] = [
	'Deployment',
	'StatefulSet',
	'DaemonSet',
	'CronJob',
	'Job',
	'Service',
	'Node',
	'PersistentVolumeClaim',
];

/** What the diagnosis says of it as it is now; of a node that is to be emptied, what keeps its pods there. */
async function diagnosis(object: KubeObject, clause: Clause, world: World, talk: Talk): Promise<readonly string[]> {
	if (!diagnosed.includes(object.kind)) return [];
	const about = clauseOf(
		`${object.kind === 'Node' && spoken(clause, 'drain evacuate empty 드레인 비우') ? 'drain ' : 'what is wrong with '}${objectWords(object, 'en')}`,
	);
	const found: Awaited<ReturnType<typeof findCauses>> = await findCauses(about, world, {...talk, clauses: [about], index: 0});
	if (found === undefined || 'choices' in found) return [];
	return [tellCauses({...found, language: clause.language})];
}
