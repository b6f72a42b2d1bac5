import {languageOf} from './language.ts';
import {imperativeOf} from './mood/imperatives.ts';

const english: readonly RegExp[] = [
	/^\s*(?:please\s+)?(?:(?:do|make|as|run|give me|in|just)\s+)*(?:an?\s+|the\s+)?(?:dry[- ]?run|simulation)(?:\s+(?:only|first|mode|please))*\s*(?:[:,-]|of\b|for\b|to\b)\s*/i,
	/^\s*(?:preview|rehearsal|test run|trial run|no-?op)\s*:\s*/i,
	/[,;(]?\s*(?:but\s+)?(?:(?:as|in|with|just|only|it's|this is)\s+)*(?:an?\s+)?(?<![\w=:-]|\b(?:disable|skip|no|without|off|stop|bypass)\s+(?:the\s+)?)(?:--)?dry[- ]?run(?![\w-])(?:\s*=?\s*(?:only|first|mode|please|server|client|true))*\)?(?=\s*(?:$|[.,;!](?!\S)))/i,
	/[,;(]?\s*(?:as|in)\s+(?:an?\s+)?(?:simulation|preview|rehearsal|test run|trial run)(?:\s+mode)?(?:\s+only)?\)?(?=\s*(?:$|[.,;!](?!\S)))/i,
	/^\s*(?:please\s+)?(?:just\s+|only\s+)?(?:simulate|pretend to|pretend you|rehearse|preview|dry-run)\s+/i,
	/^\s*(?:please\s+)?(?:just\s+|only\s+)?(?:show|give)(?:\s+(?:me|us))?\s+(?:just\s+|only\s+)?(?:the|a|your)\s+plan\s+(?:for|to|of)\s+/i,
	/[,;]?\s*(?:but\s+|and\s+)?(?:without\s+(?:actually\s+)?(?:applying|executing)(?:\s+(?:it|them|anything|that))?|(?:don't|do not)\s+(?:actually\s+)?(?:apply|execute)\s+(?:it|anything|that|them)(?:\s+yet)?|(?:just|only)\s+plan\s+it|plan\s+only|only\s+show\s+(?:me\s+)?(?:it|the\s+(?:plan|diff|changes?)))(?=\s*(?:$|[.,;!](?!\S)))/i,
];
const korean: readonly RegExp[] = [
	/(?<![\w=:-])(?:드라이\s?런|dry[- ]?run|시뮬레이션|모의\s?실행|미리\s?보기)(?!\S*\s?(?:없이|말고|생략|건너|끄|꺼|비활성|안\s?))(?:으로만|으로|로만|로|만|을|를)?\s*(?:[:,]\s*|(?:좀\s*)?(?:해\s?봐|돌려\s?봐)?\s*(?:해\s?)?(?:줘|주세요|부탁해요?|부탁드려요)?(?=\s*(?:$|[.!])|\s))/i,
	/(?:실제로는?\s*)?(?:적용|반영|실행)(?:은|는)?\s*(?:하지\s*(?:는\s*)?말고|안\s*하고)[,\s]*/,
	/\s*계획만\s*(?:좀\s*)?(?:보여|알려|세워|짜|만들어)\s*(?:줘|주세요|줄래요?)?/,
];

/**
 * A request whose plan is only to be shown: `dry run: scale web to 5`, `restart web, but don't apply it`. The text is the order itself.
 * Undefined: the request does not say so.
 */
export function onlyShown(request: string): string | undefined {
	const isKorean = languageOf(request) === 'ko';
	const rest = (isKorean ? korean : english)
		.reduce((text, pattern) => text.replace(pattern, isKorean && /계획만/.test(pattern.source) ? ' 부탁' : ' '), request)
		.trim();
	if (rest === request.trim() || rest === '') return undefined;
	const [first = ''] = rest.split(/\s+/, 1);
	return rest.replace(first, imperativeOf(first) ?? first);
}
