import type {Clause} from '../clause.ts';
import {kindsIn} from '../names/kinds-in.ts';
import {spoken} from '../words/spoken.ts';

const mostWords =
	'most top largest biggest greatest highest heaviest greediest hungriest hog maximum max winner 가장 제일 많이 상위 최대 큰';
export const leastWords = 'least smallest lowest lightest minimum fewest 작 작은 적은 최소 적게';
/** `rank the claims by size`, `1등만`, `큰 쪽이 어디야`, `the first two`. */
const inOrder =
	/\brank\w*|\bsort(?:ed)? by\b|\border(?:ed)? by\b|\bthe first (?:\d+|one|two|three|four|five|ten)\b|\d+\s?(?:등|위)(?=[만까을를이가은는\s,.]|$)|순위|순으로|(?:큰|많은|작은|적은|높은|낮은)\s?(?:쪽|순)|\b(?:more|less|bigger|larger|smaller|heavier) of the two\b|\bwhich (?:of (?:the two|them|both) )?(?:is|are|one is) (?:bigger|larger|heavier|smaller)\b/i;
/** Whether a clause asks for the first of some order. */
export const isRanked = (clause: Clause): boolean =>
	(spoken(clause, `${mostWords} ${leastWords}`) || inOrder.test(clause.text)) &&
	!(isBounded(clause) && !spoken(clause, 'largest biggest highest lowest smallest 가장 제일'));

/** `the minimum and the maximum of the autoscaler` are fields of it. */
const isBounded = (clause: Clause) =>
	kindsIn(clause).some(({kind}) => ['HorizontalPodAutoscaler', 'PodDisruptionBudget', 'ResourceQuota', 'LimitRange'].includes(kind)) &&
	spoken(clause, 'min max minimum maximum least most 최대 최소');
