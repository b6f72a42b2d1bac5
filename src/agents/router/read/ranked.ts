import type {Clause} from '../clause.ts';
import {kindsIn} from '../names/kinds-in.ts';
import {spoken} from '../words/spoken.ts';

const mostWords = 'most top largest biggest highest heaviest greediest hungriest hog maximum max winner 가장 제일 많이 상위 최대 큰';
export const leastWords = 'least smallest lowest lightest minimum fewest 작 작은 적은 최소 적게';
/** Whether a clause asks for the first of some order. */
export const isRanked = (clause: Clause): boolean =>
	spoken(clause, `${mostWords} ${leastWords}`) &&
	!(isBounded(clause) && !spoken(clause, 'largest biggest highest lowest smallest 가장 제일'));

/** `the minimum and the maximum of the autoscaler` are fields of it. */
const isBounded = (clause: Clause) =>
	kindsIn(clause).some(({kind}) => ['HorizontalPodAutoscaler', 'PodDisruptionBudget', 'ResourceQuota', 'LimitRange'].includes(kind)) &&
	spoken(clause, 'min max minimum maximum least most 최대 최소');
