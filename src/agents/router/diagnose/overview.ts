import {detecting} from '../../../analysis/detection/detect.ts';
import type {Incident} from '../../../analysis/detection/incident.ts';
import type {Unread} from '../../../analysis/detection/snapshot.ts';
import {surveyOf} from '../../../analysis/detection/survey.ts';
import type {Ref} from '../../../core/kube/kube-object.ts';
import {count, someOf} from '../../../core/text/count.ts';
import {oneLine} from '../../../core/text/one-line.ts';
import {inTurns} from '../../incident/reading/in-turns.ts';
import type {Clause} from '../clause.ts';
import {scopeIn} from '../names/scope-in.ts';
import {inLanguage, type Language} from '../read/say.ts';
import type {Understanding} from '../understanding.ts';
import {spoken} from '../words/spoken.ts';
import type {World} from '../world.ts';

const anything =
	'whatever going_on happening any_oom any_crash any_restart any_kill any_failure any_error healthy unready anything something everything wrong broken sick unhealthy problem issue trouble failing 뭐 무엇 뭔 어디 전체 문제 이상 이상한 아프 아픈 장애 비정상 무슨';

/** More incidents than this are counted, not told. */
const mostTold = 12;

/** `What is wrong in shop?`, `anything broken?`: every incident there, the gravest first, as `incident detect` finds it. */
export async function overview(clause: Clause, world: World, nowMs: number): Promise<Understanding | undefined> {
	if (!spoken(clause, anything)) return undefined;
	const {namespaces} = await scopeIn(clause, world);
	const snapshot = await world.snapshot({namespace: namespaces?.length === 1 ? namespaces[0] : undefined, nowMs});
	const {incidents, onTheirWay} = await inTurns(detecting(surveyOf(snapshot)), world.signal);
	const isAsked = ({namespace}: Ref) => namespaces === undefined || namespace === undefined || namespaces.includes(namespace);
	const found = incidents.filter(({cause, symptoms}) => [cause.resource, ...symptoms.map(({resource}) => resource)].some(isAsked));
	const waiting = onTheirWay.filter(({ref}) => isAsked(ref));
	const {language} = clause;
	const where = namespaces?.join(', ') ?? inLanguage(language, 'all namespaces', '모든 네임스페이스');
	return {
		kind: 'answer',
		said: inLanguage(language, `What does not work in ${where}`, `${where}의 문제`),
		text: [
			...told(found, where, language),
			...(waiting.length === 0 ? [] : ['', waitingText(waiting, language)]),
			'',
			unseenText(snapshot.unread, language),
			...(found.length === 0
				? []
				: [inLanguage(language, 'Ask about one of them, or say “Fix NAME”.', '하나를 골라 물어보거나 “NAME 고쳐줘”라고 말하세요.')]),
		].join('\n'),
	};
}

function told(found: readonly Incident[], where: string, language: Language): readonly string[] {
	if (found.length === 0) return [inLanguage(language, `Nothing is found wrong in ${where}.`, `${where}에서 이상한 것을 찾지 못했습니다.`)];
	const more = found.length - mostTold;
	return [
		inLanguage(
			language,
			`${count(found.length, 'incident')} in ${where}, the gravest first:`,
			`${where}에서 문제를 ${found.length}개 찾았습니다. 심각한 것부터:`,
		),
		'',
		...found.slice(0, mostTold).map(each => line(each, language)),
		...(more > 0 ? [inLanguage(language, `- … ${more} more: name a namespace`, `- … ${more}개 더 있음: 네임스페이스를 말해 주세요`)] : []),
	];
}

const nameOf = ({namespace, name}: Ref) => (namespace === undefined ? name : `${namespace}/${name}`);

const line = ({cause}: Incident, language: Language) => `- **${oneLine(nameOf(cause.resource))}**: ${oneLine(cause.cause[language])}`;

function waitingText(waiting: readonly {readonly ref: Ref}[], language: Language): string {
	const names = someOf(waiting.map(({ref}) => oneLine(nameOf(ref))));
	return inLanguage(
		language,
		`Changed within the last 5 minutes and still on the way: ${names}.`,
		`최근 5분 안에 바뀌어 아직 진행 중: ${names}.`,
	);
}

/** Silence is no pass. */
function unseenText(unread: readonly Unread[], language: Language): string {
	const kinds = [...Map.groupBy(unread, ({why}) => why)]
		.map(([why, list]) => `${someOf([...new Set(list.map(({kind}) => kind))])}: ${oneLine(why)}`)
		.join('; ');
	const beyond = inLanguage(
		language,
		'Metrics were not looked at, and of logs only the last lines of what ended',
		'메트릭은 보지 않았고, 로그는 끝난 컨테이너의 마지막 줄만 보았습니다',
	);
	return kinds === '' ? `${beyond}.` : inLanguage(language, `${beyond}. Not checked: ${kinds}.`, `${beyond}. 확인하지 못한 것: ${kinds}.`);
}
