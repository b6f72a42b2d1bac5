import type {Clause} from '../../clause.ts';
import {spoken, spokenNearly} from '../../words/spoken.ts';
import {versionIn} from '../image/version-words.ts';

/** Where a rollback goes: a revision by its number, a version by its image, or so many revisions back. */
export type Way = {readonly revision: number} | {readonly version: string} | {readonly back: number};

const returning =
	'rollback roll_back roll_it_back revert undo back_out back_to go_back take_back bring_back put_back switch_back restore downgrade return 롤백 되돌리 돌리 되돌아가 돌아가 원복 복구';
const earlier = 'previous prior earlier last before older 이전 직전 예전 전 지난 revision 리비전 개정 rollout release version 버전 배포';

const thing = '(?:revisions?|versions?|releases?|rollouts?|deploys?|deployments?|steps?|images?|generations?)';
const count = '(?:a|one|two|three|four|[1-9])';
const past = '(?:previous|prior|last|old|older|earlier|former|preceding)';

/** Ways to ask for a rollback that no single word tells. */
const ways: readonly RegExp[] = [
	// `take web two revisions back`, `back one revision`
	new RegExp(`\\b${count} ${thing} (?:back|earlier|ago)\\b|\\bback (?:by )?${count} ${thing}\\b|\\bgo(?:es|ing)? back ${count}\\b`, 'i'),
	// `put the previous version back`, `put back what ran before`
	new RegExp(
		`\\b(?:put|bring|take|get|use|run|restore|want|need)\\b.{0,80}\\b${past}\\s+(?!lines?|logs?|events?|entries|messages?|words?|errors?|output|runs?|warnings?)\\w+(?:\\s+(?:back|again|instead))?\\s*[.!]?$`,
		'i',
	),
	new RegExp(
		`\\b(?:put|bring|get|restore)\\b.{0,30}\\b${thing} (?:before|from before|prior)\\b|\\bback to (?:whatever|what|the one|how|where)\\b.*\\b(?:before|was|ran|worked|had)\\b`,
		'i',
	),
	new RegExp(
		`\\b(?:whatever|what|the ${thing}|one) (?:that )?(?:ran|worked|was (?:there|running|running fine|good)|it (?:ran|had))\\b.*\\b(?:before|earlier|last|previously|fine)\\b`,
		'i',
	),
	new RegExp(`\\b(?:last|previous|most recent) (?:known[- ])?(?:good|working|healthy|stable) ${thing}\\b`, 'i'),
	// `put revision 1 of web back`
	/\b(?:put|bring|get|want|restore|reinstate)\b.*\brevision\s*#?\d+\b/i,
	// `the last rollout of web was a mistake, take it back`
	new RegExp(`\\b(?:last|latest|recent|newest|new) ${thing}\\b.*\\b(?:take|roll|turn|get) (?:it|that|them) back\\b`, 'i'),
	/\bback (?:at|to|on|in) (?:its|the|their) (?:very )?(?:first|original|initial) (?:revision|version|release|image|state|generation)\b|\b(?:its|the) (?:very )?(?:first|original|initial) revision\b|(?:첫|최초|처음)(?: ?번째)? ?(?:리비전|버전|배포|릴리스)(?:으로|로)/i,
	/\broll ?out undo\b/i,
	// `undo the rollout`, `cancel the deploy of web`, `web: undo`
	new RegExp(`\\b(?:undo|revert|reverse|cancel|back out)\\b.{0,40}\\b${thing}\\b|(?:^|[:,]\\s*)(?:undo|revert)\\s*[.!]?$`, 'i'),
	/\brol(?:l|ling)\s+\S+(?:\s+\S+){0,3}?\s+back\b/i,
	new RegExp(`(?:^|:\\s*)(?:the )?${past} ${thing}(?: again)?(?: please| pls)?\\s*[.!]?$`, 'i'),
	// `pay → revision 1`
	/(?:->|→|=>|\bto|\bon|\bat)\s*(?:revision|rev\.?)\s*#?\d+/i,
	/(?:한|두|세|1|2|3)\s?(?:단계|버전|리비전|번)\s?(?:전|이전|앞|뒤)(?:으로|로)?|(?:방금|아까|마지막|최근|직전|이번)\s?(?:나간\s?|한\s?)?(?:배포|롤아웃|릴리스|업데이트)[가-힣\s]*(?:취소|되돌|무르|물러|원복|철회)|(?:이전|직전|예전|앞|전)\s?(?:리비전|버전|배포|이미지|상태|거|것|걸로)[가-힣]*\s?.*(?:부탁|바꿔|되돌|돌려|복구|원복|가자|가줘|내려|원상|$)/i,
	/(?:리비전|revision)\s?#?\d+\s?(?:번)?(?:으로|로)/i,
];

/** Whether a clause asks for a rollback. What is undone has to be a rollout: `undo` alone may mean any change. */
export function speaksOfRollback(clause: Clause): boolean {
	if (spoken(clause, 'rollback roll_back 롤백 원복')) return true;
	if (ways.some(way => way.test(clause.text))) return true;
	return spokenNearly(clause, returning) && (spoken(clause, earlier) || versionIn(clause) !== undefined);
}

const revision =
	/\b(?:revision|rev|generation)\.?\s*(?:number\s*|no\.?\s*)?#?(\d+)|(?:리비전|개정)\s*#?(\d+)|#(\d+)|(\d+)\s*번?\s*(?:리비전|개정)/i;
const steps: readonly (readonly [RegExp, number])[] = [
	[
		/\b(?:two|2) (?:revisions?|versions?|releases?|rollouts?|deploys?|steps?) (?:back|ago|earlier)|\bback (?:by )?(?:two|2)\b|\bbefore (?:the )?last\b|(?:두|2)\s?(?:단계|버전|번|리비전) (?:전|이전|앞|뒤)|전전/i,
		2,
	],
	[
		/\b(?:three|3) (?:revisions?|versions?|releases?|rollouts?|deploys?|steps?) (?:back|ago|earlier)|\bback (?:by )?(?:three|3)\b|(?:세|3)\s?(?:단계|버전|번|리비전) (?:전|이전|앞|뒤)/i,
		3,
	],
];

const first =
	/\b(?:first|original|initial) (?:revision|version|release|image|state|generation)\b|(?:첫|최초|처음)(?: ?번째)? ?(?:리비전|버전|배포|릴리스)/i;

/** @param current the version that runs now: who names it wants to get away from it */
export function wayBack(clause: Clause, current: (version: string) => boolean): Way {
	const [, ...found] = revision.exec(clause.text) ?? [];
	const number = found.find(group => group !== undefined);
	if (number !== undefined) return {revision: Number(number)};
	if (first.test(clause.text)) return {revision: 1};
	const version = versionIn(clause);
	const named = version === undefined ? undefined : 'image' in version ? version.image : version.tag;
	if (named !== undefined && !current(named)) return {version: named};
	return {back: steps.find(([pattern]) => pattern.test(clause.text))?.[1] ?? 1};
}
