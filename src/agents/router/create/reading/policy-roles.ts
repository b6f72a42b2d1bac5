import {indexOfWord} from './naming.ts';
import {plainAt, type Wish} from './wish.ts';

/** What a word of a policy does in the traffic that it speaks of: it begins it, or is reached by it. */
export type Role = 'source' | 'destination';

const reaching =
	/^(?:reach(?:es|ing)?|access(?:es|ing)?|talk(?:s|ing)?|connect(?:s|ing)?|call(?:s|ing)?|speak(?:s|ing)?|quer(?:y|ies|ying)|get(?:s|ting)?|enter(?:s|ing)?|scrape(?:s|d)?|hit(?:s|ting)?|contact(?:s|ing)?|send(?:s|ing)?|open(?:s|ing)?|initiate(?:s)?|egress|dial(?:s)?|leave(?:s)?|come(?:s)?|coming)$/;
const receiving =
	/^(?:accept(?:s|ing|ed)?|receiv(?:e|es|ing)|reached|reachable|accessed|accessible|called|contacted|scraped|queried|hit|listen(?:s|ing)?|take(?:s)?|taking|answer(?:s)?|serve(?:s)?|hear(?:s)?)$/;
/** What stands right before the one that is reached. */
const leadsTo =
	/^(?:to|into|onto|towards?|reach(?:es|ing)?|access(?:es|ing)?|call(?:s|ing)?|contact(?:s|ing)?|quer(?:y|ies)|enter(?:s)?|scrape(?:s)?|hit(?:s)?|dial(?:s)?)$/;
/** Whose policy it is says nothing of the way. */
const isOf =
	/^(?:for|protect(?:s|ing)?|guard(?:s|ing)?|around|isolate(?:s)?|shield(?:s|ing)?|lock|seal|cover(?:s|ing)?|restrict(?:s|ing)?|close|limit|harden|fence|firewall)$/;
const skipped =
	/^(?:the|a|an|and|or|plus|only|just|all|any|every|other|pods?|namespaces?|ns|in|within|inside|of|deployments?|statefulsets?|services?|labell?ed|with|labels?|that|which|are|is|named|called|our|both|what|whatever|everything|anything|runs?|running|lives?|living|carrying|clients?|things?|port|ports|on|over|tcp|udp|via)$/;

function roleInEnglish(wish: Wish, at: number): Role | undefined {
	for (let index = at - 1; index >= 0 && wish.words[index]?.stop !== '.' && wish.words[index]?.stop !== ';'; index -= 1) {
		const word = plainAt(wish, index);
		if (word === 'from' && plainAt(wish, index - 1) === 'away') return 'destination';
		if (/^(?:from|by|but|except|besides|than)$/.test(word)) return 'source';
		// `the embedder is for the recommender only`
		if (word === 'for' && /^(?:is|are|only|reserved|meant|exclusively|just)$/.test(plainAt(wish, index - 1))) return 'source';
		if (word === 'of' && [1, 2].some(back => /^(?:\d+|ports?)$/.test(plainAt(wish, index - back)))) return 'destination';
		if (leadsTo.test(word)) return 'destination';
		if (isOf.test(word)) return undefined;
		if (!skipped.test(word) && !/^[a-z0-9][\w.-]*[=-][\w.=-]*$/.test(word) && wish.words[index]?.quoted !== true && !isListed(wish, index))
			break;
	}
	return roleBefore(wish, at);
}

/** `a, b and c`: one of a list has the role of all. */
const isListed = (wish: Wish, index: number) => wish.words[index]?.stop === ',' || /^(?:and|or|plus)$/.test(plainAt(wish, index + 1));

/** `web may reach …`, `tracker accepts …`, `cart may be reached …`: by the verb behind. */
function roleBefore(wish: Wish, at: number): Role | undefined {
	for (let index = at + 1; index < wish.words.length && index < at + 16; index += 1) {
		if (/[.;:]/.test(wish.words[index - 1]?.stop ?? '')) return undefined;
		const word = plainAt(wish, index);
		if (/^(?:from|by)$/.test(word)) return undefined;
		const isPassive = [1, 2].some(back => /^(?:be|been|is|are|being)$/.test(plainAt(wish, index - back)));
		const isGiven =
			/^gets?$/.test(word) && [1, 2].some(step => /^(?:ingress|traffic|connections?|requests?)$/.test(plainAt(wish, index + step)));
		if (receiving.test(word) || isGiven) return 'destination';
		if (reaching.test(word)) return isPassive ? 'destination' : 'source';
	}
	return undefined;
}

const before =
	/^["'`]?(?: ?네임 ?스페이스| ?ns)?(?:의)?(?: ?(?:모든|전체|전부|다른|안의|내의|에 ?있는|안에 ?있는))*(?: ?(?:파드|포드|디플로이먼트|스테이트풀셋|서비스|워크로드)(?:들)?)?(?:의)?(?: ?:?\d{2,5}(?:\/\w+)?(?:번)?(?: ?포트)?)? ?/;
const goesIn = /접근|접속|붙|호출|연결|부르|부를|들어|찌르|쓸 ?수|사용할|통신|스크레이프|긁|조회/;
const goesOut = /나가|나갈|보내|보낼|송신|아웃바운드/;
const takes = /받|수신|들어오는|인바운드|열어|열려|노출/;

function roleInKorean(wish: Wish, at: number): Role | undefined {
	const raw = wish.words[at]?.raw ?? '';
	const behind = wish.text.slice(indexOfWord(wish, at) + raw.length).replace(before, '');
	const rest = behind.split(/[.!?](?:\s|$)/)[0] ?? '';
	const particle =
		/^(에서만|에서는|에서의|에서도|에서|에게서|로부터|으로부터|로만|으로만|로는|으로는|로의|으로의|로|으로|에만|에게만|에게|에는|에도|에|만이|만|이나|나|과|와|랑|이랑|하고|및|,|이|가|은|는|의|을|를|뿐|도)/.exec(
			rest,
		)?.[1];
	if (particle === undefined) return undefined;
	if (/^(?:에서|에게서|로부터|으로부터)/.test(particle)) return 'source';
	if (/^(?:이나|나|과|와|랑|이랑|하고|및|,)$/.test(particle)) return roleOfNext(wish, at);
	if (/^(?:로|으로)/.test(particle)) return 'destination';
	if (/^(?:에)/.test(particle)) return 'destination';
	const verb = firstOf(rest, [
		['source', goesOut],
		['source', goesIn],
		['destination', takes],
	]);
	if (/^(?:은|는|의)$/.test(particle)) return /^(?:는|은|의)?.{0,14}(?:나가|나갈|보내|보낼|아웃바운드)/.test(rest) ? 'source' : undefined;
	return verb;
}

function firstOf(text: string, all: readonly (readonly [Role, RegExp])[]): Role | undefined {
	const found = all.flatMap(([role, pattern]) => {
		const place = text.search(pattern);
		return place < 0 ? [] : [{role, place}];
	});
	return found.toSorted((left, right) => left.place - right.place)[0]?.role;
}

/** In a list the last word says for all. */
function roleOfNext(wish: Wish, at: number): Role | undefined {
	const next = wish.words.findIndex(({raw}, index) => index > at && /^[a-z][a-z0-9=.-]*$/.test(raw));
	return next < 0 ? undefined : roleInKorean(wish, next);
}

/** What a word that names pods, a workload or a namespace does; undefined where nothing says it. */
export const roleOf = (wish: Wish, at: number): Role | undefined =>
	wish.language === 'ko' ? roleInKorean(wish, at) : roleInEnglish(wish, at);
