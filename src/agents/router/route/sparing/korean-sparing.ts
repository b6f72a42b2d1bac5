import type {Subject} from './english-sparing.ts';

const touch =
	'(?:건드리|건들|손\\s?대|만지|바꾸|바뀌|변경(?:하|되)?|수정(?:하|되)?|고치|편집하|포함(?:하|시키)?|적용(?:하|되)?|영향\\s?주|신경\\s?쓰)';
const deed =
	'(?:옮기|지우|삭제(?:하)?|재시작(?:하|시키)?|재기동(?:하)?|늘리|줄이|올리|내리|롤백(?:하)?|드레인(?:하)?|코든(?:하)?|제거(?:하)?|없애|스케일(?:하)?|끄|켜|멈추|중단(?:하)?|업데이트(?:하)?|배포(?:하)?|교체(?:하)?|이동(?:하)?|날리)';
const denied = (verb: string) =>
	`${verb}(?:지|진|질)(?:는|도|를)?\\s?(?:말|마|않|안)[가-힣]*(?:\\s?(?:줘|주세요|주시[가-힣]*|됩니다|돼요?|것|해요?|합니다|하세요))?|${verb}(?:면|서는|어서는|해서는)\\s?안\\s?[가-힣]+`;
const staying =
	'(?:그대로(?:\\s?(?:두|둬|둘|놔|놓|유지|있|남|해|요|입|예|이|로|고|인)[가-힣\\s]*)?|(?:그냥\\s?)?(?:놔|냅|내버려|남겨|살려)\\s?(?:두|둬|둘|놓|놔)[가-힣\\s]*|두고요?|둬요?|두세요|남기고요?|남겨\\s?(?:줘요?|주세요)|유지(?:하고|해|합|요)?[가-힣\\s]*|(?:이번\\s?)?(?:제외|예외|열외)(?:하고요?|해|입|이|예|로|요|고요?|됩|시|할|야)?[가-힣\\s]*|범위\\s?밖[가-힣\\s]*|손\\s?(?:금지|엄금)|(?:터치|변경|수정|접근)\\s?금지[가-힣]*|우리\\s?(?:것|거|게|소관|담당)(?:이)?\\s?아[가-힣]*)';
/** `준비가 안 돼`: told as a trouble. */
const sick =
	'(?:준비|연결|접속|통신|응답|로그인|인증|실행|동작|작동|기동|시작|스케줄(?:링)?|스케일(?:링)?|배정|마운트|바인딩|해결|조회|업로드|다운로드|상태)(?:이|가|도|은|는|을|를)?\\s?';
const not = `(?:(?<!${sick})안\\s?(?:돼|됩|되|됨)[가-힣]*|말고요?)`;
/** Said of a part, it is taken out: `변수는 빼고`. */
const taken = '(?:빼고요?|빼\\s?(?:줘|주)[가-힣]*|빼놓고)';

/** `catalog는 지난주에 했으니 그대로`: what it is about, and with or without more words what becomes of it; without a particle it stands right before. */
const about = (what: string) => [
	new RegExp(`^(?<said>.+?)(?<!있|없|하|되|쓰|같|많)(?:은|는|을|를|이|가|도|만|건|거는|에는|에도)\\s+(?:\\S+\\s+)*?${what}$`),
	new RegExp(`^(?<said>.+?)\\s+${what}$`),
];
const touching = about(`(?:${denied(touch)})`);
const doing = about(`(?:${denied(deed)})`);
const leaving = [...about(staying), ...about(not)];
const taking = about(taken);

/** `radar 말고 ferry로`: one in the place of another. */
const contrasted = /(?<!지\s?)말고요?$/;
/** `두 개만 남기고`: how many are to be left. */
const counted = /(?:\d+|한|두|세|네|다섯|하나|둘|셋|넷)\s?(?:개|대)?만?\s(?:남[기겨]|놔|두)[가-힣\s]*$/;

/** `3개 이상 유지`, `2개는 유지돼야`: how many have to be there, which is to be seen to. */
const number = '(?:\\d+|한|두|세|네|다섯|하나|둘|셋|넷)\\s?(?:개|대)?';
const atLeast = new RegExp(
	`(?:최소|적어도)(?:한)?\\s${number}[가-힣]*\\s(?:\\S+\\s)?유지|${number}\\s?이상[가-힣]*\\s(?:\\S+\\s)?유지|${number}[가-힣]*\\s(?:\\S+\\s)?유지\\s?(?:돼|되|될|됐)`,
);

/** `radar 빼고 전부`: an exception of a group, which goes on behind it. */
const group = /^(?:나머지|전부|모두|다|싹|모든|전체)(?=[\s는을를의])/;

/**
 * What a Korean part of a request says is to be left alone; undefined: it says nothing of the kind.
 * @param next what follows in the same sentence
 */
export function sparedInKorean(part: string, next: string | undefined): Subject | undefined {
	if (next !== undefined && (group.test(next) || contrasted.test(part))) return undefined;
	if (counted.test(part) || atLeast.test(part)) return undefined;
	const text = part.trim().replace(/^(?:단|다만|대신|그리고|근데|하지만|또|물론)[,\s]+/, '');
	const [place = ''] = next === undefined ? [] : (/^.*?\S(?:에서는?|에|의)\s+(?=\S)/.exec(text) ?? []);
	const own = text.slice(place.length);
	const found = (patterns: readonly RegExp[]) => patterns.map(pattern => pattern.exec(own)?.groups?.said).find(one => one !== undefined);
	const whole = found([...touching, ...leaving]);
	if (whole !== undefined) return {said: whole, kept: place};
	const forbidden = found(doing);
	if (forbidden !== undefined) return {said: forbidden, isDeed: true, kept: place};
	const out = found(taking);
	return out === undefined ? undefined : {said: out, isOut: true, kept: place};
}
