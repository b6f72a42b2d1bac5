/** What one part of a list says of a key: its value, nothing, or something that was not understood. */
export type Entry =
	| {readonly kind: 'pair'; readonly key: string; readonly value: string}
	| {readonly kind: 'remark'}
	| {readonly kind: 'unread'; readonly text: string};

const key = String.raw`["'\`“‘]?([A-Za-z_][\w./-]*)["'\`”’]?`;
const value = String.raw`(?:\`([^\`]*)\`|"([^"]*)"|“([^”]*)”|‘([^’]*)’|'([^']*)'|(\S+?))`;
/** What joins a key to its value where it is said. */
const sign = String.raw`(?: ?(?:->|→|=>|=)|:| (?:which |that )?(?:(?:should|must|shall|will|can)(?: then)? (?:be|read|say|stay|hold)|is|are|being|becomes|says?|saying|reads?|reading|holds?|holding|contains?|containing|equals|equal to|set (?:to|at)|as|at|of|to|on|with)(?: set to| equal to| the)?(?: value)?(?=\s|["'\`“‘])| ?(?:이라는 |라는 )?(?:키)?(?:의)? ?(?:값)?(?:은|는|이|가|을|를|에는|에))`;
const ending = String.raw`(?: ?(?:이?라고|으?로요?|이고요?|고요?|이며|입니다|이에요|예요|이야|야|임|만|도|까지|요))?(?: ?(?:넣|설정|지정|등록|적|써|채우|채워|두|둬|하|해|저장|기록|되게|되도록|들어)[가-힣 ]*)?`;

const signed = new RegExp(`^${key}${sign}\\s*${value}${ending}$`, 'i');
/** `lr 0.0003`: two words and nothing else. */
const bare = new RegExp(`^${key} ${value}${ending}$`, 'i');
/** `key lr with the value 0.0003`, `키 lr 값 0.0003`. */
const named = new RegExp(
	`^(?:(?:the |a |one )?(?:key|entry|setting)s?|키)(?: named| called|는|은)?:? ${key}(?:,? ?(?:${sign.slice(3, -1)}|(?:with|and|having)(?: the| its)?(?: value)?|의 값은|값|값은):? ?|:? )${value}${ending}$`,
	'i',
);

const fillers =
	/^(?:(?:and|but|plus|also|then|please|with|where|whose|holding|containing|having|which|that|holds?|has|have|contains?|says|the|its|these|those|following|only|two|three|four|five|both|keys?|data|values?|entries|entry|pairs?|settings?|contents?|variables?|as|is|are|of|set|put|store|let|make|keep|give|use|in|inside|it|should|must|는|은|하고|그리고|또|내용(?:은|으로|물은)?|데이터(?:는)?|키(?:는|로|들은)?|값(?:은|으로)?|항목은|안에|안에는)(?=[\s:,]|$)[\s:,]*)+/i;

/** What is said beside the data. */
const remark =
	/^(?:(?:create|put|store|keep|make|add|name|call) (?:it|that|this|them)\b|make|please|thanks|immutable|keep|it\b|both|all|named|called|nothing|no |in |for |namespace|label|annotat|변경|불변|수정|라벨|레이블|어노테이션|네임|부탁|만들|생성|추가|해|이렇게|두 ?개|세 ?개|이상|so |because|we |i |they |this |that |thats? |don't |do not )/i;
const noKey =
	/^(?:it|that|this|name|namespace|which|there|keys?|values?|policy|configmap|config|map|cm|called|named|and|with|data|class|image|immutable|literals?|entries|contents?|set|following|label|labels|annotation|please|in|for|make|create|new|a|an|the|ns|lines?|file|from|under|as|we|i|they|you|its|to|be|is|one|two|three|four|five|then|also|so|should)$/i;
const noValue = /^(?:in|to|it|them|be|not|namespace|is|are|of|and|the|a|an|with|from|as|at)$/i;

/** `FROM은 seoul`, `a is "first"`, `name 값은 big`: what elsewhere is a word of the language. */
const isKey = (name: string, said: string) =>
	!noKey.test(name) || /^[A-Z][A-Z0-9_]*$/.test(name) || /["`“]/.test(said) || said.startsWith(`${name} 값`);

/** Written as only keys are: `BATCH_SIZE 64`. */
const keyLike = /^["'`]?(?:[A-Z][A-Z0-9_]+|[a-z]\w*_\w+)["'`]? /;

const trimmed = (text: string) => text.replace(/^[:(\s-]+/, '').replace(/[)\s]+$/, '');

/** `추가: A는 5`, `two keys: A is 5`: what stands before the colon only introduces it. */
const behindColon = (item: string) => /^[^=]*?[^\s=]*[\s가-힣][^:=]*:\s+(.*)$/s.exec(item)?.[1] ?? '';

/** @param said whether two words are a key and its value: never, where something says so, or by what stands before them */
export function entryOf(item: string, said: 'never' | 'introduced' | 'open'): Entry {
	const plain = trimmed(item);
	const short = plain.replace(fillers, '');
	const behind = trimmed(behindColon(item)).replace(fillers, '');
	const tries = [
		named.exec(plain),
		signed.exec(plain),
		signed.exec(short),
		named.exec(behind),
		signed.exec(behind),
		...(said === 'open' ? [bare.exec(plain), bare.exec(short)] : []),
		...(said === 'introduced' && (short !== plain || keyLike.test(short)) ? [bare.exec(short)] : []),
		...(said !== 'never' && behind !== '' ? [bare.exec(behind)] : []),
	];
	for (const found of tries) {
		const [, name = '', ...values] = found ?? [];
		const told = values.find(each => each !== undefined);
		if (told !== undefined && isKey(name, found?.[0] ?? '') && !noValue.test(told)) return {kind: 'pair', key: name, value: told};
	}
	// In Korean what has no word in Latin letters beside the kind is told around the data.
	const isTold =
		/[가-힣]/.test(plain) &&
		!/[a-z0-9"'`=]/i.test(plain.replaceAll(/(?<![\w-])(?:cm|config ?map|ns|namespace|immutable|value|key)(?![\w-])/gi, ' '));
	const isRemark = isTold || short === '' || remark.test(plain) || !/[a-z0-9"'`=]/i.test(plain);
	return isRemark ? {kind: 'remark'} : {kind: 'unread', text: plain};
}
