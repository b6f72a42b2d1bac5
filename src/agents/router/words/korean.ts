const isHangul = (text: string) => /^[\uac00-\ud7a3]+$/.test(text);

/** Longest first: `에서는` is not `는` behind a word `에서`. */
const particles =
	`인가요 입니다 입니까 이에요 이라는 에서는 에서도 에서만 에게서 으로는 으로만 으로도 까지는 까지만 부터는 이라고 에서 에게 께서 한테 까지 부터 처럼 보다 마다 밖에 라는 이란 라고
	이고 이며 인지 인가 인데 예요 에는 에도 에만 으로 로는 로만 로도 이랑 이나 이요 에요 짜리 정도 로 에 의 은 는 이 가 을 를 와 과 랑 도 만 란 요 씩 쯤 용 쪽 들 측 별 께 나 당 뿐인 뿐이야 뿐`.split(
		/\s+/,
	);

/** Words that only look as if a particle stood behind them. */
const whole = new Set(
	'리밋레인지 그대로 바로 따로 새로 서로 실제로 별도로 하나 너무 제대로 함께 이제 어디 누구나 동시에 지금은'.split(' '),
);

/** Nouns of one syllable, which a particle may stand behind. */
const short = new Set('값 키 쪽 잡 롤 총 앞 뒤 중 번 줄 개 대 배 명 회 팟 데 맵 셋 존 팀'.split(' '));

/** What is counted or measured: stays behind a number, `3개`. */
const counters =
	/^(개월|개|대|배|명|번|시간|시|분|초|일|주|달|월|자|코어|퍼센트|프로|기가바이트|메가바이트|테라바이트|기가|메가|테라|회|층|포트|밀리코어)/;

/** Stems of verbs, and how each begins when an ending changes it. */
const verbs: readonly (readonly [stem: string, begins: RegExp])[] = [
	['늘리', /^늘[려리릴린렸립]/],
	['늘어나', /^늘어/],
	['줄이', /^줄(여|이|일 |인|였|입)/],
	['되돌리', /^되돌[려리릴린렸립아]/],
	['올리', /^올[려리릴린렸립]/],
	['내리', /^내[려리릴린렸립]/],
	['높이', /^높(여|이|일|인|였|입)/],
	['낮추', /^낮[춰추출춘췄춥]/],
	['바꾸', /^바[꿔꾸꿀꾼꿨꿉]/],
	['만들', /^만(들|드는|든|듭)/],
	['띄우', /^띄[워우울운웠웁]/],
	['지우', /^지(워|우(?=.)|울|운|웠|웁)/],
	['붙이', /^붙(여|이|일|인|였|입)/],
	['빼', /^(빼|뺄|뺀|뺐|뺍)/],
	['없애', /^없(애|앨|앤|앴|앱)/],
	['넣', /^넣/],
	['넘기', /^넘[겨기길긴겼깁]/],
	['옮기', /^옮[겨기길긴겼깁]/],
	['돌리', /^돌[려리릴린렸립]/],
	['돌아가', /^돌아/],
	['맞추', /^맞[춰추출춘췄춥]/],
	['보', /^(보여|보이|보고|봐|볼(?!륨)|봤|본다|보자|보세)/],
	['알리', /^알[려리릴린렸립]/],
	['멈추', /^멈[춰추출춘췄춥]/],
	['막', /^막(아|고|는|은|을|혀|히)/],
	['잠그', /^잠[가그궈글]/],
	['끄', /^(꺼|끄|끌|껐|끕)/],
	['켜', /^(켜|켤|켠|켰|켭)/],
	['고치', /^고[쳐치칠친쳤칩]/],
	['뜨', /^(떠|뜨|뜬|뜰|떴|뜹)/],
	['죽', /^죽(어|는|은|고|지|을)/],
	['쓰', /^(써|쓰|쓴|쓸|썼|씁)/],
	['걸', /^걸(어|고|린|려|리)/],
	['두', /^(둬|두고|둔|둡|두어|두세)/],
	['찾', /^찾/],
	['나누', /^나(눠|누|눌|눈)/],
	['풀', /^풀(어|고|린|려)/],
	['비우', /^비[워우울운웠웁]/],
	['받', /^받/],
	['보내', /^보(내|낸|낼|냈|냅)/],
	['내보내', /^내보(내|낸|낼|냈|냅)/],
	['남기', /^남[겨기길긴겼깁]/],
	['키우', /^키[워우울운웠웁]/],
	['떼', /^(떼|뗀|뗄|뗐|뗍)/],
	['치우', /^치[워우울운웠웁]/],
	['날리', /^날[려리릴린렸립]/],
	['덮', /^덮/],
	['살리', /^살[려리릴린렸립]/],
	['살아있', /^살아/],
	['건드리', /^건드[려리릴린]/],
	['읽', /^읽/],
	['찍', /^찍/],
	['뽑', /^뽑/],
	['고르', /^(고르고|고른|고를|골라|골랐)/],
	['추리', /^추[려리릴린렸]/],
	['들어가', /^들어(?:가(?:서|고|봐)|갈|갔)/],
	['열', /^열(어|고|린|려|리)/],
	['닫', /^닫/],
	['있', /^(있|계시|계신)/],
	['없', /^없(어|는|다|고|이|으|습)/],
	['되', /^(되|돼|될|된|됐|됩)/],
	[
		'하',
		/^(?!하나)(하|해|할|했|합)(고|는|여|서|면|게|지|기|야|라|다|던|도|자|요|니다|줘|주.*|려.*|세.*|십.*|실.*|시.*|놓.*|놔.*|두.*|둬.*|봐.*|었.*)?$/,
	],
	['주', /^(주세|줘|줄래|주실|주시|주십|줄 수|줬으|드려|드립|주면|주라)/],
	['싶', /^싶/],
	['누구', /^(누구|누가)/],
	['뭐', /^(뭐|뭔|뭘|무엇|무슨|뭡)/],
	['어디', /^어디/],
	['어느', /^어느/],
	['어떤', /^어떤/],
	['얼마', /^얼마/],
	['언제', /^언제/],
];

const verbEnding =
	/^(줘|주|줄|드|라|고|는|세|십|니|야|도|서|면|려|지|기|요|다|던|자|게|며|으|실|시|놔|놓|둬|두|볼|봐|보|버|달|려|중|죠|줬|해|하)/;

/** `삭제해줘`, `중단시켜`: a noun and the verb "to do" behind it. */
function doneNoun(word: string): string | undefined {
	const parts = /^(.{2,}?)(?:해|하|할|한|했|합|시켜|시키|시킨|시킬|되|돼|될|된|됩|됐|드려|드립|부탁)(.*)$/.exec(word);
	const [, noun, rest] = parts ?? [];
	if (noun === undefined || rest === undefined || (rest !== '' && !verbEnding.test(rest))) return undefined;
	return noun;
}

/** Takes particles off a noun, several where several stand: `쪽만요`. */
function bareNoun(word: string, least: number): string {
	if (whole.has(word)) return word;
	const particle = particles.find(
		end => word.endsWith(end) && (word.length - end.length >= least || short.has(word.slice(0, -end.length))),
	);
	return particle === undefined ? word : bareNoun(word.slice(0, -particle.length), least);
}

/**
 * The stem of a Korean word: a noun without its particles, a verb without its ending.
 * @param word Hangul alone
 */
export function koreanStem(word: string): string {
	if (whole.has(word)) return word;
	const verb = verbs.find(([, begins]) => begins.test(word))?.[0];
	return verb ?? doneNoun(word) ?? bareNoun(word, 2);
}

/** Whether a word only makes the request polite. */
export const isKoreanPolite = (stem: string) => /^(주|싶|부탁|부탁드리|좀|제발|혹시|입니다|입니까|이에요|예요|이요)$/.test(stem);

/**
 * What stands in Hangul behind a name or a number (`catalog의`, `6개로`, `dispatch서비스`).
 * @param tail Hangul alone
 * @returns the counter that belongs to the number, and a word of its own if the tail is one
 */
export function hangulTail(tail: string, numeric: boolean): {readonly counter: string; readonly word?: string} {
	const counter = numeric ? (counters.exec(tail)?.[0] ?? '') : '';
	const rest = tail.slice(counter.length);
	if (rest === '' || bareNoun(`가${rest}`, 1) === '가' || isCopula(rest)) return {counter};
	const stem = koreanStem(rest);
	return stem === '하' || isKoreanPolite(stem) ? {counter} : {counter, word: stem};
}

/** "to be" and "to do" behind a name: `6379입니다`, `cordon하고`. */
const isCopula = (rest: string) =>
	/^(이|인|입|예|이에|이고|이며|이면|인데|해|하|한|할|라|이라|으)([가-힣]{0,4})$/.test(rest) &&
	!/^(이미지|인그레스|하나|한국|인증)/.test(rest);

/** Particles that go on with a list: `a와 b`. */
export const goesOn = (tail: string) => /(?:와|과|랑|이랑|및|이고|이며)$/.test(tail);

export const hasHangul = (text: string) => /[\uac00-\ud7a3]/.test(text);
export {isHangul};
