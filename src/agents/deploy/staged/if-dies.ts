import type {Consequence} from '../../../core/plan.ts';
import type {Act} from './act.ts';
import type {WorkloadName} from './lease/held-by.ts';

const note = (text: string): Consequence => ({id: 'if-mkcoa-dies', severity: 'info', text});

/**
 * What the cluster looks like if the client dies, act by act; acts that leave the same are told together.
 * @param first number of the first act in the plan, from 0
 */
export function ifDies(acts: readonly Act[], first: number, {namespace, name}: WorkloadName): readonly Consequence[] {
	const words = `${name} -n ${namespace}`;
	const groups: {readonly text: string; readonly from: number; to: number}[] = [];
	for (const [index, {ifDies: text}] of acts.entries()) {
		const last = groups.at(-1);
		if (last?.text === text) last.to = index;
		else groups.push({text, from: index, to: index});
	}
	return [
		note(
			`If mkcoa dies, all stays as that step left it. From any machine, mkcoa deploy resume ${words} goes on and mkcoa deploy abort ${words} takes it back`,
		),
		...groups.map(({text, from, to}) => note(`If it dies at ${numbers(first + from + 1, first + to + 1)}: ${text}`)),
	];
}

const numbers = (from: number, to: number) => (from === to ? `step ${from}` : `steps ${from} to ${to}`);
