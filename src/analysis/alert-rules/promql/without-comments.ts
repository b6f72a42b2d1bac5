import {parser} from '@prometheus-io/lezer-promql';
import type {Place} from './expression.ts';

/** The text of an expression without its comments: what is written behind it would else be a part of the last one. */
export function withoutComments(text: string): string {
	const comments: Place[] = [];
	parser
		.configure({top: 'PromQL'})
		.parse(text)
		.iterate({
			enter: ({name, from, to}) => {
				if (name === 'LineComment') comments.push({from, to});
			},
		});
	const left = comments.toReversed().reduce((rest, {from, to}) => rest.slice(0, from) + rest.slice(to), text);
	return left.trim();
}
