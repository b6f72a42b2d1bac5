import {tidies} from '../tidies.ts';
import {isTelling, looksAt} from './korean-telling.ts';
import type {Mood} from './mood.ts';
import {oneOf} from './one-of.ts';

const end = String.raw`(?=[\s,.!~?;:)…]|$)`;

/** Asked of somebody, wherever in the sentence: a reason may stand behind it. */
const pleads = new RegExp(
	`(?<verb>\\S*)\\s?${oneOf(`
		줘[요라]? | 주세요 | 주셔요 | 주십시오 | 주시오 | 주라 | 주쇼 | 줄래[요여]? | 줄\\s?수\\s?(?:있|없)[가-힣]* | 주실래요 | 주실\\s?수\\s?(?:있|없)[가-힣]* | 주실까요 | 주시겠[가-힣]*
		| 주시면(?:\\s?(?:감사|고맙|좋|됩|돼)[가-힣]*)? | 주면\\s?(?:좋|고맙|감사|돼|됩)[가-힣]* | 주시길 | 주시기 | 주길 | 주었으면 | 줬으면 | 주셨으면 | 달라 | 드려
	`)}${end}`,
	'g',
);
const begs = new RegExp(
	oneOf(`
		부탁 | 바랍니다 | 바람(?=[\\s,.!]|$) | 바래요?(?=[\\s,.!]|$) | 싶어 | 싶습 | 싶은데 | 싶네 | 싶다 | 좋겠 | 필요(?:해|합|함|하(?!지)|$)
		| 으면\\s?(?:합니다|해요|함|하는데|하네)
		| (?:해|아|어|여|와|워|려|춰|꿔|겨|내)야\\s?(?:해|합니|하는|겠|할\\s?것|함|돼|됩)
	`),
);
const deeds =
	'올려 | 내려 | 늘려 | 줄여 | 바꿔 | 붙여 | 달아 | 빼 | 지워 | 없애 | 날려 | 꺼 | 켜 | 띄워 | 돌려 | 옮겨 | 넘겨 | 맞춰 | 낮춰 | 높여 | 키워 | 풀어 | 막아 | 열어 | 닫아 | 비워 | 넣어 | 걸어 | 만들어 | 고쳐 | 살려 | 멈춰 | 떼 | 치워 | 껐다\\s?켜 | 놔 | 둬 | 잡아 | 채워 | 보내 | 받아 | 나눠 | 파 | 세워 | 잠가';
/** Said plainly, at the end of a part. */
const plainly = new RegExp(
	`${oneOf(`하세요 | 하십시오 | 해라 | 하라 | 하자 | 합시다 | 하죠 | 보자 | 보세요 | 시켜 | 할\\s?것 | 하도록 | 하게 | [가-힣]*${oneOf(deeds)}(?!\\s(?:있|버렸|버리)) | [가-힣]*자`)}${end}`,
);
/** A deed as a noun with 해 behind it; adjectives end so, too. */
const deedDone = /(?<noun>[가-힣A-Za-z]{2,})\s?해(?:요|봐|놔|둬)?(?=[\s,.!~]|$)/;
const adjectives =
	/^(?:이상|불안|심|위험|급|중요|필요|불편|궁금|복잡|비슷|안전|가능|정상|충분|부족|느긋|조용|엄청|미안|심각|답답|불가능|동일|의심|건강)$/;

/** `재시작하는 방법 알려줘` */
const howTo = /(?:방법|명령어|하는\s?법|절차)(?:을|를|만|도|좀)?\s*(?:좀\s?)?(?:알려|가르쳐|설명)/;

const weighs = new RegExp(
	oneOf(`
		(?<!니)까(?:요|여)?${end} | 니까(?:요|여)?[\\s?!]*$ | (?:을지|를지|할지|릴지|울지|꿀지|는지)(?=[\\s,.!?]|$) | 야\\s?(?:하|되|할|될)(?:나|까|는지|는가|려나) | 어때 | 어떨 | 어떻게\\s?(?:돼|되|될|됩|생각|하)
		| (?:어|아|여|해|워|려|춰|꿔|겨|쳐|애|내|와)도\\s?(?:되(?!니|므로|어서|는데)|돼(?!서)|될|괜찮|문제|상관|안전) | 면\\s?(?:되|돼|될|안\\s?[되돼]|어떻|뭐|무슨|누|문제|도움|괜찮)
		| (?:게|것이|거)\\s?(?:좋|나|맞|안전)[가-힣]*(?:까|나|지|어\\?) | (?:나요|니|냐|가요|는가|던가|지요?|죠|야)\\?
	`),
);
const asks =
	/왜|이유(?!(?:가|는|도)?\s?(?:없|로\s))|원인|무엇|뭐[가야예지뭐]|뭔|뭘|누[가구군]|어느|어떤|어디|언제|몇\s?[개대명번]|얼마|궁금|방법|명령어|하는\s?법/;
/** A question by its ending, with or without its mark: `있습니까`, `되나요`. */
const asksByEnding = /(?:니까|(?:있|없|되|하|이|했|됐|었|았|쓰|도)나요|(?:인|은|는|던|한|된)가요|는지요)$/;
const forbids = /지\s?(?:마|말|않(?!도록|게))|금지(?!.*해제)|하면\s?안\s?(?:돼|되|됩)/;
/** What is told ends so: what was done, what the one who speaks will do, what somebody else said, how things are. */
const tells = new RegExp(
	`${oneOf(`
		[았었였했됐갔왔났렸졌꿨켰췄웠뒀놨셨겼썼][어다습네는음고더던지] | 했 | 됐 | 겠 | 할[게께] | [을를할릴울]\\s?게(?:요)? | [가-힣]려고(?:요|해요?|합니다|함)? | 예정 | [는던]데
		| 라(?:는데|던데|고\\s?(?:했|하|함)|네) | [하했된한는린인난간온든문긴]대(?:요)? | [하리우추꾸이치]래(?:요)? | 랬 | 댔 | 달라고 | 중이 | [가-힣]중 | 거든 | 더라
		| [있없](?:어|습|다|네|음) | 같[아은습] | 니다 | [는한]다 | 네요 | [아나려리여우하되지]네 | 군요 | 잖아 | [아어에예]요 | 이야 | 거야 | 모르 | (?:싫|좋|미워)[어아]?해(?:요)? | 싫어(?:요)? | 확신 | 않[아았는] | 안\\s[가-힣]+ | 못\\s[가-힣]+
		| [가-힣]서요 | 거든요? | 니까요? | 됨 | 완료 | (?:느려|아파|죽어|터져|떠|돼|커|작아|나와|떨어져|막혀|끊겨|걸려|밀려|쌓여|멀쩡해)(?:요)? | [나와떠져여려돼워가어아]요 | 가능
		| (?:상관|관계)\\s?없이 | 무관하게 | 통틀어 | 포함해서 | 기준으로
	`)}$`,
);
const manners = /(?:부탁|바랍|감사|고맙|수\s?있|싶습|드립|드려|해야|필요|좋겠)[가-힣]*/g;

/** `아직 바꾸는 건 아니야`, `지우라는 뜻은 아닙니다`: nothing of it is meant. */
const isNotMeant = /(?:는|은|란|라는|자는|단|다는|려는)\s?(?:건|것은|게|거는|말은|뜻은|얘기는|소리는|말이|뜻이)\s?아[니닙닌님님][가-힣]*$/;

/** What is to be, said as what is enough, what may never be, or what something is for: `2개면 됩니다`, `3개 밑으로 내려가면 안 됩니다`, `안 뜨게`. */
const suffices =
	/(?:\d\S*|하나|둘|셋|[가-힣]\s?개|으로|로\s?하|하)면\s?(?:충분|돼|됩|된|됨)[가-힣]*$|(?:밑|아래|이하|미만|초과|이상|넘|줄|작아)\S*\s?\S*면\s?(?:절대\s?)?안\s?(?:돼|됩|됨|된)[가-힣]*$|(?:지\s?(?:않|못하)|(?:^|\s)(?:안|못)\s?\S+)(?:도록|게)$|(?:빼|넣|하|달|추가|올리|내리|늘리|줄이|바꾸|지우|되돌리|놓|두)기$/;

/** What is asked for: that something is looked at, or done. */
function pleaMood(sentence: string): Mood | undefined {
	const pleas = [...sentence.matchAll(pleads)];
	if (pleas.length === 0) return undefined;
	// `정리해줘 (삭제)`, `안 쓰는 것 정리해줘`: tidied up by deleting.
	if (/정리/.test(sentence) && /삭제|제거|지우/.test(sentence)) return 'order';
	if (tidies(sentence)) return 'order';
	const isLook = pleas.every(({index, groups}) => looksAt(sentence.slice(0, index) + (groups?.verb ?? '')));
	return isLook || howTo.test(sentence) ? 'question' : 'order';
}

const isDeed = (part: string) => {
	const noun = deedDone.exec(part)?.groups?.noun;
	return noun !== undefined && !adjectives.test(noun) && !looksAt(noun);
};

/** `포트를 고쳐 주시고 나머지는 바꾸지 마세요`: an order, and what it leaves alone. */
function ordersBefore(sentence: string): boolean {
	const ordered = /^(.*(?:주시|하시|[가-힣] ?주))고[\s,]/.exec(sentence)?.[1];
	return ordered !== undefined && !forbids.test(ordered) && koreanMood(`${ordered}세요`) === 'order';
}

/** The mood of one Korean sentence: its verb stands at the end of it or of one of its parts. */
export function koreanMood(sentence: string): Mood {
	const plain = sentence.replace(/[.,!…~\s]+$/, '');
	if (isNotMeant.test(plain)) return 'told';
	const plea = pleaMood(plain);
	if (plea === 'order') return 'order';
	if (isTelling(plain)) return 'question';
	if (/부탁/.test(plain) && !asks.test(plain) && !/지\s?(?:말|마)/.test(plain)) return 'order';
	if (suffices.test(plain) && !asks.test(plain)) return 'order';
	if (forbids.test(plain) && !/말고/.test(plain)) return ordersBefore(plain) ? 'order' : 'forbidden';
	if (plea === 'question') return 'question';
	if (/(?:볼|알|확인할|조회할|들을|읽을|받아볼)\s?수\s?있/.test(plain)) return 'question';
	// Who is spoken of is asked about: `ci가 지울 수 있을까`.
	if (/[\w@](?:이|가)\s.*수\s?있[가-힣]*까/.test(plain)) return 'question';
	if (/수\s?있[가-힣]*까/.test(plain) && !asks.test(plain)) return 'order';
	if (weighs.test(plain)) return (asks.test(plain) && !/까/.test(plain)) || /(?:^|\s)왜\s/.test(plain) ? 'question' : 'weighed';
	if (asksByEnding.test(plain) && [...plain.matchAll(pleads)].length === 0) return 'question';
	if (plain.endsWith('?')) return plainly.test(plain.slice(0, -1)) || /해\?$/.test(plain) ? 'weighed' : 'question';
	if (begs.test(plain)) return /(?:보고|알고|확인하고)\s?싶/.test(plain) ? 'question' : 'order';
	const parts = plain.split(/,\s+|\s-\s/);
	if (parts.some(part => plainly.test(part) || isDeed(part))) return 'order';
	if (asks.test(plain) || /(?:있|없)(?:나|니|냐|는가)$|[인한]가$/.test(plain)) return 'question';
	return tells.test((parts.at(-1) ?? plain).replaceAll(manners, '').trim()) ? 'told' : 'order';
}

/** Whether a Korean sentence pleads for a deed or commands it, not only says what is needed. */
export const ordersInKorean = (sentence: string): boolean =>
	pleaMood(sentence) === 'order' || /부탁/.test(sentence) || sentence.split(/,\s+|\s-\s/).some(part => plainly.test(part) || isDeed(part));
