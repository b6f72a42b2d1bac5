import type {Consequence} from '../../../core/plan.ts';
import type {Act, Script} from './act.ts';
import {layoutOf, type Start} from './layout.ts';
import type {WorkloadName} from './lease/held-by.ts';

const note = (text: string): Consequence => ({id: 'if-mkcoa-dies', severity: 'info', text, ifDies: true});

/**
 * What the cluster looks like if the client dies, for each step of the plan by its number; steps that leave the same are told together. The way back
 * is told beside a way forward, which may turn at any step.
 * @param opens whether this plan makes the record, as that of a new rollout does
 */
export function ifDies(script: Script, start: Start, opens: boolean, {namespace, name}: WorkloadName): readonly Consequence[] {
	const words = `${name} -n ${namespace}`;
	const isForward = start.phase === 'forward';
	const {close, back} = layoutOf(script, start, opens);
	const backs = script.wayBack.slice(start.back);
	const acts = isForward ? script.acts.slice(start.position) : backs;
	const before = opens ? [`nothing of ${name} has changed`, `nothing of ${name} has changed`] : ['all stays as it is now'];
	const closing = "all is done, and mkcoa deploy resume removes what is left of mkcoa's own";
	return [
		note(
			`All stays as that step left it. From any machine, mkcoa deploy resume ${words} goes on and mkcoa deploy abort ${words} takes it back`,
		),
		...folded([...before, ...acts.map(told)], 0, 'At '),
		...folded([closing], close, 'At '),
		...(isForward ? folded(backs.map(told), back(start.back) ?? 0, 'While it goes back, at ') : []),
	];
}

const told = ({ifDies: text}: Act) => text;

/** @param first number of the first step, from 0 */
function folded(texts: readonly string[], first: number, when: string): readonly Consequence[] {
	const groups: {readonly text: string; readonly from: number; to: number}[] = [];
	for (const [index, text] of texts.entries()) {
		const last = groups.at(-1);
		if (last?.text === text) last.to = index;
		else groups.push({text, from: index, to: index});
	}
	return groups.map(({text, from, to}) => note(`${when}${numbers(first + from + 1, first + to + 1)}: ${text}`));
}

const numbers = (from: number, to: number) => (from === to ? `step ${from}` : `steps ${from} to ${to}`);
