import type {Clause, Word} from '../clause.ts';
import {kindsIn} from '../names/kinds-in.ts';
import {moodOf} from '../words/mood/mood-of.ts';
import {isWord, spoken} from '../words/spoken.ts';
import {tidies} from '../words/tidies.ts';

/** Verbs and question words that an English request to look at something begins with. */
const reads = new Set(
	`what what's whats which who who's whose whom where where's when when's why how how's is are was were does did has any anything may might show list tell print display describe
	find check see count compare grep search look fetch view tail explain inspect enumerate investigate summarise summarize dump`.split(
		/\s+/,
	),
);

/** Politeness and modal verbs before the verb: `could you please tell me`. `can minho delete pods` is no order: a name follows. */
const openings =
	/^(please|plz|pls|then|also|and|finally|next|now|first|ok|okay|hey|hi|so|can|could|would|will|you|u|kindly|just|only|i|i'd|want|wanna|need|like|love|to|we|let|us|let's|me|quickly|again)$/;

/** What asks for a change wherever it stands in the form of an order. */
const changes =
	'set scale restart delete remove create add make change update bump upgrade downgrade roll rollback revert undo cordon uncordon drain suspend resume pause apply deploy expose label annotate patch raise lower increase decrease double halve shrink resize grow move switch enable disable trigger kick put give run turn bring take point send should must needs gets stop start mark allow evict use';

const koreanReads = '보 알리 확인 조회 정리 나열 비교 목록 리스트 출력 검색 요약 설명 찾 뽑 궁금 로그 이벤트 이미지 개수 현황';
/** What is read wherever nothing is to be done: `최근 로그 50줄`, `메모리를 가장 많이 쓰는 파드 3개`. */
const koreanNouns = '로그 이벤트 목록 리스트 개수 현황 가장 제일 상위 이력';
const koreanQuestions = '뭐 누구 어디 어느 어떤 몇 얼마 얼마나 왜 언제 궁금 무슨 누가';
/** Verbs that order a change. */
const koreanOrders =
	'삭제 지우 제거 없애 재시작 재기동 리스타트 롤백 되돌리 늘리 줄이 스케일 배포 전환 넘기 중지 중단 멈추 cordon uncordon drain 코든 언코든 드레인 재개 확장 변경 바꾸 올리 내리 낮추 높이 업데이트 업그레이드 적용 설정 수정 교체 추가 붙이 빼 맞추 옮기 지정 넣 키우 떼 켜 끄 고치 만들 생성 구성 띄우 복구 해결 살리 막 풀';
/** At the end of a request these are orders as well. */
const koreanChanges = `${koreanOrders} 실행 돌리`;

/** The words from the first one that is no politeness. */
function bareWords(words: readonly Word[]): readonly Word[] {
	const at = words.findIndex(({text, quoted}) => quoted || !openings.test(text));
	return at === -1 ? [] : words.slice(at);
}

const isOneOf = (word: Word | undefined, verbs: string) => word !== undefined && verbs.split(' ').some(verb => isWord(word, verb));

/** In the form of an order: `scaled`, `restarts` are none. */
const isBare = ({text, quoted}: Word, verbs: string) => !quoted && verbs.split(' ').includes(text);

/** `can minho …?`, `may the ci account …?`: a modal verb, and then neither `you` nor an order. */
const isQuestion = ({text, words: [first, second]}: Clause) =>
	/\?\s*$/.test(text)
		? !/^(could|can|would|will|shall)$/.test(first?.text ?? '') || !/^(you|u|we)$/.test(second?.text ?? '')
		: /^(can|could)$/.test(first?.text ?? '') && second !== undefined && !openings.test(second.text);

function englishReads(clause: Clause): boolean {
	const {words, text} = clause;
	const [first, second] = bareWords(words);
	if (first === undefined || isName(first, second)) return false;
	if (proposes.test(text)) return false;
	if (asksOwnRight(clause) || wantsLines.test(text)) return true;
	if (reads.has(first.text)) return true;
	return !isBare(first, changes) && isQuestion(clause);
}

/** `from the log I only want the lines with 502` */
const wantsLines =
	/^(?:from|out of|in|of)\s[^.;]*\blogs?\b[^.;]*\b(?:only|just)\s(?:the |those |its )?(?:[\w-]+ )?(?:lines|entries|messages)\b|^(?:(?:all|any|recent|latest|the|last|new|current|warning|error)\s)*(?:events|warnings)\b(?!\s(?:to|should|must|need)\b)|\b(?:i|we)(?:'d)?\s+(?:only\s+|just\s+)?(?:want|need|like|care about|am after|are after)\b[^.;]*\b(?:lines|entries|messages)\b/i;

/** `search should go back`: a name that is also a verb. */
const isName = (first: Word, second: Word | undefined) =>
	isBare(first, 'search find list check count compare fetch view display show look scan tail inspect dump') &&
	/^(?:should|shall|must|ought|needs?|gets?|has|is|to)$/.test(second?.text ?? '');

/** `how about scaling it to 6?`: a wish in the form of a question. */
const proposes = /^(?:how|what) about\b|^why (?:don'?t|not)\b/i;

/** `may I delete pods?`; `can I …` asks for a right only where kinds are spoken of and no single thing. */
const asksOwnRight = (clause: Clause) =>
	/^(?:may i|am i (?:allowed|able|permitted))\b/i.test(clause.text) ||
	(/^(?:can|could) (?:i|we)\b.*\?\s*$/i.test(clause.text) &&
		kindsIn(clause).some(({plural}) => plural) &&
		!clause.words.some(({text}) => /\d|-/.test(text)));

/** `만들어줘`, `바꿔 주세요`, wherever in the clause: a remark may stand behind the order. */
const pleads = /(?:줘요?|주세요|주십시오|주실래요|주시겠어요|주시길|줄래요?|줄 수 있|주실 수 있|바랍니다|부탁)/;

function koreanAsks(clause: Clause): boolean {
	const last = clause.words.at(-1);
	if (last === undefined) return false;
	if (isOneOf(last, koreanReads) && !tidies(clause.text)) return true;
	const isOrder = pleads.test(clause.text) && spoken(clause, koreanChanges);
	if (isOrder) return false;
	if (!spoken(clause, koreanOrders) && spoken(clause, koreanNouns)) return true;
	return spoken(clause, koreanQuestions) || (/(?:[?？]|나요|까요|는지|는가요)\s*$/.test(clause.text) && moodOf(clause.text) !== 'order');
}

/** Whether a clause asks to be told something, and changes nothing. */
export const asksToRead = (clause: Clause): boolean =>
	moodOf(clause.text) === 'question' || (clause.language === 'ko' ? koreanAsks(clause) : englishReads(clause));

/** Whether a clause is an order to change something: what it says besides is only why. */
export function ordersChange(clause: Clause): boolean {
	if (clause.language === 'ko')
		return (
			!koreanAsks(clause) &&
			isOneOf(clause.words.at(-1), koreanChanges) &&
			!/막[혀히힌힘혔]/.test(clause.words.at(-1)?.raw ?? '') &&
			!/(지|안|못)\s*\S*$/.test(clause.text.slice(-8, -4))
		);
	if (laterOrder.test(clause.text)) return true;
	const [first] = bareWords(clause.words);
	return first !== undefined && !reads.has(first.text) && isBare(first, changes);
}

/** `web is down, restart it` */
const laterOrder =
	/[,;.]\s*(?:so |please |then |and |just )*(?:scale|restart|roll|set|delete|remove|bump|update|move|switch|undo|revert)\b/i;
