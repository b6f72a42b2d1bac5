import {numberOf} from '../../words/number-words.ts';
import {plainAt, type Wish} from './wish.ts';

const podsWord =
	/^(?:replicas?|pods?|instances?|copies|node|members?|레플리카(?:는|를)?|리플리카(?:는|를)?|복제본(?:은|을)?|파드(?:는|를)?|인스턴스(?:는|를)?)$/;

/** `3개 띄워줘`: the verb behind the number. */
const runs = /^(?:띄우|배포|만들|생성|실행|돌리|구성|복제)$/;

/** `…:8 이미지, 3개, 볼륨 …`: a count between commas. */
const isAlone = (wish: Wish, first: number, last: number) =>
	wish.words[last]?.stop !== undefined && wish.words[first - 1]?.stop !== undefined;

/** How many pods a wish asks for; undefined where it does not say. */
export function replicasIn(wish: Wish): number | undefined {
	const numbers = wish.amounts.flatMap(amount => (amount.kind === 'number' ? [amount] : []));
	const beside = numbers.find(
		({first, last, value}) =>
			[last + 1, last + 2].some(
				(at, index) =>
					podsWord.test(plainAt(wish, at)) && (index === 0 || /^(?:identical|running|more|new|stable)$/.test(plainAt(wish, last + 1))),
			) && !(isPort(wish, first) && value > 99),
	);
	const behind = numbers.find(({first}) =>
		[first - 1, first - 2].some(
			(at, index) => podsWord.test(plainAt(wish, at)) && (index === 0 || /^(?:of|to|is|:|=|수)$/.test(plainAt(wish, first - 1))),
		),
	);
	const counted = numbers.find(
		({counter, first, last}) =>
			counter !== undefined &&
			/^[개대]$/.test(counter) &&
			(/짜리/.test(wish.text) || runs.test(wish.words[last + 1]?.text ?? '') || isAlone(wish, first, last)),
	);
	return (beside ?? behind ?? counted)?.value ?? countBesideImage(wish.text) ?? bandOf(wish.text);
}

const digits = '\\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a single|한|두|세|네|다섯|여섯|일곱|여덟|아홉|열';
const image = String.raw`(?<![\w./-])(?:[a-z0-9][\w.-]*(?::\d+)?\/)*[a-z0-9][\w.-]*:[\w][\w.-]*`;

/** A count that no word calls replicas: it stands by the image, or alone in a list. First match wins. */
const counts: readonly RegExp[] = [
	new RegExp(`(?<![\\d가-힣])(?<!한 ?번에 )(${digits}) ?대(?:로|를|만)?(?=[ ,.]|$)`, 'i'),
	new RegExp(`(?:레플리카|파드|인스턴스|복제본|복제)(?: ?(?:수|개수|갯수))?(?:는|은|를|을|가|이)?:? ?(${digits})(?![\\d.]|번|초|분)`, 'i'),
	new RegExp(String.raw`\b(${digits}) ["'\`]?${image}["'\`]? (?:pods?|replicas?|instances?|members?)\b`, 'i'),
	new RegExp(String.raw`(?<![\w.:/])(${digits})[- ](?:pod|replica|node|member|instance)\b`, 'i'),
	/\b(two|three|four|five|six|seven|eight|ten|\d{1,2}) of (?:them|those|these|it)\b/i,
	/\b(?:run|runs|running|deployed|started|up) (twice|thrice)\b/i,
	// `web은 2개`
	new RegExp(`(?<![\\w-])[a-z][a-z0-9]*(?:-[a-z0-9]+)+(?:은|는) (${digits}) ?(?:개|대)(?=[ ,.]|$)`, 'i'),
	// `a statefulset of 3`, `a set of two`
	new RegExp(
		`\\b(?:(?:stateful[ -]?|replica ?)?sets?|deployments?|clusters?|ensembles?|rings?|groups?) of (${digits})(?=[:,;.)]|$| (?:in|for|at|from|with|on|as|please|and|called|named|running)\\b)`,
		'i',
	),
	new RegExp(`(?:이고|이며|고|으로|로),? (${digits}) ?(?:개|대)(?=[,.]|$)`, 'i'),
	new RegExp(String.raw`\b(${digits}) (?:times |x |of |× )["'\`]?${image}`, 'i'),
	new RegExp(String.raw`${image}["'\`]?(?:[,;]? ?(?:x|×|\*) ?| times )(${digits})(?![\w.:])`, 'i'),
	new RegExp(
		String.raw`${image}["'\`]? ?(?:로|으로|를|을)?(?: ?이미지(?:로|를|으로)?)?,? ?(${digits}) ?(?:개|대)(?![가-힣]*(?:포트|볼륨))`,
		'i',
	),
	new RegExp(String.raw`${image}["'\`]? ?(?:로|으로|를|을)?(?: ?이미지(?:로|를|으로)?)?,? ?(하나|둘|셋|넷)(?=[에로만를을씩 ,.]|$)`, 'i'),
	new RegExp(String.raw`(?:[,/;] ?)(${digits}) ?(?:x|개|대)?(?= ?[,;]| \/|\.?$)`, 'i'),
	new RegExp(
		String.raw`(?<!\d)(${digits}) ?(?:개|대)(?:로|를|만|씩)? ?(?:띄[가-힣]*|배포|실행|구성|돌[가-힣]*|올[가-힣]*|깔[가-힣]*|생성|만들)`,
		'i',
	),
];

const bands: {readonly [word: string]: number} = {pair: 2, duo: 2, trio: 3, threesome: 3, quartet: 4, foursome: 4, quintet: 5};

/** `an etcd trio`, `a pair of caches` */
function bandOf(text: string): number | undefined {
	const [, word = ''] =
		/\b(?:an?|as a|our) (?:[\w-]+ ){0,2}(pair|duo|trio|threesome|quartet|foursome|quintet)\b(?! of (?:ports|keys|variables|labels|hosts|paths|volumes|disks|rules|secrets|values))/i.exec(
			text,
		) ?? [];
	return bands[word.toLowerCase()];
}

function countBesideImage(text: string): number | undefined {
	const found = counts.map(pattern => pattern.exec(text)?.[1]).find(word => word !== undefined);
	return found === undefined
		? undefined
		: /single/i.test(found)
			? 1
			: /twice/i.test(found)
				? 2
				: /thrice/i.test(found)
					? 3
					: numberOf(found.toLowerCase());
}

const isPort = (wish: Wish, at: number) => /^(?:port|on|포트)$/.test(plainAt(wish, at - 1));

/** Ports at which the containers listen: numbers beside the word, or behind "listens on". */
export function containerPorts(wish: Wish, isInside: (at: number) => boolean): readonly number[] {
	const found = wish.amounts.flatMap(amount => {
		if (amount.kind !== 'number' || amount.counter !== undefined || isInside(amount.first) || !Number.isInteger(amount.value)) return [];
		const {first, last, value} = amount;
		const isBeside = [first - 1, last + 1].some(
			at => /^(?:ports?|containerports?|포트)/.test(plainAt(wish, at)) && wish.words[Math.min(at, first)]?.stop !== ',',
		);
		const listens =
			/^(?:on|at|:)$/.test(plainAt(wish, first - 1)) &&
			/^(?:listen|listens|listening|serves?|serving|exposes?|exposing|port|ports)$/.test(plainAt(wish, first - 2));
		const exposes = /^(?:exposing|exposes|listening)$/.test(plainAt(wish, first - 1));
		return isBeside || listens || exposes ? [value] : [];
	});
	return [...new Set(found)].filter(port => port > 0 && port < 65_536);
}
