const name = String.raw`(?:[a-z0-9.-]+(?::\d+)?\/)?(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*`;
const written = new RegExp(String.raw`(?<![\w./:@-])(?:${name}:v?[\w][\w.-]*[\w]|${name}@sha256:[a-f0-9]{64})(?![\w/])`);
const version = String.raw`["'\`]?(v?\d[\w.-]*|latest|stable)["'\`]?`;
/** `tag 1.29-alpine`, `version 7.4`, `버전은 8.1`. */
const tag = new RegExp(
	String.raw`[,(]? ?(?:\b(?:and |with |at |in )?(?:the )?(?:image )?(?:tag|version|release)(?:ged)?(?: is| of|:)?|(?:이미지 ?)?(?:태그|버전)(?:는|은|이|:)?) ${version}\)?(?:으로|로|이고|인)?`,
	'i',
);
const noImage =
	'(?!(?:a|an|the|on|off|at|to|by|as|up|down|until|since|than|after|before|those|these|they|goes|moves|stays?|now|through|ones?|pods?|me|us|it|them|new|one|another|single|bare|small|test|debug|debugging|temporary|throwaway|little|quick|pod|deployment|image|this|that|with|from|of|in|for|is|and|run|running|use|using|which|should|it|its|container|same|plain|helper|version|versions|tag|tags|release|about|over|under|port|ports|every|least|most|than|limit|limits|request|requests|memory|cpu|max|min)\\b)';
/** Where a bare name is an image: beside the word for it, or as what a pod is of. */
const places: readonly RegExp[] = [
	new RegExp(String.raw`\b(?:images?|repository|repo)(?: is| of|:)? ["'\`]?${noImage}(${name})["'\`]?(?![\w:/-])`, 'i'),
	new RegExp(String.raw`(?:이미지)(?:는|은|로|:)? ["'\`]?(${name})["'\`]?(?![\w:/-])`, 'i'),
	new RegExp(String.raw`(?<![\w./-])${noImage}(${name}) (?:image|이미지)(?![\w-])`, 'i'),
	new RegExp(
		String.raw`\b(?:an?|one|two|three|\d) ${noImage}(${name}) (?:pods?|containers?|deployment|statefulset|daemonset|job|cronjob|instance)\b`,
		'i',
	),
	new RegExp(String.raw`\b(?:running|runs|run|using|uses|from|of) ${noImage}(${name})(?=,| in\b| with\b|\.|$)`, 'i'),
	new RegExp(String.raw`(?<![\w./-])(${name}) ?(?:파드|컨테이너|디플로이먼트)`, 'i'),
];
/** `redis 7.4.1`, `nginx 1.29 이미지`: a name with its version behind it. */
const together = new RegExp(
	String.raw`(?<![\w./:-])${noImage}((?:[a-z0-9.-]+\/)*[a-z][a-z0-9]*(?:-[a-z0-9]+)*) (v?\d+\.\d+[\w.-]*)(?![\w%/:]|\s?(?:cores?|cpus?|gi|mi|코어|기가|메가))`,
	'i',
);

/** `redis version 7.4.1`, `curlimages/curl (tag 8.15.0)`. */
const beside = new RegExp(
	String.raw`(?<![\w./:-])${noImage}(${name}),? \(?(?:(?:image )?(?:tag|version|release)(?:ged)?(?: is| of|:)?|(?:태그|버전)(?:는|은|이|:)?) ${version}\)?`,
	'i',
);

/** The first place of a pattern whose name is of nothing live: the version of what is there is another matter. */
function placeOf(patterns: readonly RegExp[], text: string, live: ReadonlySet<string>): RegExpExecArray | undefined {
	const found = patterns.map(pattern => pattern.exec(text)).find(match => match !== null);
	return found?.[1] === undefined || live.has(found[1]) ? undefined : found;
}

const replaced = (text: string, found: RegExpExecArray, by: string) =>
	`${text.slice(0, found.index)}${by}${text.slice(found.index + found[0].length)}`;

const withoutPhrase = (text: string, phrase: string) =>
	text
		.replace(phrase, ' ')
		.replace(/ +([,;.]|$)/g, '$1')
		.replace(/,\s*,/, ',');

/**
 * A text with the image and its tag in one word, where they are told apart: `an nginx pod, tag 1.29-alpine` → `an nginx:1.29-alpine pod`.
 * @param live names of what is there, which are no images
 */
export function withTag(text: string, live: ReadonlySet<string>): string {
	if (written.test(text)) return text;
	const [phrase, value] = tag.exec(text) ?? [];
	if (phrase !== undefined && value !== undefined) {
		const rest = withoutPhrase(text, phrase);
		const place = placeOf(places, rest, live);
		if (place?.[1] !== undefined) return replaced(rest, place, place[0].replace(place[1], `${place[1]}:${value}`));
	}
	const near = placeOf([beside, together], text, live);
	return near === undefined ? text : replaced(text, near, `${near[1]}:${near[2]}`);
}
