import type {Word} from '../clause.ts';
import {isImperative} from './mood/imperatives.ts';
import {isWord, spoken, whereSpoken} from './spoken.ts';
import {isImage} from './values.ts';

type Words = readonly Word[];

/** Verbs that always begin an order of their own. */
const strong =
	'delete remove drop erase purge destroy kill restart bounce reboot recycle scale roll rollback revert undo cordon uncordon drain create deploy launch copy clone duplicate replicate suspend resume show list tell print display describe';

/** Verbs that begin an order, unless what stands before creates something: there they tell how it should be (`label the pods`). */
const weak =
	'park wake ramp enlarge extend upsize widen shorten tighten relax retire redirect reopen swap flip trim set bump upgrade downgrade update change make give raise lower increase decrease reduce double halve triple label annotate tag add put take point send switch cut let grow shrink resize expand enable disable configure patch move turn bring pause stop start shift route promote edit rename replace attach detach unset pin mark run clear mount';

const creates =
	'create deploy launch spin schedule set_up expose autoscale protect claim kick canary new need want try store generate build provision i_d_like';

/** A wish that begins with what it wants has no verb: `HPA for web: …`. */
const wanted = 'deployment statefulset configmap secret cronjob job hpa pdb quota pvc ingress role rolebinding networkpolicy';

/** A list of rights, no list of orders: `get, list and patch`. */
const rights = 'get list watch create update patch delete';

const questions = 'what which who whose why how where when is are does do can may show list any';

const koreanStrong =
	'삭제 지우 제거 없애 재시작 재기동 리스타트 롤백 되돌리 늘리 줄이 스케일 스케일링 배포 전환 넘기 돌리 중지 중단 멈추 cordon uncordon drain 코든 언코든 드레인 막 잠그 풀 열 비우 재개 보 보내 향하 바라보 가리키 연결 알리 확장 변경 바꾸';
const koreanWeak = '올리 내리 낮추 높이 업데이트 업그레이드 적용 설정 수정 교체 추가 붙이 빼 맞추 옮기 지정 넣 키우 떼 켜 끄 고치';
const koreanCreates = '만들 생성 구성 띄우 배포 추가 공개 발급 복사';
const kinds =
	'서비스어카운트 서비스계정 롤바인딩 리밋레인지 네트워크정책 정책 쿼터 네임스페이스 파드 포드 디플로이먼트 스테이트풀셋 데몬셋 서비스 인그레스 컨피그맵 시크릿 롤 네트워크폴리시 크론잡 잡 쿼터 리소스쿼터 볼륨 pvc pdb hpa 오토스케일러 deployment service namespace pod configmap secret ingress';

const openings =
	/^(please|plz|pls|then|also|and|finally|next|now|first|afterwards|after|that|can|could|would|will|you|kindly|just|i|want|like|to|i'd|we|let|us|let's|should|must|need)$/;

/** The words from the one on that says what to do: `could you please restart` → `restart`. */
function fromVerb(words: Words): Words {
	const at = words.findIndex(({text}) => !openings.test(text));
	return at === -1 ? [] : words.slice(at);
}

/** An imperative has no ending: `sends`, `scaled` are no orders. */
const isVerb = (word: Word | undefined, verbs: string) => word !== undefined && !word.quoted && verbs.split(' ').includes(word.text);

/** `use 4` names a value and no deed. */
const saysDeed = (verb: string) => isImperative(verb) && !/^(?:use|try|do|have|get|go)$/.test(verb);

export const hasOrder = (words: Words) =>
	saysDeed(fromVerb(words)[0]?.text ?? '') ||
	words.some(word => isVerb(word, `${strong} ${weak}`)) ||
	creating(words) ||
	spoken({words}, `${koreanStrong} ${koreanWeak} ${koreanCreates}`);

export const creating = (words: Words) =>
	(spoken({words: words.filter(({text}) => text !== 'scheduling')}, creates) && !spoken({words}, "no_longer don't doesn't not")) ||
	/^(one|a|an)$/.test(words[0]?.text ?? '') ||
	wanted.split(' ').some(kind => isWord(words[0], kind)) ||
	spoken({words}, koreanCreates) ||
	(words.some(isImage) && spoken({words}, '올리 세우 깔 준비 마련') && spoken({words}, kinds));

/** A list of rights goes on: `get, list, update 할 수 있게`. */
export const goesOnRights = (words: Words, before: Words) => isVerb(before.at(-1), rights) && isVerb(words[0], rights);

/** Whether these words begin with an order, given what the words before ask for. */
export function beginsOrder(words: Words, before: Words): boolean {
	const [verb, next, third] = fromVerb(words);
	if (isVerb(before.at(-1), rights) && isVerb(verb, rights)) return false;
	// A right of a role (`create on pods/exec`), and how a pod goes on (`restart never`).
	if (isVerb(verb, rights) && next?.text === 'on') return false;
	if (verb?.text === 'restart' && /^(never|always|policy|only|on-failure|onfailure)$/.test(next?.text ?? '')) return false;
	// How an autoscaler should behave: `scale down no faster than …`.
	if (verb?.text === 'scale' && /^(no|slowly|only|at)$/.test(third?.text ?? '')) return false;
	// When what is made goes again: `delete 5 minutes after it finishes`.
	if (
		isVerb(verb, 'delete remove') &&
		/^(\d+[smhd]?|an?|one|after|it)$/.test(next?.text ?? '') &&
		creating(before) &&
		words.some(({text}) => text === 'after')
	)
		return false;
	// How long a job may try: `give up after ten minutes`.
	if (verb?.text === 'give' && next?.text === 'up') return false;
	if (isVerb(verb, strong)) return true;
	return isVerb(verb, weak) && !creating(before) && !(verb?.text === 'let' && next?.text === 'me');
}

/** A question of at least four words, or a condition. */
export const beginsQuestion = (words: Words) =>
	isWord(words[0], 'if') ||
	(words.length > 3 && questions.split(' ').some(word => words[0]?.text === word || (words[0]?.text === 'and' && words[1]?.text === word)));

/** Whether Korean words hold an order of their own: the verb stands at the end. */
export function holdsOrder(words: Words, before: Words): boolean {
	if (words.length < 2) return false;
	// Something that is not to be made is no order of its own.
	if (words.some(({raw}) => /^(?:만들지|주지|넣지|붙이지)$/.test(raw))) return false;
	if (creating(before)) {
		// What is made is told of: without what, and how it gets its image.
		if (words.some(({text, raw}, at) => (text === '풀' && /^받|^해/.test(words[at + 1]?.raw ?? '')) || /^(?:없이|안)$/.test(raw)))
			return false;
		const makes = whereSpoken({words}, koreanCreates) !== -1;
		return makes ? spoken({words}, kinds) : spoken({words}, koreanStrong);
	}
	// `라벨을 달아`; `다음 달` is no verb.
	if (words.some(({raw}) => /^달(?:아|고|았)/.test(raw))) return true;
	// `web은 2개만 남겨줘` scales; what is to be left as it is has no number.
	if (spoken({words}, '남기') && words.some(({raw}) => /^(?:\d+|한|두|세|네) ?[개대]$|^하나$/.test(raw))) return true;
	return spoken({words}, `${koreanStrong} ${koreanWeak} ${koreanCreates}`) || spoken({words}, '왜 몇 뭐 무엇 누구 누가 어디 어느');
}
