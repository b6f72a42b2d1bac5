import {kindPhrases} from '../names/kind-words.ts';

const isKorean = (word: string) => /[가-힣]/.test(word);
const spellings = (korean: boolean) =>
	kindPhrases
		.filter(({words}) => words.every(isKorean) || !korean)
		.map(({words}) => words.join(korean ? '\\s?' : '[ -]?'))
		.toSorted((a, b) => b.length - a.length)
		.join('|');

const kind = `(?:(?:pods?|${spellings(false)})(?:e?s)?)`;
/** `the deployment`, `its service itself`, `any other budget`, `the green pods`; a name behind it says whose it is. */
const noun = `(?:(?:the|its|their|all|any|of|both|other|existing|current|matching|blue|green|rest of the)\\s+)*${kind}(?:\\s+itself)?(?!\\s+[\\w-]*-)`;
const list = `${noun}(?:(?:\\s*,\\s*(?:and\\s+)?|\\s+(?:and|or|nor|as well as|plus)\\s+)${noun})*`;
const how =
	'(?:\\s+(?:of course|exactly|all|both|how|where|as|the way|it|they|is|are|alone|untouched|there|up|put|running|in place|intact|behind|though|please|for now))*';
const ahead = `(?:please\\s+)?(?:(?:leav|keep|retain|spar|preserv)(?:e|ing)?|(?:don't|do not|never|without)\\s+(?:touch|delet|remov|chang)(?:e|ing)?|not)`;
const behind = `(?:itself\\s+|themselves\\s+)?(?:(?:should|shall|must|has to|have to|is to|are to|can|may|will)\\s+(?:still\\s+|of course\\s+)?)?(?:(?:stays?|remains?|survives?)\\b|(?:be kept|not (?:be (?:touched|deleted|removed|changed)|change|go))\\b|(?:is|are)\\s+(?:still\\s+)?(?:needed|used|in use|required|fine|wanted)\\b|keeps? running\\b)`;
const begins =
	'(?:^|[,;:.]\\s*(?:(?:and|but|while|only)\\s+)*|\\s+(?:and|but|while)\\s+(?:only\\s+)?|\\s+(?=not\\s|without\\s|keeping\\s|leaving\\s))';
const english = new RegExp(
	`${begins}(?:${ahead}\\s+${list}|${list}\\s+${behind})${how}(?:\\s*,\\s*(?:and\\s+|but\\s+)?|(?=\\s*(?:$|[;.!])))`,
	'i',
);

const koreanKind = `(?:파드|블루|그린|blue|green|나머지|볼륨|${spellings(true)}|${spellings(false)})`;
const koreanNoun = `(?:그\\s|기존\\s|다른\\s|관련\\s|해당\\s)?${koreanKind}(?:\\s?쪽)?`;
const koreanList = `${koreanNoun}(?:(?:와|과|이랑|랑|하고|,|도)?\\s*(?:및\\s)?${koreanNoun})*`;
const stays =
	'(?:계속|아직|모두|다|둘\\s?다|전부)?\\s?(?:그대로|남기|남겨|놔\\s?두|놔둬|냅두|냅둬|두고|두세요|둬|둡니다|둔다|둘게|유지|건드리지|손대지|지우지|삭제하지|살려|써야|쓸|씁|쓰고|쓰니|써요|씀|사용|필요)';
const korean = new RegExp(`(?<=[.,!]\\s*|\\s)(?<![a-z0-9-]\\s)${koreanList}(?:은|는|만|도|을|를)?\\s?${stays}[^.,!]*(?:[.,!]|$)`, 'i');

/** A request without what it says of kinds, or of sides, that stay: `the deployment itself stays`, `its service and ingress remain`, `서비스랑 디플로이먼트는 놔두고`. */
export function withoutStayingKinds(text: string, language: 'en' | 'ko'): string | undefined {
	const found = (language === 'ko' ? korean : english).exec(text);
	return found === null || (language === 'ko' && found.index === 0) ? undefined : text.replace(found[0], ' ');
}
