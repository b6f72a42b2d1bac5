import {oneOf} from './one-of.ts';

/** Nouns of what is told and never made. */
const told =
	'이름|명단|목록|리스트|개수|갯수|숫자|합계|총합|총계|현황|순위|로그|이벤트|이미지|태그|버전|이력|내역|히스토리|상태|원인|이유|까닭|주소|호스트|메시지|경고|줄|라인|에러|오류|내용|값|결과|정보|상세|요약|크기|용량|사용량|스펙|목차|주인|소유자';
/** Verbs that only ask to be told or shown something. */
const looking = new RegExp(
	`${oneOf(`
		알려 | 보여 | 확인 | 조회 | 설명 | 찾아 | 찾아봐 | 정리해 | 정리 | 비교 | 나열 | 뽑아 | 요약 | 검색 | 출력 | 말해 | 점검 | 체크 | 세어 | 세 | (?<!손)봐 | 추천 | 조언 | 골라 | 골라내 | 가려내 | 찾아내 | 추려내 | 뽑아내 | 알아내 | 추려 | 집어 | 꼽아 | 펼쳐 | 불러 | 읽어 | 훑어 | 살펴
		| 들여다 | 긁어 | 걸러 | 솎아 | 짚어 | 가르쳐 | 분석 | 파악 | 뒤져 | 공유 | 열거 | 집계 | 진단 | 조사 | 헤아려 | 매겨 | 따져
	`)}(?:\\s?(?:해|봐))?$`,
);
/** `메시지 그대로 붙여줘`: pasted, written down or added up is what is told. */
const handed = new RegExp(`(?:${told})[가-힣]*\\s(?:\\S+\\s)?(?:붙여|찍어|적어|써|던져|넘겨|더해|합쳐|가져와|가져다)$`);

/** Whether what stands before a plea only looks: `이름만 뽑아` of `이름만 뽑아줘`. */
export const looksAt = (before: string): boolean => looking.test(before.trim()) || handed.test(before.trim());

const sets = /=|\d\S*(?:으로|로)(?:\s|$)|(?:으로|로)\s?(?:변경|교체|업데이트|설정|바꿔|맞춰)/;
/** A label by which things are chosen. */
const selecting = /[\w./-]+=[\w.-]+(?=\s?(?:라벨|레이블|인\s|이\s|달린|붙은|붙어|가진|있는))/g;
const particle = '(?:들|만|은|는|이|가|을|를|도|요)*';
/** `CPU 요청 합계 1등만`, `이벤트 내역 좀`, `태그만 확인 부탁해요` */
const phrases: readonly RegExp[] = [
	new RegExp(`(?:${told})${particle}(?:\\s(?:좀|만|다|전부|모두|쭉|주세요|부탁\\S*))?$`),
	/(?:가장|제일|많이|상위|하위|합계|총합|순으로|높은|낮은|큰|작은|적은|오래된).*(?:\d+등|하나|둘|셋|\d+\s?(?:개|줄|곳)|것|거|곳|데|[가-힣]{2,})(?:들)?만?(?:요)?$/,
	/(?:알려|보여|확인|조회|설명|비교|요약|검색|출력|점검|체크|공유|나열|분석|파악|정리|진단|조사)(?:을|를|만|도)?\s?(?:좀\s?)?(?:부탁|바랍|바람|요청)\S*$/,
	/(?:뽑아|찾아|골라|추려|꼽아|펼쳐|살펴|훑어|알아|세어|읽어|짚어|들여다|조회해|확인해|정리해|비교해|검색해)\s?(?:봐|보자|봐라|봐봐|보세요|봐요|보고\s?싶\S*|놔|둬)?(?:요|라)?$/,
	/(?:로그|이벤트)\S*\s.*만(?:요)?$|(?:경고|이벤트|로그|에러|오류)(?:만|를|을)?\s.*별로(?:요)?$/,
	/(?:가진|가지고\s?있는|갖고\s?있는|갖는|부여된)\s?권한\S*(?:\s(?:전부|모두|다|목록))?$/,
	/수\s?있는\s?(?:일|것|거|작업|동작|리소스|권한)\S*(?:\s(?:전부|모두|다|목록))?$/,
	/[가-힣]\s수(?:만|는|가|요)?(?:\s?좀)?$/,
	/(?:알고|보고|확인하고|듣고)\s?싶\S*$|궁금\S*$/,
];
/** `레플리카가 4개 이상인 디플로이먼트`, `TLS가 없는 인그레스만`, `파드들`: which ones of a kind, and nothing of what is to become of them. */
const kinds =
	'파드|포드|팟|디플로이먼트|디플로이|스테이트풀셋|데몬셋|크론잡|잡|서비스|인그레스|컨피그맵|시크릿|네임스페이스|노드|볼륨|클레임|PVC|PV|스토리지\\s?클래스|HPA|오토스케일러|PDB|버짓|쿼터|네트워크\\s?(?:정책|폴리시)|롤|롤\\s?바인딩|클러스터롤|서비스\\s?(?:어카운트|계정)|워크로드|앱|컨테이너|것|거|게|건|애|곳|데';
const adnominal = '(?:인|는|은|된|한|던|진|린|난|든|운|긴|친|킨|힌|낀|픈|른|온|간|준|쓴|뜬|찬|둔|춘|아닌|이상|이하|미만|초과)';
const ofKind = new RegExp(
	`${adnominal}\\s(?:모든\\s|전체\\s)?(?:(?:${kinds})(?:와|과|랑|이랑|하고|,)\\s)?(?:${kinds})(?:들)?(?:만|은|는|이|가|을|를|도|요|만요)*(?:\\s?(?:목록|좀|전부|모두|다))?$|(?:${kinds})들(?:만|은|는|이|가|을|를|도|요)*$`,
	'i',
);
const deeds =
	/(?:재시작(?!\s?(?:횟수|수\b|이력|많))|재기동|롤백|되돌|삭제|지워|지우|없애|늘려|늘리|줄여|줄이|올려|올리|내려|내리|추가|생성|만들|변경|바꿔|바꾸|배포|적용|설정해|붙여|달아|켜|꺼|코든|드레인|cordon|drain)(?!\S*(?:이력|내역|로그|히스토리|원인|이유|된|한\s|했|됐|어\s?(?:있|둔|놓)))/i;

/** Whether a sentence asks to be told something without a plea: by a noun of what is told, or by what it wants to know. */
export const isTelling = (sentence: string): boolean =>
	!sets.test(sentence.replaceAll(selecting, '_')) &&
	!deeds.test(sentence) &&
	[...phrases, ofKind].some(phrase => phrase.test(sentence.trim()));
