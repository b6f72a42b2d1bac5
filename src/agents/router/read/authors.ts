import {isJsonObject, type Json} from '../../../core/json.ts';
import {listAt, numberAt, textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {foundThing} from '../names/same-thing.ts';
import {theOne} from '../names/the-one.ts';
import {objectWords} from '../names/which-one.ts';
import {namedKinds} from '../route/ordered.ts';
import type {Intent} from '../understanding.ts';
import {givesOrder} from '../words/mood/mood-of.ts';
import {spoken} from '../words/spoken.ts';
import {asksDifference} from './history.ts';
import {answer, bullet, inLanguage, type Language} from './say.ts';

const deeds =
	'(?:re)?(?:chang|edit|modif|touch|updat|upgrad|deploy(?!ments?\\b|ers?\\b)|start|scal|delet|remov|creat|add|patch|cordon|drain|roll|appl|suspend|paus|set(?!tl)|made|broke)\\w*';
/** `who changed web`, `when was it last rolled out`, `has anybody scaled web to zero`, `누가 web을 바꿨어`. */
const asksWho = new RegExp(
	[
		`\\b(?:who(?:'s| has| was it that)?|whose|which (?:user|person|team|account|program|controller))\\b(?! (?:can|may|is allowed|could|uses?)).*\\b(?:${deeds})`,
		`\\b(?:has|have|did|was it) (?:any(?:one|body)|some(?:one|body)|we|they|(?!to\\b)[\\w-]+)\\b.*\\b(?:${deeds})`,
		`\\bwhen (?:was|were|did|has)\\b.*\\b(?:${deeds})`,
		`\\blast (?:changed?|modified|edited|touched|updated|deployed|rolled out|restarted|scaled|rollout|deployment|deploy|change)\\b`,
		'\\b(?:what|anything|something) (?:has |was |were )?(?:changed|been changed|been touched)\\b',
	].join('|'),
	'i',
);
const asksWhoInKorean =
	/(?:누가|누구|언제|마지막(?:으로)?|최근(?:에)?)\s?.*(?:바꿨|바꾼|바뀌|변경|수정|고쳤|고친|건드|재시작|재기동|배포|올렸|올린|내렸|늘렸|줄였|지웠|지운|삭제|롤백|만들|생성|스케일)(?!\S*\s?(?:수\s?있|줘|주세요))/;

/** When something began is no question for who did it: `down since yesterday's deploy`. */
const since =
	/\b(?:ever )?(?:since|after) (?:its |the |our |that |yesterday'?s |today'?s |this morning'?s |last (?:night'?s )?)*(?:last )?(?:deploy(?:ment)?|rollout|release|change|update|upgrade)\b/gi;
const holdsRole = /\bwho (?:else )?(?:has|holds|got) (?:\w+-)?(?:edit|view|admin)(?![\w-])/i;
const asksForReason = /\b(?:why|reason|(?:root )?cause|diagnos\w+)\b|왜|이유|원인/i;

/** Who wrote an object last, as the server keeps it: programs and when, never a person. */
export const authors: Intent = {
	name: 'who changed it',
	async understand(clause, world) {
		const {text, language} = clause;
		if (
			!(language === 'ko' ? asksWhoInKorean : asksWho).test(text.replace(since, ' ')) ||
			asksForReason.test(text) ||
			holdsRole.test(text) ||
			givesOrder(text) ||
			/\bhow (?:often|many times)\b|몇 ?번|얼마나 자주/i.test(text) ||
			asksDifference(clause) ||
			spoken(clause, 'event events 이벤트')
		)
			return undefined;
		const found = foundThing(await theOne(clause, world, namedKinds), namedKinds);
		if (found.found === 'several') return found.question;
		if (found.found === 'none') return undefined;
		const name = objectWords(found.object, language);
		return answer(
			inLanguage(language, `Who changed ${name}`, `${name}을(를) 바꾼 것`),
			inLanguage(
				language,
				`${name}, as the server keeps it. It knows programs, no people; who it was is in the audit log of the cluster:`,
				`서버에 남은 ${name}의 변경 기록입니다. 프로그램만 기록되며, 누구였는지는 클러스터 감사 로그에 있습니다:`,
			),
			linesOf(found.object, language),
			language,
		);
	},
};

const managerName = /^[\w.:/@-]{1,128}$/;

/** The fields that a writer claims, two levels deep: `spec.replicas`. */
function claims(entry: Json): readonly string[] {
	const fields = isJsonObject(entry) ? entry.fieldsV1 : undefined;
	if (!isJsonObject(fields)) return [];
	const named = (key: string) => key.replace(/^f:/, '');
	return Object.entries(fields)
		.filter(([key]) => key.startsWith('f:') && key !== 'f:status')
		.flatMap(([key, inner]) => {
			const below = isJsonObject(inner) ? Object.keys(inner).filter(each => each.startsWith('f:')) : [];
			return below.length === 0 ? [named(key)] : below.map(each => `${named(key)}.${named(each)}`);
		});
}

function linesOf(object: KubeObject, language: Language): readonly string[] {
	const {metadata} = object;
	const writes = listAt(metadata, 'managedFields')
		.map(entry => ({manager: textAt(entry, 'manager') ?? '', time: textAt(entry, 'time') ?? '', what: claims(entry)}))
		.filter(({manager, what}) => managerName.test(manager) && what.length > 0)
		.toSorted((a, b) => (a.time < b.time ? 1 : -1));
	const restarted = textAt(object, 'spec', 'template', 'metadata', 'annotations', 'kubectl.kubernetes.io/restartedAt');
	const replicas = numberAt(object, 'spec', 'replicas');
	return [
		...writes.map(({manager, time, what}) =>
			bullet(manager, `${time} ${what.slice(0, 6).join(', ')}${what.length > 6 ? ', …' : ''}`.trim()),
		),
		...(metadata.creationTimestamp === undefined
			? []
			: [bullet(inLanguage(language, 'created', '생성'), String(metadata.creationTimestamp))]),
		...(restarted === undefined ? [] : [bullet(inLanguage(language, 'last restart by order', '마지막 재시작 명령'), restarted)]),
		...(replicas === undefined ? [] : [bullet(inLanguage(language, 'replicas now', '현재 레플리카'), String(replicas))]),
	];
}
