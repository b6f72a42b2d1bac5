import {someOf} from '../../../core/text/count.ts';
import type {Choice} from './choose-metrics.ts';

/** `error-ratio` → `error ratio`; names of a person's own stay. */
const spoken = ({metric: {name}, reading: {kind}}: Choice['chosen'][number]) =>
	kind === 'query' || kind === 'ratio' ? name : name.replace('-', ' ');

/** By what a canary is judged, as a part of a sentence. */
export function choiceWords({chosen, byPods, leftOut}: Choice): string {
	const pods = someOf(byPods.toSorted());
	const compared = someOf(chosen.map(spoken), chosen.length);
	if (chosen.length === 0) {
		const reasons = [...new Set(leftOut.map(({why}) => why))].join('; ');
		return `${pods} alone${reasons === '' ? '' : `, because ${reasons}`}`;
	}
	return `${compared} beside the stable version${pods === '' ? '' : `, ${pods}`}`;
}

/** Sentences for a plan: where the numbers come from, and what is not judged though it is usual. */
export const choiceNotes = ({source, chosen, leftOut}: Choice): readonly string[] => [
	...(source === undefined ? [] : [`Numbers come from ${source}`]),
	...(chosen.length === 0 ? [] : leftOut.map(({metric, why}) => `Not judged by ${metric}: ${why}`)),
];
