import type {AnyOutcome} from '../outcome.ts';
import type {AnyTool} from '../tool.ts';

/** An outcome for those who pay for each word: with the compact form of what was read, where its tool has one. */
export function compactOutcome<Ports>({compact}: AnyTool<Ports>, outcome: AnyOutcome): AnyOutcome {
	if (compact === undefined || outcome.kind !== 'done' || outcome.plan !== undefined) return outcome;
	return {...outcome, output: compact.of(outcome.output)};
}
