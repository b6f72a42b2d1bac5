import type {Ref} from '../../../core/kube/kube-object.ts';
import type {Write} from '../../../core/plan.ts';
import {someOf} from '../../../core/text/count.ts';
import {durationMs} from '../duration.ts';
import type {Act} from '../staged/act.ts';

type Seeing = {
	readonly name: string;
	/** What carried the requests, for people, and stands until the autoscaler has seen them. */
	readonly copies: string;
	readonly scalers: readonly Ref[];
	/** For how long the autoscaler sees the requests before it decides, such as `90s`. */
	readonly after: string;
	readonly ifDies: string;
};

/**
 * A workload that others served for has its requests again, and its autoscaler still has the numbers of the time without: it would leave it
 * the least number of pods under full load. Nobody's promotion ends this wait. None where there is no autoscaler.
 */
export const seenActs = ({name, copies, scalers, after, ifDies}: Seeing): readonly Act[] =>
	scalers.length === 0
		? []
		: [
				{
					title: `Keep ${copies} for ${after} more, until the autoscaler of ${name} has seen the requests`,
					writes: [],
					wait: {kind: 'keep', ms: durationMs(after), fixed: true},
					ifDies,
				},
			];

/** The last act, there and back: from here on the autoscaler may take pods away as before. @param unpin one write for each autoscaler */
export const decideAgainActs = (name: string, unpin: readonly Write[], ifDies: string): readonly Act[] =>
	unpin.length === 0
		? []
		: [
				{
					title: `Let the autoscaler of ${name} decide again: ${someOf(unpin.map(({ref}) => `minReplicas of ${ref.kind} ${ref.name}`))} as before`,
					writes: unpin,
					ifDies: `${ifDies}; its autoscaler may still be kept from taking pods away`,
				},
			];
