import type {Clause, Word} from '../clause.ts';
import {kindsIn} from '../names/kinds-in.ts';
import {amountsIn} from '../words/amounts.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {isImperative} from '../words/mood/imperatives.ts';
import {isWord, spoken} from '../words/spoken.ts';
import {pairsIn} from '../words/values.ts';

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

/** Nouns that are read, never made. */
const readNouns = 'log logs event events image images warning warnings host hosts revision revisions history';

const beginsNoun =
	/^(?:i (?:only |just )?(?:need|want) )?(?:the |all |any |just |only |my |our |every |a )*(?:(?:key|pod|host|image) names?|last|latest|recent|newest|top|total|number|count|amount|logs?|events?|images?|warnings?|hosts?|rollout history|revisions?|permissions|rights|(?:(?:two|three|four|five|\d+) )?(?:most|biggest|largest|smallest|heaviest|oldest|youngest|highest|lowest|greediest|hungriest)|single|overview|versions? of|tags? of|names? of|keys? of|unused|orphaned|unmounted)\b/i;

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
	if (first === undefined) return false;
	if (proposes.test(text)) return false;
	if (asksOwnRight(clause)) return true;
	if (first.text === 'name' && /^(?:the|all|every|each|two|three|any|both|which)$/.test(second?.text ?? '')) return true;
	if (/^(get|give)$/.test(first.text))
		return isOneOf(second, readNouns) || /^(me|us|the|all|a)$/.test(second?.text ?? '')
			? !words.some(word => isBare(word, 'to more less'))
			: false;
	if (reads.has(first.text)) return true;
	if (namesSet(clause)) return true;
	// `do web and mail use the same image` asks, `do a restart` orders.
	if (first.text === 'do' && second !== undefined && !/^(?:a|an|it|that|this|the|rolling|not|nothing|so|what|whatever)$/.test(second.text))
		return true;
	if (isBare(first, changes)) return false;
	if (isQuestion(clause)) return true;
	const orders = words.some(word => isBare(word, changes)) || /[:：]\s/.test(text);
	if (orders) return false;
	if (beginsNoun.test(text)) return true;
	return words.length <= (spoken(clause, 'log logs event events warning warnings') ? 14 : 7) && spoken(clause, readNouns);
}

/** `how about scaling it to 6?`: a wish in the form of a question. */
const proposes = /^(?:how|what) about\b|^why (?:don'?t|not)\b/i;

/** `may I delete pods?`; `can I …` asks for a right only where kinds are spoken of and no single thing. */
const asksOwnRight = (clause: Clause) =>
	/^(?:may i|am i (?:allowed|able|permitted))\b/i.test(clause.text) ||
	(/^(?:can|could) (?:i|we)\b.*\?\s*$/i.test(clause.text) &&
		kindsIn(clause).some(({plural}) => plural) &&
		!clause.words.some(({text}) => /\d|-/.test(text)));

const determiners =
	/^(?:the|all|every|each|any|both|our|my|of|just|only|and|in|on|for|across|whole|cluster|currently|running|unused|orphaned|unmounted|pending|failed|suspended|cordoned|headless)$/;
/** What stands behind the kind where a set is spoken of: which ones, or what of them. */
const goesOn =
	/^(?:in|of|with|without|that|which|whose|who|by|on|and|or|using|running|having|lacking|missing|from|per|across|sorted|ranked|ordered|larger|bigger|smaller|older|newer|younger|more|less|fewer|we|you|still|not|labelled|labeled|under|behind|at|mounting|referencing|selecting|older|stuck|down|there|together|please|cluster|whose|versus|vs)$/;
const makes = /^(?:should|shall|must|needs?|gets?|new|named|called|create|make|add|give|set|scale|to|becomes?)$/;

/** `the three biggest claims`, `most CPU-hungry deployment in shop`. */
const superlative =
	/^(?:(?:the|our|your|just|only|top|single|one|two|three|four|five|\d+) )*(?:most|biggest|largest|smallest|heaviest|oldest|newest|youngest|highest|lowest|greediest|hungriest|least)\b(?!\s+(?:of|recent|likely)\b)/i;
/** `add up the storage of …`: a sum is to be told. */
const addsUp = /^(?:please )?(?:add|sum|total) up\b/i;
const logLines = /\b(?:only|just|last|latest)\b.*\blog (?:lines?|entries)\b/i;
const everything = /^(?:everything|anything|whatever)(?: \w+)? (?:that|with|in|of|which|labell?ed|using|on|carrying|under)\b/i;

/**
 * `services in payments with their ports`, `every stateful set we have`, `HPAs: min and max`: kinds in the plural at the beginning, and nothing of how
 * something should be.
 */
export function namesSet(clause: Clause): boolean {
	const {words, language} = clause;
	const kinds = language === 'ko' ? [] : kindsIn(clause);
	const [kind] = kinds;
	if (language === 'en' && superlative.test(clause.text) && !words.some(({text}) => text !== 'set' && makes.test(text))) return true;
	const asked = /^.*?\bi (?:just |only )?need (?=(?:every|all|each)\b)/i.exec(clause.text)?.[0];
	if (asked !== undefined) return namesSet(clauseOf(clause.text.slice(asked.length)));
	if (language === 'en' && (addsUp.test(clause.text) || logLines.test(clause.text)) && !words.some(({text}) => makes.test(text)))
		return true;
	if (language === 'en' && everything.test(clause.text) && !words.some(({text}) => makes.test(text))) return true;
	if (kind === undefined || kind.name !== undefined || kind.first > 4) return false;
	const before = words.slice(0, kind.first);
	const isEvery = before.some(({text}) => /^(?:every|each|all|any)$/.test(text));
	const places = before.filter(({text}) => !determiners.test(text));
	if (
		!(kind.plural || isEvery) ||
		places.length > 1 ||
		places.some(({text}) => /\d|^(?:two|three|four|five|six|new)$/.test(text) || isImperative(text))
	)
		return false;
	const next = words[kind.last + 1];
	const isOpen = next === undefined || words[kind.last]?.stop !== undefined || goesOn.test(next.text);
	const isKind = (at: number) => kinds.some(({first, last}) => at >= first && at <= last);
	if (!isOpen || words.some(({text, quoted}, at) => !quoted && !isKind(at) && makes.test(text))) return false;
	const isCompared = /\b(?:than|over|above|under|below|at least|at most|exactly|only|top|last|older|newer)\b/i.test(clause.text);
	return (isCompared || amountsIn(clause).length === 0) && (pairsIn(clause).length === 0 || spoken(clause, 'label labelled labeled'));
}

/** `만들어줘`, `바꿔 주세요`, wherever in the clause: a remark may stand behind the order. */
const pleads = /(?:줘요?|주세요|주십시오|주실래요|주시겠어요|주시길|줄래요?|줄 수 있|주실 수 있|바랍니다|부탁)/;

/** `안 쓰는 것 정리해줘` throws things away. */
const tidies = /(?:안\s?쓰|필요\s?없|미사용|오래된|낡은|예전|옛|못\s?쓰)\S*.*(?:정리|치워)/;

function koreanAsks(clause: Clause): boolean {
	const last = clause.words.at(-1);
	if (last === undefined) return false;
	if (isOneOf(last, koreanReads) && !tidies.test(clause.text)) return true;
	const isOrder = pleads.test(clause.text) && spoken(clause, koreanChanges);
	if (isOrder) return false;
	if (!spoken(clause, koreanOrders) && spoken(clause, koreanNouns)) return true;
	return spoken(clause, koreanQuestions) || /[?？]\s*$/.test(clause.text);
}

/** Whether a clause asks to be told something, and changes nothing. */
export const asksToRead = (clause: Clause): boolean => (clause.language === 'ko' ? koreanAsks(clause) : englishReads(clause));

/** Whether a clause is an order to change something: what it says besides is only why. */
export function ordersChange(clause: Clause): boolean {
	if (clause.language === 'ko')
		return !koreanAsks(clause) && isOneOf(clause.words.at(-1), koreanChanges) && !/(지|안|못)\s*\S*$/.test(clause.text.slice(-8, -4));
	if (laterOrder.test(clause.text)) return true;
	const [first] = bareWords(clause.words);
	return first !== undefined && !reads.has(first.text) && isBare(first, changes);
}

/** `web is down, restart it` */
const laterOrder =
	/[,;.]\s*(?:so |please |then |and |just )*(?:scale|restart|roll|set|delete|remove|bump|update|move|switch|undo|revert)\b/i;
