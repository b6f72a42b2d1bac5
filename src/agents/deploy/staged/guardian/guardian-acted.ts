import {MkcoaError} from '../../../../core/error.ts';
import {plainLine} from '../../../../mcp/kubernetes/model/untrusted-text.ts';
import {commandWords, type WorkloadName} from '../lease/held-by.ts';
import type {RolloutRecord} from '../record/record.ts';

/** After a guardian nothing is sent to the new version any more, so there is nothing to judge where the record stands. */
export const guardianActed = (workload: WorkloadName, {guardian}: Pick<RolloutRecord, 'guardian'>) =>
	new MkcoaError({
		kind: 'environment',
		code: 'guardian-acted',
		what: `The rollout of ${workload.name} does not go on: its guardian gave the traffic back to the stable version`,
		why: `mkcoa was silent for too long, at ${plainLine(guardian, 40)}; what it would judge now has no requests`,
		next: `Take it back, then begin anew: mkcoa deploy abort ${commandWords(workload)}`,
	});

/** Whether a guardian ended the way forward. Whoever may edit the record can pretend so, and then it can be taken back alone. */
export const isEndedByGuardian = ({phase, guardian}: Pick<RolloutRecord, 'phase' | 'guardian'>) => phase === 'forward' && guardian !== '';
