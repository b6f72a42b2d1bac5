const parts =
	'labels?|annotations?|variables?|env(?:ironment)?(?: var(?:iable)?s?)?|probes?|limits?|requests?|tolerations?|selectors?|rules?|keys?|hooks?|sidecars?|finalizers?|node ?selectors?|mounts?|args?|arguments?|affinity|taints?';
const koreanParts = '라벨|레이블|어노테이션|주석|환경 ?변수|변수|프로브|제한|요청|톨러레이션|셀렉터|규칙|키|훅|사이드카|마운트|인자|테인트';

const english = new RegExp(
	`(\\b(?:the|that|this|its|an?|old|stale|no|any)\\s+(?:[\\w./=-]+\\s+){0,3}?(?:${parts})\\s+(?:[\\w./=-]+\\s+)?(?:on|of|in|from|at)\\s+(?:[\\w./-]+\\s+){0,3}?)(NAME)\\b|\\bNAME's\\s+(?:[\\w./=-]+\\s+){0,3}?(?:${parts})\\b`,
	'i',
);
const korean = new RegExp(`NAME(?:의|에|에 ?있는|에 ?붙은)?\\s+(?:[가-힣]+의?\\s+)?[\\w./=-]*\\s?(?:${koreanParts})`, 'i');

/** What a sentence says of a part of this object: `the tier label on deployment web`, `web의 tier 라벨`. Undefined: it speaks of the object alone. */
export function partOfIn(text: string, name: string, language: 'en' | 'ko'): string | undefined {
	const written = RegExp.escape(name);
	const pattern = language === 'ko' ? korean : english;
	const [found] = new RegExp(pattern.source.replaceAll('NAME', written), 'i').exec(text) ?? [];
	// `no limit on web any more, remove it`: the limit that is there.
	return found?.replace(/^(?:no|any)\b/i, 'the');
}

const any = new RegExp(`\\b(?:${parts})\\b|${koreanParts}`, 'i');

/** Whether a sentence speaks of a part of something at all. */
export const speaksOfPart = (text: string): boolean => any.test(text);
