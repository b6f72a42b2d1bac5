/** What people say between two orders, and what means nothing by itself. */
const between =
	/,?\s+(?:while (?:you're|you are|we're|we are) (?:at it|there|on it)|in the same (?:go|breath|step|move)|(?:all )?in one go|at the same time)\b,?/gi;

/** `add them up, what do you get?`: asks for nothing more. */
const askedOnTop =
	/[,.;:]?\s+(?:and\s+)?what(?:'s| is| do| does)?\s+(?:you (?:get|end up with)|(?:it|that|this|they) (?:comes?|adds?|makes?|amounts?) (?:to|up to)?|the (?:result|sum|total|answer))\s*\?\s*$/i;

const part = '(?:새벽|오전|오후|아침|저녁|밤)';
/** `주기를 5초에서 15초로 늘려줘`: what it is now; a time of day may keep its part of the day. */
const now = new RegExp(
	`(?<=[을를은는이가] )(?:(${part}) ?)?\\d[\\d.]* ?(?:초|분|시(?: ?\\d{1,2}분| ?반)?|ms|m|[KMGT]i?)에서 (?=(?:${part} ?)?\\d[^.]*(?:으로|로) ?(?:바꿔|바꾸|변경|늘려|늘리|줄여|줄이|늦춰|늦추|당겨|올려|올리|내려|낮춰|수정|조정|옮|맞춰))`,
	'g',
);
/** `settlement 크론잡이 쓰는 이미지` is its image. */
const inUse = /(?<=[\w가-힣])[이가] (?:쓰는|사용하는|사용 ?중인|쓰고 있는|돌리는) (?=이미지|태그|버전)/g;

/** `what does each run, image-wise?`: what of it is asked about. */
const wise = /,?\s+(image|memory|cpu|storage|replica|version|label|port)-wise(?=\s*[?.,;!]|$)/gi;
/** `name the two biggest, and no others`: as many as are asked for anyway. */
const noOthers =
	/(?<=\b(?:name|list|which|what|show|tell me)\b(?:(?!\b(?:allow|policy|reach|access|let|may)\b).)*),?\s+(?:and|but)\s+no\s+(?:others?|more)(?=\s*[?.!]*$)/gi;

/** A request without what only joins its orders or tells how it is now: `take web down while you are at it`. */
export const withoutFillers = (text: string): string =>
	text
		.replace(askedOnTop, '')
		.replaceAll(between, '')
		.replaceAll(wise, ', $1')
		.replaceAll(noOthers, '')
		.replaceAll(now, (_, said?: string) => (said === undefined ? '' : `${said} `))
		.replaceAll(inUse, ' ');
