import type {AnyOutcome} from '../../core/outcome.ts';
import {someOf} from '../../core/text/count.ts';
import {inputText} from '../../core/text/input-text.ts';
import {cutText} from '../../core/text/text-width.ts';
import type {Clause} from './clause.ts';
import type {Call} from './understanding.ts';

/** Enough to tell which one it is. */
const mostColumns = 70;

const whys = {
	en: {failed: 'what came before failed', rejected: 'what came before was not approved', drifted: 'the cluster moved before that'},
	ko: {failed: '앞의 것이 실패해서', rejected: '앞의 것이 승인되지 않아서', drifted: '그 전에 클러스터가 바뀌어서'},
};

/** Which calls of a request were never begun since the one before them changed nothing; undefined where none is left. */
export function notBegun(rest: readonly Call[], ended: AnyOutcome['kind'], language: Clause['language']): string | undefined {
	if (rest.length === 0 || !(ended === 'failed' || ended === 'rejected' || ended === 'drifted')) return undefined;
	const names = someOf(rest.map(({tool, input}) => cutText(`${tool} ${inputText(input)}`, mostColumns)));
	const why = whys[language][ended];
	return language === 'ko' ? `${why} 시작하지 않은 것: ${names}` : `Not begun, because ${why}: ${names}`;
}
