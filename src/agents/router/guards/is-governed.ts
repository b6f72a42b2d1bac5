import type {Clause} from '../clause.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {beginsWithVerb} from '../words/mood/imperatives.ts';
import {spoken} from '../words/spoken.ts';

/** What stands between two deeds, or between a deed and what it is not done to. */
const englishJoints = /[,;.:]\s+|\s+(?:but|while|and|then)\s+/i;
const koreanJoints = /[,;.]\s*|(?<=[가-힣](?:고|며|면서|는데))\s+/;
/** `네트워크폴리시하고 롤바인딩`: a list, and no deed that goes on. */
const listing =
	/(?<=서비스|폴리시|정책|바인딩|컨피그맵|시크릿|잡|쿼터|롤|셋|디플로이먼트|인그레스|파드|볼륨|계정|스페이스|레인지|[a-z0-9])하고(?=\s)/gi;
/** Verbs that may mean a deletion, and what is said to go (`away with x`, `x is of no use`). */
const destroying =
	'delete remove drop erase destroy purge wipe kill get_rid tear take_down clean_up clear go goes gone retire away out unneeded no_use obsolete nuke decommission revoke withdraw 삭제 지우 제거 없애 날리 치우 정리 폐기 철거 내리 회수 빼';

const keeps = /\b(?:keep\w*|leav\w*|stays?|remains?|retain\w*|preserv\w*|spar\w*|except|excluding)\b/i;
/** Something else is said of what follows. */
const saysOther = /\b(?:not|don't|never|without|is|are|was|has|have|needs?|should|must|will|uses?)\b/i;
const staysInKorean =
	/남기|남겨|남긴|두고|둬|두세|놔|유지|그대로|제외|빼고|말고|하지\s?마|건드리|쓰고|있|[가-힣](?:줘|세요|해|자|고)(?=\s|$|\.)/;

/**
 * Whether the verb that destroys is said of this name: `delete a and b, keep c` says nothing of the sort of `c`.
 */
export function isGoverned({text, language}: Clause, name: string): boolean {
	const isSaid = (part: string) => spoken(clauseOf(part), destroying);
	const parts = text
		.replaceAll(listing, '와')
		.split(language === 'ko' ? koreanJoints : englishJoints)
		.filter(part => part.trim() !== '');
	// The Korean verb stands behind what it is done to, the English one before.
	const ordered = language === 'ko' ? parts.toReversed() : parts;
	let governs: boolean | undefined;
	const found: boolean[] = [];
	for (const part of ordered) {
		const isOf = part.toLowerCase().includes(name);
		if (isSaid(part)) governs = true;
		else if (language === 'ko' ? staysInKorean.test(part) || isOther(part) : keeps.test(part)) governs = false;
		else if (language === 'en' && governs !== undefined && (saysOther.test(part) || beginsWithVerb(part.trim().toLowerCase())))
			governs = false;
		// `x never worked. Get rid of it`: spoken of before the verb.
		if (isOf) found.push(governs ?? language === 'en');
	}
	// Said in several words: `the web config`.
	return found.length === 0 || found.includes(true);
}

/** `beta는 off`, `web은 3개로`: something else is wished for. */
const isOther = (part: string) => /(?:은|는|을|를|이|가)\s.*(?:로|으로|off|on|=\S*)\s*$/i.test(part.trim());
