import {isImperative} from '../../words/mood/imperatives.ts';
import {imageIn} from './image.ts';

import {mentionsIn} from './mentions.ts';
import {plainAt, says, type Wish} from './wish.ts';

const makes =
	/^(?:create|creates|creating|make|add|provision|build|generate|launch|deploy|spin|stand|bring|set|setup|start|run|kick|trigger|execute|schedule|expose|publish|route|protect|cap|limit|restrict|autoscale|claim|give|grant|let|allow|permit|deny|block|isolate|store|save|copy|clone|duplicate|put|bind|define|introduce|want|need|needs|new|like|install|open|attach|keep|forbid|reserve|allocate)$/;
const makesKorean =
	/만들|만드|생성|추가|띄[워우]|배포|구성|걸어|걸고|붙여|붙이|달아|공개|노출|부탁|필요|발급|허용|차단|막아|막고|복사|복제|실행|돌려|돌리|설정해|잡아|열어|저장|부여|권한|신규|새로|해야|합니다|싶|주세요|해줘|보내/;

/** Orders of another sort: what they speak of is there. */
const changes =
	/^(?:delete|remove|drop|destroy|scale|restart|bounce|rollback|roll|undo|revert|cordon|uncordon|drain|suspend|unsuspend|resume|pause|stop|kill|evict|change|update|bump|upgrade|downgrade|increase|raise|lower|decrease|reduce|double|halve|grow|shrink|resize|expand|rename|edit|patch|fix|repair|switch|point|cut|move|replace|promote|unset|disable|exec|print|decode|show|list|describe|tell|compare|count|find|explain|diagnose|what|which|who|whose|why|how|where|when|is|are|does|do|did|has)$/;
const changesKorean =
	/삭제|지워|지우|제거|없애|늘려|늘리|줄여|줄이|바꿔|바꾸|변경해|재시작|롤백|되돌|교체|전환|옮겨|옮기|넘겨|넘기|업데이트|업그레이드|올려|내려줘|빼(?=줘|\s?주|자|야|라)|떼(?=줘|\s?주)|회수|고쳐|보여|알려|왜|몇 ?개|어떤|누가|무엇|목록/;

/** What is broken or asked about is there already. */
const troubled =
	/\bthe (?:network )?polic(?:y|ies)\b[^.;]*\b(?:shuts|locks|keeps|blocks|cuts|bars|stops|rejects)\b[^.;]*\b(?:out|off|away|from)\b(?=.*\b(?:polic(?:y|ies)|rule) (?:is|are|stays?|remains?) )|\b(?:why|wrong|fails|failing|forbidden|refused|crash(?:es|ed|ing)?|stuck|pending|broken|cannot|can't|won't|doesn't|isn't|keeps (?=\w+ing)|fix|correct|repair|sort (?:it|this) out|find out|working again|gets? no|not (?:working|reachable|ready|starting))\b|안 ?(?:돼|되|떠|뜨|나|먹)(?!게|도록)|실패|고쳐|고치|원인|이유|문제|거부|못 ?하(?!게|도록)|이상해/i;
/** Orders that elsewhere change something: `roll out a new deployment`, `scale web automatically`. */
/** `let web scale by itself`, `search should scale itself from 2 to 5`, `자동으로 조절되게`: an autoscaler that no word calls so. */
export const scalesItself =
	/\b(?:scal(?:e|es|ing)|grow(?:s|ing)?|shrink(?:s|ing)?|expand(?:s|ing)?)\b.{0,40}\b(?:automatically|on (?:its|their) own|by (?:itself|themselves)|itself|themselves|with (?:the )?(?:load|demand|traffic))\b|\bscal(?:e|es|ing) between \S+ and \S+ (?:replicas|pods|instances|copies)\b|\b(?:run|runs|have|has|vary|varies|float|floats|move|moves) (?:anywhere )?(?:between|from) \S+ (?:and|to) \S+ (?:replicas|pods|instances|copies)\b[^.;]*(?:\d ?%|\bload\b|\btraffic\b)|\bautomatic(?:ally)? scal|\b(?:follow|grow with|adapt to) (?:the |its )?(?:load|demand|cpu)\b|\b(?:grow|scale|expand)s?\b[^.;]{0,80}\bwhen\b[^.;]{0,50}\b(?:cpu|memory|load|utili[sz]ation)\b|(?:부하|사용률|트래픽)\S*(?: ?\d+\S*)? ?(?:에 ?)?(?:따라|맞춰|맞게)|\d+(?:개|대)? ?[~-] ?\d+ ?(?:개|대) ?(?:사이|범위)[^.]*(?:오르내리|조절|움직|늘었다|오가)|자동으로 ?(?:확장|스케일|조절|늘|줄)|자동 ?(?:조절|확장)|알아서 ?(?:늘|줄|조절|확장|스케일)/i;
const newly = new RegExp(
	`\\broll out an? new\\b|\\broll (?:it|this|that|them|this one) out (?:in|as|to|into|on)\\b|${scalesItself.source}`,
	'i',
);
const firmly = /^(?:create|make|add|provision|build|generate|launch|spin|define)$/;

const openings =
	/^(?:please|can|could|would|you|kindly|hey|hi|ok|okay|just|now|then|and|also|next|first|finally|i|we|i'd|we'd|i'll|let's|to|the|in|our|my)$/;

/** `drop a pod x in there, nginx:1`: what is named with its image is not taken away. */
const putsIn = (wish: Wish) =>
	says(wish, /\b(?:drop|throw|pop|stick|slap) (?:me )?(?:an?|one|another) [^.;]*\b(?:in|into|onto)\b/i) && imageIn(wish) !== undefined;

/** The first word that says what to do. */
const verbOf = (wish: Wish): string => {
	const at = wish.words.findIndex((_, index) => !openings.test(plainAt(wish, index)));
	return at < 0 ? '' : plainAt(wish, at);
};

/** Whether the wish begins with a verb of an order that makes nothing: `erase both claims`. */
export const ordersOther = (wish: Wish) => isImperative(verbOf(wish)) && !makes.test(verbOf(wish));

const changing =
	/^(?:delete|remove|destroy|scale|restart|bounce|rollback|undo|revert|cordon|uncordon|drain|suspend|unsuspend|resume|pause|stop|kill|evict|change|update|bump|upgrade|downgrade|increase|raise|lower|decrease|reduce|double|halve|grow|shrink|resize|expand|rename|edit|patch|fix|repair|switch|point|cut|move|replace|promote|unset|disable|set)$/;
const changingKorean =
	/(?:이미지|버전|태그)(?:를|을|도)? ?\S+ ?(?:으로|로) ?(?:바꿔|바꾸|올려|올리|내려|변경|교체|업데이트|업그레이드)|(?:바꿔|교체해|변경해|재시작해|롤백해|삭제해|지워|되돌려|업데이트해|업그레이드해) ?(?:줘|주|달라|라)/;

/** Whether a wish orders a change of what is there: `update deployment x to image y`. */
export const changesLive = (wish: Wish) =>
	wish.language === 'ko'
		? changingKorean.test(wish.text)
		: says(wish, toImage) || (changing.test(verbOf(wish)) && !setsUp(wish) && !says(wish, newly) && !putsIn(wish));

/** `take it to web:1.2`: what runs gets another image. */
const toImage =
	/\b(?:take|bring|move|bump|raise|lift|upgrade|update|switch)\s+(?:[^\s.;,]+\s+){1,6}?to\s+(?:the\s+)?(?:image\s+)?[a-z0-9][\w./-]*:v?\d/i;

/** `set a quota`, `set up an autoscaler` make something; `set the image` does not. */
const setsUp = (wish: Wish) => says(wish, /\bset (?:up|a|an)\b/i);

/** Whether a wish wants something new. Without a verb a kind alone is enough: `PVC shared in storefront, 10Gi`. */
export function isCreation(wish: Wish): boolean {
	if (says(wish, /\bcanary\b|카나리/i)) return false;
	// What is told to be lacking is not ordered by that.
	if (says(wish, /\bthere(?:'s| is| are) (?:still |as yet )?no\b/i) && !says(wish, /\b(?:make|create|add|put|set up|need|want)\b/i))
		return false;
	if (wish.language === 'ko') {
		if (
			says(wish, /(?:디플로이먼트|스테이트풀셋|데몬셋|파드|크론잡|잡)(?:으로|로) ?(?:하나 )?(?:올[려리]|세[워우]|깔아|배포|돌[려리])/) &&
			imageIn(wish) !== undefined
		)
			return true;
		if (
			says(
				wish,
				/(?:컨피그 ?맵|설정 ?맵|시크릿|인그레스|크론 ?잡|네트워크 ?(?:폴리시|정책)|네임 ?스페이스)(?:을|를|도)? ?(?:하나 )?(?:올[려리]|두자|둬|둡)/,
			)
		)
			return true;
		if (troubled.test(wish.text) && !/만들|생성|추가|띄워/.test(wish.text)) return false;
		const isChange = changesKorean.test(wish.text) && !/만들|생성|추가|띄워|구성|걸어|붙여|복사/.test(wish.text);
		return !isChange && (makesKorean.test(wish.text) || mentionsIn(wish).length > 0);
	}
	const verb = verbOf(wish);
	if (verb === 'set') return setsUp(wish);
	if (says(wish, newly) || putsIn(wish)) return true;
	if (changes.test(verb) || (troubled.test(wish.text) && !firmly.test(verb))) return false;
	return (
		makes.test(verb) ||
		wish.words.some((_, at) => makes.test(plainAt(wish, at))) ||
		mentionsIn(wish).length > 0 ||
		says(wish, /\b(?:accept|reached|reachable)\b/i)
	);
}

/** Whether a wish says that something is to be made, and does not only name it. */
export const isSaid = (wish: Wish) =>
	wish.language === 'ko'
		? makesKorean.test(wish.text)
		: makes.test(verbOf(wish)) ||
			/\b(?:i|we) (?:need|want|'d like|would like)\b|\b(?:i'd|we'd) like\b|\bneeds? an?\b|\bnew\b/i.test(wish.text);

/** `create …`, `… 만들어 주세요`: the plainest words for making, at the place of the verb. */
export const isFirm = (wish: Wish) =>
	wish.language === 'ko'
		? /(?:만들어|생성해)[가-힣 ]{0,8}(?=[.!~]|$)/.test(wish.text)
		: says(wish, newly) ||
			putsIn(wish) ||
			verbOf(wish) === 'create' ||
			(verbOf(wish) === 'make' && /\bmake (?:me )?(?:an?|another|one|two|three|new)\b/i.test(wish.text));
