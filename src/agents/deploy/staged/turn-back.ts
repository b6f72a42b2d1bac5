import type {WorkloadWords} from '../../../core/workload-words.ts';

/**
 * Ends the way forward. `verdict`: the new version is worse. `no-data`: too little was seen, and nothing bad. `no-numbers`: who counts did
 * not answer. `no-series`: it has no numbers of what was asked for. `stuck`: pods do not get ready. `asked`: somebody wants it back.
 */
export type TurnReason = 'verdict' | 'no-data' | 'no-numbers' | 'no-series' | 'stuck' | 'asked';

/** The rollout goes back to what was before. */
export class TurnBack extends Error {
	override readonly name = 'TurnBack';
	readonly why: TurnReason;
	/** The last words of pods that failed. */
	readonly evidence: WorkloadWords | undefined;
	constructor(why: TurnReason, reason: string, evidence?: WorkloadWords) {
		super(reason);
		this.why = why;
		this.evidence = evidence;
	}
}
