import {canonicalJson, type JsonObject} from '../../core/json.ts';
import type {AnyOutcome} from '../../core/outcome.ts';

type Call = {readonly tool: string; readonly input: JsonObject};

/**
 * Knows which calls were made in this turn. A change is made once. A read is made once for one state of the world: after a change it may be made
 * again, and after its result was taken out to make room.
 */
export function repeatedCalls() {
	const reads = new Set<string>();
	const changes = new Set<string>();
	const keyOf = ({tool, input}: Call) => `${tool} ${canonicalJson(input)}`;
	return {
		/** Notes a call, and says whether it was made before. */
		isRepeated(call: Call, isRead: boolean): boolean {
			const seen = isRead ? reads : changes;
			const key = keyOf(call);
			if (seen.has(key)) return true;
			seen.add(key);
			return false;
		},
		/** Something may have changed. */
		came(outcome: AnyOutcome): void {
			if ('journal' in outcome && outcome.journal !== undefined) reads.clear();
		},
		/** Results are no longer at hand. */
		forgetReads(): void {
			reads.clear();
		},
	};
}
