import type {Clause} from '../clause.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {moodOf} from '../words/mood/mood-of.ts';

const forbidden =
	/(?:[,;.]\s*)?\bno (?:rolling |pod )?(?:restarts?|reboots?|rollouts?|downtime|recreation)\b[^,;.]*|[,;]?\s*\b(?:but |and )?(?:(?:please )?(?:don'?t|do not|never)\s+(?:restart|scale|touch|change|delete|remove|move|roll|update|stop|switch|bounce)|without\s+(?:a |any )?\w*(?:restart|roll|chang|touch|stopp|scal|remov)\w*)\b[^,;.]*/gi;
const forbiddenKorean =
	/[^,;.\s]+(?:은|는|도)?\s*(?:재시작|건드리|바꾸|변경|스케일|삭제)(?:하)?지\s?(?:는\s?)?말고[,]?|[.,]\s*[^.,]*(?:건드리지|바꾸지|변경하지|손대지|만지지)\s?(?:는\s?)?(?:마|말)[가-힣\s]*/g;

/** The clause without what it forbids on the way: `set X=1 on web, but don't restart it`. */
export function withoutForbidden(clause: Clause): Clause {
	const text = clause.text.replace(clause.language === 'ko' ? forbiddenKorean : forbidden, ' ').trim();
	return text === clause.text || text === '' || moodOf(clause.text) === 'forbidden' ? clause : clauseOf(text);
}
