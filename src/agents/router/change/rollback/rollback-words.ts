import type {Clause} from '../../clause.ts';
import {spoken, spokenNearly} from '../../words/spoken.ts';
import {versionIn} from '../image/version-words.ts';

/** Where a rollback goes: a revision by its number, a version by its image, or so many revisions back. */
export type Way = {readonly revision: number} | {readonly version: string} | {readonly back: number};

const returning =
	'rollback roll_back roll_it_back revert undo back_out back_to go_back take_back bring_back put_back switch_back restore downgrade return 롤백 되돌리 돌리 되돌아가 돌아가 원복 복구';
const earlier = 'previous prior earlier last before older 이전 직전 예전 전 지난 revision 리비전 개정 rollout release version 버전 배포';

/** `take web two revisions back`. */
const stepsBack = /\b(?:a|one|two|three|[1-9]) (?:revisions?|versions?|releases?|rollouts?) back\b/i;

/** `put the previous version back`. */
const putsBack = /\b(?:put|bring|take|get)\s+(?:the |its |their )?(?:previous|prior|last|old|older|earlier)\s+\w+\s+back\b/i;

/** Whether a clause asks for a rollback. What is undone has to be a rollout: `undo` alone may mean any change. */
export function speaksOfRollback(clause: Clause): boolean {
	if (spoken(clause, 'rollback roll_back 롤백 원복')) return true;
	if (/\brol(?:l|ling)\s+\S+(?:\s+\S+){0,3}?\s+back\b/i.test(clause.text)) return true;
	if (stepsBack.test(clause.text) || putsBack.test(clause.text)) return true;
	return spokenNearly(clause, returning) && (spoken(clause, earlier) || versionIn(clause) !== undefined);
}

const revision =
	/\b(?:revision|rev|generation)\.?\s*(?:number\s*|no\.?\s*)?#?(\d+)|(?:리비전|개정)\s*#?(\d+)|#(\d+)|(\d+)\s*번?\s*(?:리비전|개정)/i;
const steps: readonly (readonly [RegExp, number])[] = [
	[/\b(?:two|2) (?:revisions?|versions?|releases?|rollouts?|steps?) (?:back|ago|earlier)|두 (?:단계|버전|번) (?:전|이전)/i, 2],
	[/\b(?:three|3) (?:revisions?|versions?|releases?|rollouts?|steps?) (?:back|ago|earlier)|세 (?:단계|버전|번) (?:전|이전)/i, 3],
];

/** @param current the version that runs now: who names it wants to get away from it */
export function wayBack(clause: Clause, current: (version: string) => boolean): Way {
	const [, ...found] = revision.exec(clause.text) ?? [];
	const number = found.find(group => group !== undefined);
	if (number !== undefined) return {revision: Number(number)};
	const version = versionIn(clause);
	const named = version === undefined ? undefined : 'image' in version ? version.image : version.tag;
	if (named !== undefined && !current(named)) return {version: named};
	return {back: steps.find(([pattern]) => pattern.test(clause.text))?.[1] ?? 1};
}
