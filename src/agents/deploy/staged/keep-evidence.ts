import type {Crew} from './crew.ts';
import {evidenceText, type SeenStage} from './record/record-evidence.ts';
import type {Judged} from './wait-for.ts';

/** Between two writes: whoever watches from elsewhere sees a chart that moves, and the server has little to do. */
const keepEveryMs = 15_000;

/** Keeps in the record what the looks at a stage see. A write that fails is no reason to stop anything: a request is heard by other reads. */
export function keepEvidence({record, context: {clock}}: Pick<Crew, 'record' | 'context'>, {share}: Judged) {
	let dueMs = clock.now() + keepEveryMs;
	return async (seen: SeenStage): Promise<void> => {
		const evidence = clock.now() < dueMs ? '' : evidenceText(share, seen);
		if (evidence === '') return;
		dueMs = clock.now() + keepEveryMs;
		await record.write({evidence}).catch(() => {});
	};
}
