const order =
	/(?<=^|\s)(?:say|read|show|reflect)s? (?:so|that|this|it|exactly that)\b|\bto (?:that|this|it)\b|\bup[- ]to[- ]date\b|\baccordingly\b|\b(?:to )?(?:match|follow|reflect|say|show)(?:es)?(?: (?:that|this|it|suit))?(?=\s*(?:$|[.,;!]))/i;
const bare = /\b(?:adjust|fix|correct|update|change|set|move|switch) (?:its|the|their) [\w./-]+ (?:label|annotation)(?= *(?:$|[.,;!]))/i;

const english =
	/(?<=^|[.!?;]\s+)(?<what>(?:(?:node|deployment|namespace|the)\s+)*[a-z][\w-]*(?:\s+(?:namespace|deployment|node|service|statefulset))?)\s+(?:now\s+|has\s+|is\s+now\s+)*(?:belongs?\s+to|is\s+(?:owned|run|looked\s+after|maintained)\s+by|is\s+(?:a\s+)?part\s+of|moved\s+to|went\s+(?:over\s+)?to|joined)\s+(?:the\s+)?(?:team\s+|pool\s+)?(?<value>[a-z][\w-]*)(?:\s+(?:team|pool|group))?(?:\s+(?:now|today|from now on))?\s*(?:[:;.]|,|\s[-–—])\s+(?:so\s+|and\s+|please\s+)*(?<order>[^.!?]*\b(?:label|annotation)\b[^.!?]*)/gi;

const korean =
	/(?<=^|[.!?]\s+)(?<what>[a-z][\w-]*(?:\s(?:노드|디플로이먼트|스테이트풀셋))?)(?:은|는|이|가)\s(?:이제\s|앞으로\s|오늘부터\s)*(?<value>[a-z][\w-]*)\s?(?:팀|풀|그룹|조직|쪽)?(?:에|의)?\s?(?:소관|소속|담당|관할|풀)?(?:이에요|예요|입니다|이야|야|이니까|니까|이라서|라서|이고|인데|이니|속해요|속합니다|으로 넘어갔어요)(?:요)?[.,]?\s+(?<order>[^.!?]*(?:라벨|레이블|어노테이션)[^.!?]*)/gi;
const points = /(?:그걸로|그것으로|그렇게|그에 맞게|거기에 맞게|맞게|맞춰서?|그대로)/;

/**
 * `web belongs to team core now, its owner label has to say so` → `web: the owner label has to say core`: what a label that is spoken of is to be stands in what is told
 * before.
 */
export function ownersTold(request: string): string {
	const inEnglish = request.replaceAll(english, (said, ...rest) => {
		const {what = '', value = '', order: deed = ''} = rest.at(-1) as {readonly [name: string]: string | undefined};
		const whole = order.test(deed)
			? deed.replace(order, found =>
					/^(?:say|read|show|reflect)s? (?:so|that|this|it|exactly that)$/i.test(found) ? `be ${value}` : `to ${value}`,
				)
			: bare.test(deed)
				? deed.replace(bare, found => `${found} to ${value}`)
				: undefined;
		if (whole === undefined || /[=]/.test(deed)) return said;
		return `${what}: ${whole.replace(/\b(?:its|their)(?= [\w./-]+ (?:label|annotation))/i, 'the')}`;
	});
	return inEnglish.replaceAll(korean, (said, ...rest) => {
		const {what = '', value = '', order: deed = ''} = rest.at(-1) as {readonly [name: string]: string | undefined};
		return points.test(deed) && !deed.includes('=') ? `${what}의 ${deed.replace(points, `${value}로`)}` : said;
	});
}
